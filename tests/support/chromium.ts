import path from 'node:path';
import { findExecutable } from './server-process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser that LUJIAN_CHROMIUM names, else the machine's own; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['LUJIAN_CHROMIUM'];
  if (named) return path.resolve(named);
  return NAMES.map(findExecutable).find((file) => file !== undefined);
}
