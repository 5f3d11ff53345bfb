import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RowDataPacket } from 'mysql2/promise';
import { getMetadataArgsStorage } from 'typeorm';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { compiled, compileOnce } from '../support/compiled';
import { freshDatabase, type FreshDatabase } from '../support/mariadb-database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';
import type { StartOrder } from '../support/starting-process';

const LIMIT_MS = 90_000;

interface Started {
  /** Exit code or signal. */
  end: Promise<number | string>;
  /** Resolves once the process has written the word; fails if it ends before. */
  says(word: string): Promise<void>;
  words(): string[];
  complaint(): string;
  kill9(): void;
}

function startProcess(order: StartOrder): Started {
  const child = spawn(process.execPath, [compiled('tests', 'support', 'starting-process.js'), JSON.stringify(order)]);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const end = new Promise<number | string>((done) => child.once('close', (code, sign) => done(code ?? sign ?? '')));
  const words = (): string[] => out.split('\n').filter((word) => word !== '');
  return {
    end,
    words,
    complaint: () => err,
    kill9: () => void child.kill('SIGKILL'),
    says: (word) =>
      new Promise((done, fail) => {
        const look = (): void => {
          if (words().includes(word)) done();
        };
        child.stdout.on('data', look);
        void end.then((how) => fail(new Error(`ended with ${how} before saying ${word}: ${err}`)));
        look();
      }),
  };
}

let directory: string;
beforeAll(() => compileOnce(), LIMIT_MS);
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-start-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const allMigrations = [...migrations.map((m) => m.name), 'TestMidway1795400000009'].sort();
const times = { leaseMs: 2_000, renewMs: 500, waitMs: 60_000 };

serverLane('processes that start on one MariaDB database', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  let fresh: FreshDatabase;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, LIMIT_MS);
  afterAll(() => server.close());
  beforeEach(async () => {
    fresh = await freshDatabase(server.url);
  });
  afterEach(() => fresh.drop());

  async function expectComplete(): Promise<void> {
    const connection = await server.connect();
    try {
      const ask = async (sql: string): Promise<string[]> =>
        (await connection.query<RowDataPacket[]>(sql))[0].map((row) => String(row['name']));
      expect(await ask(`SELECT name FROM ${fresh.name}.migrations ORDER BY name`)).toEqual(allMigrations);
      const tables = await ask(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${fresh.name}'`,
      );
      const wanted = getMetadataArgsStorage().tables.filter((table) => entities.includes(table.target as never));
      expect(tables).toEqual(expect.arrayContaining(wanted.map((table) => table.name)));
      expect(tables).toContain('test_midway');
      const wrong = `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = '${fresh.name}' AND table_collation <> 'utf8mb4_bin'`;
      expect(await ask(wrong)).toEqual([]);
      const checks = `SELECT constraint_name AS name FROM information_schema.table_constraints
        WHERE constraint_schema = '${fresh.name}' AND constraint_name = 'ck_test_midway'`;
      expect(await ask(checks)).toEqual(['ck_test_midway']);
    } finally {
      connection.destroy();
    }
  }

  async function setCollation(charset: string): Promise<void> {
    const connection = await server.connect();
    await connection.query(`ALTER DATABASE ${fresh.name} CHARACTER SET ${charset}`);
    connection.destroy();
  }

  test.each(['utf8mb4 COLLATE utf8mb4_bin', 'latin1'])(
    'four at once (database made as %s): all end well, each migration is recorded once',
    async (charset) => {
      await setCollation(charset);
      const four = [1, 2, 3, 4].map(() =>
        startProcess({ url: fresh.url, directory, times: { ...times, leaseMs: 60_000 } }),
      );
      const ends = await Promise.all(four.map((process) => process.end));
      expect(four.map((process) => process.complaint()).join('')).toBe('');
      expect(ends).toEqual([0, 0, 0, 0]);
      await expectComplete();
    },
    LIMIT_MS,
  );

  test(
    'one killed in the middle of a migration is succeeded after its lease',
    async () => {
      const first = startProcess({ url: fresh.url, directory, times, hangMidway: true });
      await first.says('midway');
      const second = startProcess({ url: fresh.url, directory, times });
      await second.says('open');
      // As long as the first lives and renews its lease, the second waits.
      await new Promise((done) => setTimeout(done, 3_000));
      expect(second.words()).toEqual(['open']);
      first.kill9();
      expect(await first.end).toBe('SIGKILL');
      expect(await second.end).toBe(0);
      expect(second.words()).toEqual(['open', 'alone', 'ready']);
      await expectComplete();
    },
    LIMIT_MS,
  );

  test(
    'who waits longer than allowed says so and ends',
    async () => {
      const first = startProcess({ url: fresh.url, directory, times, hangMidway: true });
      await first.says('midway');
      const second = startProcess({ url: fresh.url, directory, times: { ...times, waitMs: 500 } });
      expect(await second.end).toBe(1);
      expect(second.complaint()).toMatch(/another process has been migrating/);
      first.kill9();
      await first.end;
    },
    LIMIT_MS,
  );
});

describe('processes that start on one data directory', () => {
  const refusal = /another process is serving the data directory .*; stop it first, or give this one another --data/;

  test(
    'of four at once one serves, the others say why not; after kill -9 the next start works',
    async () => {
      const four = [1, 2, 3, 4].map(() => startProcess({ directory, stay: true }));
      const holder = await Promise.any(four.map((process) => process.says('ready').then(() => process)));
      const others = four.filter((process) => process !== holder);
      expect(await Promise.all(others.map((process) => process.end))).toEqual([1, 1, 1]);
      for (const process of others) {
        expect(process.complaint()).toMatch(refusal);
        expect(process.words()).toEqual([]);
      }
      holder.kill9();
      await holder.end;
      const next = startProcess({ directory });
      expect(await next.end).toBe(0);
    },
    LIMIT_MS,
  );

  test(
    'one killed in the middle of a migration leaves nothing to wait for',
    async () => {
      const first = startProcess({ directory, hangMidway: true });
      await first.says('midway');
      first.kill9();
      await first.end;
      const second = startProcess({ directory });
      expect(await second.end).toBe(0);
      const file = new Database(path.join(directory, 'lujian.sqlite'), { readonly: true });
      const names = file.prepare('SELECT name FROM migrations ORDER BY name').pluck().all();
      file.close();
      expect(names).toEqual(allMigrations);
    },
    LIMIT_MS,
  );
});
