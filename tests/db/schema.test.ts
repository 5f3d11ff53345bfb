import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DataSource } from 'typeorm';
import { openDatabase, type Db } from '../../src/kernel/db/database';
import { migrate } from '../../src/kernel/db/migrate';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { testDatabase, type TestDatabase } from '../support/database';
import { freshDatabase } from '../support/mariadb-database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';

const drift = async (source: DataSource): Promise<string[]> =>
  (await source.driver.createSchemaBuilder().log()).upQueries.map((query) => query.query);

const tablesOf = async (db: Db): Promise<string[]> => {
  const sql =
    db.engine === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name';
  return (await db.source.query<{ name: string }[]>(sql)).map((row) => row.name);
};

const keyOf = async (db: Db, table: string): Promise<string[]> => {
  const sql =
    db.engine === 'sqlite'
      ? `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0`
      : `SELECT column_name AS name FROM information_schema.key_column_usage
         WHERE table_schema = DATABASE() AND table_name = '${table}' AND constraint_name = 'PRIMARY'`;
  return (await db.source.query<{ name: string }[]>(sql)).map((row) => row.name);
};

describe('the migrated schema', () => {
  let t: TestDatabase;
  beforeEach(async () => {
    t = await testDatabase();
  });
  afterEach(() => t.drop());

  test('is what the entities say', async () => {
    expect(await drift(t.db.source)).toEqual([]);
  });

  test('gives every table a primary key', async () => {
    const tables = await tablesOf(t.db);
    expect(tables.length).toBeGreaterThanOrEqual(entities.length);
    for (const table of tables)
      expect({ table, key: (await keyOf(t.db, table)).length > 0 }).toEqual({ table, key: true });
  });

  test('goes back step by step to nothing, and up again', async () => {
    for (const _ of migrations)
      await t.db.source.undoLastMigration({ transaction: t.db.engine === 'sqlite' ? 'each' : 'none' });
    expect((await tablesOf(t.db)).filter((name) => !['migrations', 'migration_lease'].includes(name))).toEqual([]);
    await migrate(t.db);
    expect(await drift(t.db.source)).toEqual([]);
  }, 60_000);

  test('once there, is not touched by another start', async () => {
    let alone = 0;
    await migrate(t.db, async () => void (alone += 1));
    expect(alone).toBe(1);
    const rows = await t.db.source.query<unknown[]>('SELECT name FROM migrations');
    expect(rows).toHaveLength(migrations.length);
  });

  test('is kept when what comes after it fails, and the next start goes on at once', async () => {
    const fault = new Error('no key could be made');
    await expect(migrate(t.db, () => Promise.reject(fault))).rejects.toBe(fault);
    await migrate(t.db);
  });
});

test('migration files are named as their classes and each makes one thing', () => {
  const directory = path.resolve(__dirname, '../../migrations');
  const files = fs.readdirSync(directory).filter((name) => /^\d/.test(name));
  const stamps = migrations.map((migration) => /\d+$/.exec(migration.name)?.[0]);
  expect(files.map((name) => name.split('-')[0]).sort()).toEqual([...stamps].sort());
  expect(stamps).toEqual([...stamps].sort());
  expect(new Set(stamps).size).toBe(stamps.length);
});

serverLane('on a MariaDB server', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, 60_000);
  afterAll(() => server.close());

  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const connection = await server.connect();
    const [rows] = await connection.query(sql);
    connection.destroy();
    return rows as Record<string, unknown>[];
  };

  const open = (url: string): Promise<Db> =>
    openDatabase({ url, directory: os.tmpdir(), entities, migrations }, systemSources());

  test.each(['latin1', 'utf8mb4 COLLATE utf8mb4_general_ci'])(
    'a database made as %s gets byte-wise tables',
    async (charset) => {
      const fresh = await freshDatabase(server.url);
      await query(`ALTER DATABASE ${fresh.name} CHARACTER SET ${charset}`);
      const db = await open(fresh.url);
      await migrate(db);
      const columns = await query(
        `SELECT DISTINCT collation_name AS name FROM information_schema.columns
       WHERE table_schema = '${fresh.name}' AND collation_name IS NOT NULL`,
      );
      expect(columns).toEqual([{ name: 'utf8mb4_bin' }]);
      expect(await drift(db.source)).toEqual([]);
      await db.close();
      await fresh.drop();
    },
    30_000,
  );

  test('a database that holds tables of another collation is refused by name', async () => {
    const fresh = await freshDatabase(server.url);
    await query(`CREATE TABLE ${fresh.name}.foreign_one (id varchar(9) PRIMARY KEY) COLLATE utf8mb4_general_ci`);
    const db = await open(fresh.url);
    await expect(migrate(db)).rejects.toThrow(/foreign_one; use an empty database/);
    await db.close();
    await fresh.drop();
  }, 30_000);

  test('a server that is not strict is refused', async () => {
    const fresh = await freshDatabase(server.url);
    await query("SET GLOBAL sql_mode = ''");
    await expect(open(fresh.url)).rejects.toThrow(/not strict; add STRICT_TRANS_TABLES/);
    await query("SET GLOBAL sql_mode = 'STRICT_TRANS_TABLES'");
    await (await open(fresh.url)).close();
    await fresh.drop();
  }, 30_000);

  test('a password with signs that mean something in addresses is read rightly', async () => {
    const fresh = await freshDatabase(server.url);
    await query(`CREATE USER 'odd'@'127.0.0.1' IDENTIFIED BY 'p@s/s:w%r?d#'`);
    await query(`GRANT ALL ON ${fresh.name}.* TO 'odd'@'127.0.0.1'`);
    const url = fresh.url.replace('root@', `odd:${encodeURIComponent('p@s/s:w%r?d#')}@`);
    const db = await open(url);
    await migrate(db);
    await db.close();
    await fresh.drop();
  }, 30_000);
});
