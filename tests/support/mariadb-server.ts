import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';
import {
  findExecutable,
  freePort,
  logTail,
  makeRunFolder,
  runToEnd,
  startServerProcess,
  type RunFolder,
  type ServerProcess,
} from './server-process';

/** A MariaDB server of the test's own on 127.0.0.1: user root, no password, utf8mb4_bin, UTC, every commit flushed. */
export interface PrivateServer {
  /** mysql://root@127.0.0.1:PORT, the same over every stop and start. */
  readonly url: string;
  readonly port: number;
  /** Orderly stop; the data stay. Does nothing when stopped. */
  stop(): Promise<void>;
  /** kill -9: what a crash of the database process leaves. */
  kill9(): Promise<void>;
  /** Starts again on the same port and data and returns once it answers. */
  start(): Promise<void>;
  /** A new connection; the caller ends it. */
  connect(): Promise<Connection>;
  /** Kills the server and removes its folder. Happens by itself when the test process ends, however it ends. */
  close(): Promise<void>;
}

const INSTALL_LIMIT_MS = 60_000;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

/** Whether a MariaDB server and its installer are on this machine. */
export const available = (): boolean =>
  findExecutable('mariadbd') !== undefined && findExecutable('mariadb-install-db') !== undefined;

const executable = (name: string): string => {
  const file = findExecutable(name);
  if (file === undefined) throw new Error(`${name} is not on this machine (Debian package: mariadb-server)`);
  return file;
};

const isRoot = (): boolean => process.getuid?.() === 0;
const asUser = (): string[] => (isRoot() ? ['--user=mysql'] : []);

/** A run folder that the database processes may use: MariaDB refuses to run as root, there it belongs to user mysql. */
export const makeServerFolder = async (prefix: string): Promise<RunFolder> =>
  makeRunFolder(prefix, isRoot() ? Number(await runToEnd('id', ['-u', 'mysql'], 5_000)) : undefined);

/** Makes an empty data folder with user root and no password. */
export const installData = async (dataDir: string): Promise<void> => {
  await runToEnd(
    executable('mariadb-install-db'),
    [
      '--no-defaults',
      ...asUser(),
      `--datadir=${dataDir}`,
      `--tmpdir=${dataDir}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      '--innodb-log-file-size=16M',
    ],
    INSTALL_LIMIT_MS,
  );
};

/** Where one server lives. */
export interface ServerPlace {
  readonly folder: RunFolder;
  readonly name: string;
  readonly dataDir: string;
  readonly port: number;
}

/** Starts mariadbd on a data folder, loopback only, with small buffers; returns at once, see `untilItAnswers`. */
export const launch = (place: ServerPlace, extra: readonly string[] = []): Promise<ServerProcess> =>
  startServerProcess(place.folder, place.name, executable('mariadbd'), [
    '--no-defaults',
    ...asUser(),
    `--datadir=${place.dataDir}`,
    // A starting server deletes what it takes for its own leftovers there: in a shared one, tables of others in use.
    `--tmpdir=${place.dataDir}`,
    `--port=${place.port}`,
    '--bind-address=127.0.0.1',
    `--socket=${path.join(place.folder.dir, `${place.name}.sock`)}`,
    `--pid-file=${path.join(place.folder.dir, `${place.name}.pid`)}`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--default-time-zone=+00:00',
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=16M',
    '--performance-schema=OFF',
    '--max-connections=200',
    ...extra,
  ]);

export const serverUrl = (port: number): string => `mysql://root@127.0.0.1:${port}`;

const openConnection = (port: number): Promise<Connection> =>
  createConnection({ uri: serverUrl(port), connectTimeout: 5_000, timezone: 'Z', charset: 'utf8mb4_bin' });

/** Asks `isReady` on fresh connections until it holds; throws with the end of the log if the server ends or the limit passes. */
export const untilItAnswers = async (
  place: ServerPlace,
  server: ServerProcess,
  limitMs: number,
  isReady: (connection: Connection) => Promise<boolean>,
): Promise<void> => {
  const deadline = Date.now() + limitMs;
  let last: unknown = 'not ready';
  while (Date.now() < deadline) {
    if (server.ended() !== undefined) {
      throw new Error(`${place.name} ended (${server.ended()}) while starting\n${logTail(place.folder, place.name)}`);
    }
    try {
      const connection = await openConnection(place.port);
      try {
        if (await isReady(connection)) return;
      } finally {
        connection.destroy();
      }
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`${place.name} not ready in ${limitMs} ms (${String(last)})\n${logTail(place.folder, place.name)}`);
};

const answers = async (connection: Connection): Promise<boolean> => {
  await connection.query('SELECT 1');
  return true;
};

/**
 * Starts a private MariaDB server; takes a second or two. With `dir` the data are kept there (in `mariadb-data`, taken up
 * again if present, left in place by `close()`; user mysql must be able to reach it); else all goes away with `close()`.
 */
export const startPrivateServer = async (options: { dir?: string } = {}): Promise<PrivateServer> => {
  const folder = await makeServerFolder('lujian-mariadb-');
  const dataDir = path.join(options.dir ?? folder.dir, 'mariadb-data');
  const place: ServerPlace = { folder, name: 'mariadb', dataDir, port: await freePort() };
  let server: ServerProcess | undefined;

  const start = async (): Promise<void> => {
    if (server !== undefined && server.ended() === undefined) throw new Error('the private server runs already');
    server = await launch(place, ['--innodb-flush-log-at-trx-commit=1']);
    await untilItAnswers(place, server, START_LIMIT_MS, answers);
  };
  const close = async (): Promise<void> => {
    await server?.kill9();
    await folder.remove();
  };

  try {
    if (options.dir !== undefined) mkdirSync(options.dir, { recursive: true });
    if (!existsSync(path.join(dataDir, 'mysql'))) await installData(dataDir);
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: serverUrl(place.port),
    port: place.port,
    start,
    close,
    stop: async () => server?.terminate(STOP_LIMIT_MS),
    kill9: async () => server?.kill9(),
    connect: () => openConnection(place.port),
  };
};
