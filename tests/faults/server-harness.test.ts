import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { galeraAvailable, startGalera, type GaleraCluster } from '../support/galera-cluster';
import { freshDatabase, onServer, type FreshDatabase } from '../support/mariadb-database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { decideLane, serverLane } from '../support/server-lane';

const LIMIT_MS = 60_000;
const ER_LOCK_DEADLOCK = 1213;

/** The other node applies what it received a moment later: a database just made may not be there yet. */
const whenThere = async (url: string): Promise<Connection> => {
  for (let n = 0; ; n += 1) {
    try {
      return await createConnection(url);
    } catch (error) {
      if ((error as { errno?: number }).errno !== 1049 || n > 100) throw error;
      await pause(50);
    }
  }
};

const rowsOf = async (connection: Connection, sql: string): Promise<RowDataPacket[]> =>
  (await connection.query<RowDataPacket[]>(sql))[0];

test('a missing server skips on a developer machine and fails where servers are required', () => {
  expect(decideLane(true, false)).toBe('run');
  expect(decideLane(true, true)).toBe('run');
  expect(decideLane(false, false)).toBe('skip');
  expect(decideLane(false, true)).toBe('fail');
});

serverLane('a private MariaDB server', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, LIMIT_MS);
  afterAll(() => server?.close(), LIMIT_MS);

  const query = async (sql: string): Promise<RowDataPacket[]> => {
    const connection = await server.connect();
    try {
      return await rowsOf(connection, sql);
    } finally {
      connection.destroy();
    }
  };

  test(
    'kill -9 leaves what was committed, drops what was not, and needs no hand to start again',
    async () => {
      await query('CREATE DATABASE crash');
      await query('CREATE TABLE crash.kept (id INT PRIMARY KEY)');
      await query('INSERT INTO crash.kept VALUES (1)');
      const open = await server.connect();
      await open.beginTransaction();
      await open.query('INSERT INTO crash.kept VALUES (2)');
      await server.kill9();
      open.destroy();
      await expect(server.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.start();
      expect(await query('SELECT id FROM crash.kept')).toEqual([{ id: 1 }]);
    },
    LIMIT_MS,
  );

  test(
    'an orderly stop refuses connections and a start brings back the same address and data',
    async () => {
      await query('CREATE DATABASE pause');
      const { url } = server;
      await server.stop();
      await server.stop();
      await expect(server.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.start();
      await expect(server.start()).rejects.toThrow('runs already');
      expect(server.url).toBe(url);
      expect(await query("SHOW DATABASES LIKE 'pause'")).toHaveLength(1);
    },
    LIMIT_MS,
  );

  test('it listens on loopback, flushes every commit and keeps its clock in UTC', async () => {
    const [row] = await query(
      'SELECT @@bind_address AS address, @@innodb_flush_log_at_trx_commit AS flush, @@time_zone AS zone, @@collation_server AS collation',
    );
    expect(row).toEqual({ address: '127.0.0.1', flush: 1, zone: '+00:00', collation: 'utf8mb4_bin' });
  });

  test('fresh databases have names of their own, byte-wise collation, and are gone after drop', async () => {
    const first = await freshDatabase(server.url);
    const second = await freshDatabase(server.url);
    expect(first.name).toMatch(/^lujian_test_\d+_\d+$/);
    expect(second.name).not.toBe(first.name);
    const connection = await createConnection(first.url);
    const [row] = await rowsOf(
      connection,
      'SELECT DATABASE() AS name, @@character_set_database AS charset, @@collation_database AS collation',
    );
    expect(row).toEqual({ name: first.name, charset: 'utf8mb4', collation: 'utf8mb4_bin' });
    connection.destroy();
    await first.drop();
    await second.drop();
    expect(await query("SHOW DATABASES LIKE 'lujian\\_test\\_%'")).toEqual([]);
  });

  test('a name that is already taken is passed over', async () => {
    const taken = await freshDatabase(server.url);
    const next = Number(taken.name.split('_').at(-1)) + 1;
    await query(`CREATE DATABASE lujian_test_${process.pid}_${next}`);
    const other = await freshDatabase(server.url);
    expect(other.name).toBe(`lujian_test_${process.pid}_${next + 1}`);
  });
});

