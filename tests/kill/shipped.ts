import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../src/version';

/** The service as it is shipped, in a process of its own. */
export interface Shipped {
  readonly baseUrl: string;
  readonly pid: number;
  /** Shown by the first start only. */
  readonly firstAccount?: { username: string; oneTimePassword: string };
  /** From start to listening, ms. */
  readonly startMs: number;
  /** Resolves once the process is gone. */
  kill9(): Promise<void>;
  /** SIGTERM; throws unless the process ends by itself and well. */
  stop(): Promise<void>;
}

export interface ShippedSettings {
  directory: string;
  port: number;
  env: Record<string, string>;
}

const MAIN = path.join(projectRoot(), 'dist', 'src', 'main.js');
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

const find = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[1];

async function untilListening(child: ChildProcess, output: () => string): Promise<void> {
  const ended = once(child, 'close');
  let timer: NodeJS.Timeout | undefined;
  const listening = new Promise<boolean>((done) => {
    child.stdout!.on('data', () => {
      // The notes come after the address; the last line is written together with it.
      if (/address: \S+/.test(output())) done(true);
    });
    timer = setTimeout(() => done(false), START_LIMIT_MS);
  });
  const isUp = await Promise.race([listening, ended.then(() => false)]);
  clearTimeout(timer);
  if (isUp) return;
  child.kill('SIGKILL');
  throw new Error(`the service did not start:\n${output()}`);
}

/** As `npm start` starts it. */
const NODE_FLAGS = ['--max-semi-space-size=32'];

/** Starts the service and returns once it listens; nobody helps it after a crash. */
export async function startShipped({ directory, port, env }: ShippedSettings): Promise<Shipped> {
  const began = performance.now();
  const args = [...NODE_FLAGS, MAIN, '--data', directory, '--port', String(port)];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], LUJIAN_LOG_LEVEL: 'error', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const gone = once(child, 'close');
  await untilListening(child, () => output);
  const username = find(/first account: (\S+)/, output);
  const oneTimePassword = find(/one-time password[^:]*: (\S+)/, output);
  return {
    baseUrl: `http://localhost:${port}`,
    pid: child.pid!,
    firstAccount: username && oneTimePassword ? { username, oneTimePassword } : undefined,
    startMs: performance.now() - began,
    async kill9() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      const [code] = (await gone) as [number | null];
      clearTimeout(timer);
      if (code !== 0) throw new Error(`the service did not stop well (${String(code)}):\n${output}`);
    },
  };
}
