import { spawn, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A temporary folder that outlives neither `remove()` nor the process that made it. */
export interface RunFolder {
  readonly dir: string;
  /** Kills every process that names the folder in its command line and removes it. */
  remove(): Promise<void>;
}

/** A server process started in a run folder, in a process group of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Undefined while the process runs, then how it ended ('exit 0', 'SIGKILL'). */
  ended(): string | undefined;
  /** Asks the process to stop (SIGTERM) and waits; after `limitMs` it is killed and an Error is thrown. */
  terminate(limitMs: number): Promise<void>;
  /** kill -9 on the process and its group; returns once it is gone. */
  kill9(): Promise<void>;
}

const REMOVE_LIMIT_MS = 20_000;
const EXTRA_PATH = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Absolute path of an executable on PATH or in the usual folders for daemons; undefined if absent. */
export const findExecutable = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(path.delimiter), ...EXTRA_PATH]
    .filter((dir) => path.isAbsolute(dir))
    .map((dir) => path.join(dir, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** Runs a program to its end and returns its standard output; throws with all its output if it fails or takes longer. */
export const runToEnd = (file: string, args: readonly string[], limitMs: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${file} ended with ${signal ?? code}\n${stdout}\n${stderr}`));
    });
  });

// Test runners hand tests a copy of `process` on which exit handlers never run, and nothing runs after kill -9. A shell
// that waits for the end of its standard input sees every kind of end of this process. It looks for processes by the
// folder in their command line (Linux /proc), since Galera's transfer scripts leave the server's process group, and
// tries again while a dying one still writes.
const GUARDIAN = `
trap '' HUP INT TERM
cat > /dev/null
n=0
while [ $n -lt 100 ]; do
  for file in $(grep -laF -e "$1" /proc/[0-9]*/cmdline 2> /dev/null); do
    pid=\${file#/proc/}
    pid=\${pid%/cmdline}
    [ "$pid" = $$ ] || kill -9 "$pid"
  done
  rm -rf -- "$1"
  [ -e "$1" ] || exit 0
  sleep 0.1
  n=$((n + 1))
done
exit 1
`;

/** Makes a private folder, owned by `uid` if given. */
export const makeRunFolder = (prefix: string, uid?: number): RunFolder => {
  const dir = mkdtempSync(path.join(tmpdir(), prefix));
  chmodSync(dir, 0o700);
  if (uid !== undefined) chownSync(dir, uid, 0);
  const guardian = spawn('/bin/sh', ['-c', GUARDIAN, 'guardian', dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  guardian.unref();
  (guardian.stdin as Socket).unref();
  return {
    dir,
    remove: async () => {
      guardian.stdin.end();
      if (!(await waitForEnd(guardian, REMOVE_LIMIT_MS)) || existsSync(dir)) {
        throw new Error(`${dir} could not be removed`);
      }
    },
  };
};

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const endOf = (child: ChildProcess): string | undefined =>
  child.signalCode ?? (child.exitCode === null ? undefined : `exit ${child.exitCode}`);

const waitForEnd = async (child: ChildProcess, limitMs: number): Promise<boolean> => {
  const deadline = Date.now() + limitMs;
  while (endOf(child) === undefined && Date.now() < deadline) await pause(10);
  return endOf(child) !== undefined;
};

const PROCESS_GONE_MS = 10_000;

/** Starts a program in a run folder; its output goes to `<name>.log` there. The command line must name the folder. */
export const startServerProcess = async (
  folder: RunFolder,
  name: string,
  file: string,
  args: readonly string[],
): Promise<ServerProcess> => {
  const log = openSync(logFile(folder, name), 'a');
  const child = spawn(file, args, { stdio: ['ignore', log, log], detached: true, cwd: folder.dir });
  closeSync(log);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${file} has no process id`);
  child.unref();
  const kill9 = async (): Promise<void> => {
    if (endOf(child) === undefined) killGroup(pid);
    if (!(await waitForEnd(child, PROCESS_GONE_MS))) throw new Error(`process ${pid} survived kill -9`);
  };
  return {
    pid,
    kill9,
    ended: () => endOf(child),
    terminate: async (limitMs) => {
      if (endOf(child) === undefined) child.kill('SIGTERM');
      if (await waitForEnd(child, limitMs)) return;
      await kill9();
      throw new Error(`${name} did not stop within ${limitMs} ms\n${logTail(folder, name)}`);
    },
  };
};

const logFile = (folder: RunFolder, name: string): string => path.join(folder.dir, `${name}.log`);

/** The last lines a server process wrote, for error messages. */
export const logTail = (folder: RunFolder, name: string, lines = 40): string => {
  const file = logFile(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-lines).join('\n') : '(no log)';
};

const canListen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

// Below the range from which outgoing connections take theirs, so that a stopped server finds its port free again.
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;
let nextPort = (process.pid * 131 + Number(process.hrtime.bigint() % 9973n)) % PORT_COUNT;

/** A TCP port that is free on 127.0.0.1; each call gives another one. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 500; tries++) {
    const port = FIRST_PORT + (nextPort++ % PORT_COUNT);
    if (await canListen(port)) return port;
  }
  throw new Error('no free port on 127.0.0.1');
};