serverLane('a private MariaDB server with a folder of the caller', 'MariaDB (mariadbd)', available(), () => {
  test(
    'keeps its data there over close, for the next server',
    async () => {
      const dir = mkdtempSync(path.join(tmpdir(), 'lujian-kept-'));
      chmodSync(dir, 0o755);
      try {
        for (const expected of [[], [{ Database: 'kept' }]]) {
          const server = await startPrivateServer({ dir });
          try {
            const connection = await server.connect();
            expect(await rowsOf(connection, "SHOW DATABASES WHERE `Database` = 'kept'")).toEqual(expected);
            await connection.query('CREATE DATABASE IF NOT EXISTS kept');
            connection.destroy();
          } finally {
            await server.close();
          }
        }
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
    LIMIT_MS,
  );
});

/** The support files as plain JavaScript, for a process that is killed without the test runner in it. */
const compileSupport = (folder: string): void => {
  for (const name of ['server-process', 'mariadb-server']) {
    const { code } = transformFileSync(path.join(__dirname, '../support', `${name}.ts`), {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    writeFileSync(path.join(folder, `${name}.js`), code);
  }
};

const isGone = async (holds: () => boolean): Promise<boolean> => {
  for (let tries = 0; tries < 150 && holds(); tries++) await pause(100);
  return !holds();
};

/** Arguments of all running mariadbd processes whose command line names the folder. */
const serversIn = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && existsSync(`/proc/${entry}/cmdline`))
    .map((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes('mariadbd') && line.includes(folder));

serverLane('the end of a test process', 'MariaDB (mariadbd)', available(), () => {
  let scripts: string;
  beforeAll(() => {
    scripts = mkdtempSync(path.join(tmpdir(), 'lujian-guardian-'));
    compileSupport(scripts);
  });
  afterAll(() => rmSync(scripts, { recursive: true, force: true }));

  test(
    'kill -9 of the process that started a server takes the server and its folder away',
    async () => {
      const program = `require('./mariadb-server.js').startPrivateServer().then(async (server) => {
        const connection = await server.connect();
        const [rows] = await connection.query('SELECT @@datadir AS dir');
        console.log(rows[0].dir);
        setInterval(() => {}, 1000);
      });`;
      const child = spawn(process.execPath, ['-e', program], {
        cwd: scripts,
        env: { ...process.env, NODE_PATH: path.resolve(__dirname, '../../node_modules') },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const line = await new Promise<string>((resolve, reject) => {
        createInterface(child.stdout).once('line', resolve);
        child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
      });
      const runFolder = path.dirname(line);
      expect(serversIn(runFolder)).toHaveLength(1);
      child.kill('SIGKILL');
      expect(await isGone(() => existsSync(runFolder))).toBe(true);
      expect(serversIn(runFolder)).toEqual([]);
    },
    LIMIT_MS,
  );
});

interface Attempt {
  readonly node: number;
  /** undefined: the commit was acknowledged. */
  readonly errno: number | undefined;
}

serverLane('two Galera nodes', 'Galera (galera-4, rsync)', galeraAvailable(), () => {
  let cluster: GaleraCluster;
  let database: FreshDatabase;
  let sessions: Connection[];

  const session = (node: number): Connection => {
    const connection = sessions[node];
    if (connection === undefined) throw new RangeError(`no session on node ${node}`);
    return connection;
  };
  const begin = async (): Promise<void> => {
    for (const connection of sessions) await connection.beginTransaction();
  };
  const attempt = async (node: number, work: () => Promise<unknown>): Promise<Attempt> => {
    try {
      await work();
      return { node, errno: undefined };
    } catch (error) {
      return { node, errno: (error as { errno?: number }).errno ?? -1 };
    }
  };
  const bumpEpoch = (node: number): Promise<unknown> =>
    session(node).query("UPDATE subject_guard SET epoch = epoch + 1 WHERE kind = 'institution' AND id = 'a'");
  const epochOn = async (node: number): Promise<unknown> =>
    (await rowsOf(session(node), 'SELECT epoch FROM subject_guard'))[0]?.['epoch'];

  beforeAll(async () => {
    cluster = await startGalera({ nodes: 2 });
    const [first, second] = cluster.urls as [string, string];
    database = await freshDatabase(first);
    sessions = [await createConnection(database.url), await whenThere(onServer(second, database.name))];
    await session(0).query(
      'CREATE TABLE subject_guard (kind VARCHAR(16), id VARCHAR(36), epoch INT NOT NULL, PRIMARY KEY (kind, id))',
    );
    await session(0).query('CREATE TABLE act (what VARCHAR(16) PRIMARY KEY)');
    for (const connection of sessions) {
      await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await connection.query('SET SESSION wsrep_sync_wait = 1');
    }
  }, LIMIT_MS * 2);
  afterAll(async () => {
    for (const connection of sessions ?? []) connection.destroy();
    await cluster?.stop();
  }, LIMIT_MS);
  beforeEach(async () => {
    await session(0).query('DELETE FROM act');
    await session(0).query("REPLACE INTO subject_guard VALUES ('institution', 'a', 1)");
    expect(await epochOn(1)).toBe(1);
  });

  test('a row written on one node is read on the other, both ways', async () => {
    await session(0).query("INSERT INTO act VALUES ('from-0')");
    expect(await rowsOf(session(1), 'SELECT what FROM act')).toEqual([{ what: 'from-0' }]);
    await session(1).query("INSERT INTO act VALUES ('from-1')");
    expect(await rowsOf(session(0), 'SELECT what FROM act ORDER BY what')).toEqual([
      { what: 'from-0' },
      { what: 'from-1' },
    ]);
  });

  test('UPDATE of the epoch on both nodes lets one commit, fails the other with 1213, and its retry succeeds', async () => {
    await begin();
    await bumpEpoch(0);
    await session(0).query("INSERT INTO act VALUES ('bar')");
    await bumpEpoch(1);
    await session(1).query("INSERT INTO act VALUES ('assignment')");
    const outcomes = await Promise.all([0, 1].map((node) => attempt(node, () => session(node).commit())));
    const losers = outcomes.filter((outcome) => outcome.errno !== undefined);
    expect(losers).toEqual([{ node: expect.any(Number), errno: ER_LOCK_DEADLOCK }]);
    expect(await rowsOf(session(0), 'SELECT what FROM act')).toHaveLength(1);

    const loser = losers[0]?.node ?? -1;
    await session(loser).rollback();
    await session(loser).beginTransaction();
    await bumpEpoch(loser);
    await session(loser).commit();
    expect(await epochOn(0)).toBe(3);
    expect(await epochOn(1)).toBe(3);
  });

  test('SELECT … FOR UPDATE on both nodes stops nobody: both commit, neither saw the other', async () => {
    await begin();
    for (const node of [0, 1]) {
      await session(node).query("SELECT epoch FROM subject_guard WHERE id = 'a' FOR UPDATE");
      expect(await rowsOf(session(node), 'SELECT what FROM act')).toEqual([]);
    }
    await session(0).query("INSERT INTO act VALUES ('bar')");
    await session(1).query("INSERT INTO act VALUES ('assignment')");
    const outcomes = await Promise.all([0, 1].map((node) => attempt(node, () => session(node).commit())));
    expect(outcomes).toEqual([
      { node: 0, errno: undefined },
      { node: 1, errno: undefined },
    ]);
    for (const node of [0, 1]) expect(await rowsOf(session(node), 'SELECT what FROM act')).toHaveLength(2);
  });
});
