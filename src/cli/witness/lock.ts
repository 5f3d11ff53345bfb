import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { codeOf, WitnessFault } from './fault';

// One process at a time works in a folder. The lock is a socket in it: the system closes it with the process, however
// that ends, so that nobody has to clear it away after a crash. What must never happen (a head that goes back) is
// prevented once more by the way in which heads are stored.

/** Longest path of a socket that every system takes. */
const PATH_LIMIT = 100;

export interface Lock {
  release(): Promise<void>;
}

const listen = (file: string): Promise<net.Server> =>
  new Promise((done, fail) => {
    const server = net.createServer((asking) => asking.destroy());
    server.once('error', fail);
    server.listen(file, () => done(server.unref()));
  });

const isHeld = (file: string): Promise<boolean> =>
  new Promise((done) => {
    const asking = net.connect(file);
    asking.once('connect', () => {
      asking.destroy();
      done(true);
    });
    // Whoever may not ask must not take the lock away either.
    asking.once('error', (error) => done(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '')));
  });

const handle = (server: net.Server): Lock => ({
  release: () => new Promise((done) => server.close(() => done())),
});

/** Takes the folder for this process; throws WitnessFault while another one holds it. */
export async function takeLock(folder: string): Promise<Lock> {
  const whole = path.join(folder, 'lock');
  const near = path.relative(process.cwd(), whole);
  const file = near.length < whole.length ? near : whole;
  if (Buffer.byteLength(file) > PATH_LIMIT)
    throw new WitnessFault(`文件夹路径过长，请换用较短的路径。The path of the folder is too long; use a shorter one.`);
  const first = await listen(file).catch((error: unknown) => {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  });
  if (first) return handle(first);
  if (!(await isHeld(file))) {
    fs.rmSync(file, { force: true });
    const second = await listen(file).catch(() => undefined);
    if (second) return handle(second);
  }
  throw new WitnessFault(
    `另一个见证程序正在使用 ${folder}，请先停止它。Another witness is running in ${folder}; stop it first.`,
  );
}
