import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const BUILT = 'LUJIAN_TEST_BUILT';

/** Compiles the sources to `dist`, once per test run; prints what the compiler finds wrong. For tests that start processes. */
export function compileOnce(): void {
  if (process.env[BUILT]) return;
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-b'], { cwd: root, encoding: 'utf8' });
  process.stderr.write(`${stdout}${stderr}`);
  process.env[BUILT] = '1';
}

/** Absolute path of a compiled file, named as in the sources but ending in `.js`. */
export const compiled = (...parts: string[]): string => path.join(root, 'dist', ...parts);
