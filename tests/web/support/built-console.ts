import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kept } from '../../support/kept-folder';

const root = path.resolve(__dirname, '../../..');
const LIMIT_MS = 120_000;

function build(): void {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'src/web/vite.config.mts', '--logLevel', 'warn'];
  // Jest's own NODE_ENV would make a build for developers of it.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the console was not built\n${stdout}${stderr}`);
}

/** Builds the console into dist/web, once per test run: the worker that comes first builds, the others wait for it. */
export async function buildConsoleOnce(): Promise<void> {
  const [begun, ready] = [kept('console-begun'), kept('console-ready')];
  try {
    fs.mkdirSync(begun);
  } catch {
    const deadline = Date.now() + LIMIT_MS;
    while (!fs.existsSync(ready)) {
      if (Date.now() > deadline) throw new Error('another worker did not finish the build of the console');
      await pause(50);
    }
    return;
  }
  build();
  fs.mkdirSync(ready);
}
