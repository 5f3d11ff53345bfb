import 'reflect-metadata';
import path from 'node:path';
import fs from 'node:fs';
import mysql from 'mysql2/promise';
import {
  DataSource,
  type DataSourceOptions,
  type EntityManager,
  type MigrationInterface,
  type MixedList,
} from 'typeorm';
import type { Sources } from '../sources';
import { installMysqlWatch } from './mysql';
import { holdDataDirectory, installSqliteLanes } from './sqlite';

export type Engine = 'sqlite' | 'mysql';

/** Anything one may read through: the database (committed rows) or an open transaction (its own rows too). */
export interface Reads {
  readonly m: EntityManager;
}

/** An open database. Writing needs a Tx, which only `command` and `inTransaction` make. */
export interface Db extends Reads {
  readonly engine: Engine;
  readonly server: string;
  readonly source: DataSource;
  readonly sources: Sources;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  /** mysql://user:password@host:port/name; undefined means SQLite in `directory`. */
  url?: string;
  /** The data directory: the SQLite file and its lock live here. */
  directory: string;
  entities: MixedList<new () => object>;
  migrations: MixedList<new () => MigrationInterface>;
  poolSize?: number;
  /** How long a caller waits for the writer, a connection or a row lock before it is told to come again; 10,000 ms. */
  waitMs?: number;
}

const WAIT_MS = 10_000;

export const sqliteFile = (directory: string): string => path.join(directory, 'lujian.sqlite');

/** Options for TypeORM; `flavour` is what the server calls itself. Also used by the root `ormconfig.ts`. */
export function dataSourceOptions(settings: DatabaseSettings, flavour: 'mariadb' | 'mysql'): DataSourceOptions {
  const shared = { entities: settings.entities, migrations: settings.migrations, synchronize: false };
  if (!settings.url) {
    return {
      ...shared,
      type: 'better-sqlite3',
      database: sqliteFile(settings.directory),
      enableWAL: true,
      migrationsTransactionMode: 'each',
      // A signed pledge must survive power loss.
      prepareDatabase: (connection: { pragma(text: string): unknown }) => {
        connection.pragma('synchronous = FULL');
        // 16 MiB: what a list of names writes again and again is copied into the database once.
        connection.pragma('wal_autocheckpoint = 4000');
        // 64 MiB (the usual 2 hold 500 pages): a list of names touches thousands of pages of the name index, in every
        // transaction the same ones.
        connection.pragma('cache_size = -65536');
      },
    };
  }
  return {
    ...shared,
    type: flavour,
    url: settings.url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    poolSize: settings.poolSize ?? 10,
    connectTimeout: 5_000,
    migrationsTransactionMode: 'none',
  };
}

const oldest = { mariadb: [10, 6], mysql: [8, 0] } as const;

/**
 * New tables take the database's collation; with any other than this one 'Acme' would equal 'acmé'. Done before the
 * pool opens: a connection keeps the collation that it found.
 */
async function setCollation(connection: mysql.Connection): Promise<void> {
  const [rows] = await connection.query('SELECT DATABASE() AS name, @@collation_database AS collation');
  const { name, collation } = (rows as { name: string | null; collation: string }[])[0]!;
  if (name === null || collation === 'utf8mb4_bin') return;
  await connection.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
}

/**
 * Asks the server what it is, and sets the database's collation. Throws when the server is too old or not strict, since
 * then rows would be cut in silence.
 */
export async function askServer(url: string): Promise<{ flavour: 'mariadb' | 'mysql'; version: string }> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 5_000 });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version, @@SESSION.sql_mode AS mode');
    const { version, mode } = (rows as { version: string; mode: string }[])[0]!;
    const flavour = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
    const [major, minor] = version.split('.').map(Number) as [number, number];
    const [wantMajor, wantMinor] = oldest[flavour];
    if (major < wantMajor || (major === wantMajor && minor < wantMinor)) {
      throw new Error(`${flavour} ${version} is too old; ${wantMajor}.${wantMinor} or newer is needed`);
    }
    if (!/STRICT_(TRANS|ALL)_TABLES/.test(mode)) {
      throw new Error(`the server's sql_mode "${mode}" is not strict; add STRICT_TRANS_TABLES to it`);
    }
    await setCollation(connection);
    return { flavour, version };
  } finally {
    await connection.end();
  }
}

async function openSqlite(settings: DatabaseSettings, sources: Sources): Promise<Db> {
  fs.mkdirSync(settings.directory, { recursive: true });
  const held = holdDataDirectory(settings.directory);
  try {
    const source = await new DataSource(dataSourceOptions(settings, 'mariadb')).initialize();
    const lanes = installSqliteLanes(source, sqliteFile(settings.directory), settings.waitMs ?? WAIT_MS);
    const close = async (): Promise<void> => {
      lanes.close();
      await source.destroy();
      held.release();
    };
    return { engine: 'sqlite', server: 'SQLite', source, sources, m: source.manager, close };
  } catch (error) {
    held.release();
    throw error;
  }
}

async function openMysql(settings: DatabaseSettings, url: string, sources: Sources): Promise<Db> {
  const { flavour, version } = await askServer(url);
  const source = await new DataSource(dataSourceOptions(settings, flavour)).initialize();
  installMysqlWatch(source, settings.waitMs ?? WAIT_MS);
  return {
    engine: 'mysql',
    server: `${flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version}`,
    source,
    sources,
    m: source.manager,
    close: () => source.destroy(),
  };
}

/** Opens the database of the settings; SQLite takes the lock on its data directory. */
export const openDatabase = (settings: DatabaseSettings, sources: Sources): Promise<Db> =>
  settings.url ? openMysql(settings, settings.url, sources) : openSqlite(settings, sources);
