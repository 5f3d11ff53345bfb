import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const KEPT = 'LUJIAN_TEST_KEPT';

/** Makes the folder in which the workers of one test run tell each other which migrated databases they have. */
export function openKeptFolder(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-kept-'));
  for (const part of ['free', 'taken']) fs.mkdirSync(path.join(folder, part));
  process.env[KEPT] = folder;
}

/** Path of something in that folder. */
export function kept(...parts: string[]): string {
  const folder = process.env[KEPT];
  if (!folder) throw new Error(`${KEPT} is not set: test databases are made under jest, whose globalSetup sets it`);
  return path.join(folder, ...parts);
}

export const removeKeptFolder = (): void => fs.rmSync(kept(), { recursive: true, force: true });
