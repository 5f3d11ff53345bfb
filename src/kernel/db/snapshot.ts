import Database from 'better-sqlite3';
import mysql from 'mysql2';
import type { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { BackupFault } from '../backup/fault';
import type { Cell, TableShape } from '../backup/format';
import { askServer, sqliteFile, type DatabaseSettings, type Db, type Engine } from './database';

/** The whole database as it was at one moment, read beside whoever serves, without keeping anybody from writing. */
export interface Snapshot {
  readonly engine: Engine;
  /** All rows in the order of their keys, as they come from the database; memory does not grow with them. */
  rows(shape: TableShape): AsyncIterable<Cell[]>;
  /** Rows of a statement without parameters; few. */
  few(sql: string): Promise<Cell[][]>;
  close(): Promise<void>;
}

/** The tables of the entities, as the program knows them. */
export function tableShapes(source: DataSource): TableShape[] {
  return source.entityMetadatas.map(({ tableName, columns, primaryColumns }) => ({
    name: tableName,
    columns: columns.map(({ databaseName, type }) => ({
      name: databaseName,
      kind: type === 'varchar' || type === 'text' ? ('text' as const) : ('number' as const),
    })),
    key: primaryColumns.map((c) => c.databaseName),
  }));
}

const quoted = (engine: Engine, name: string): string => (engine === 'mysql' ? `\`${name}\`` : `"${name}"`);

function selectAll(engine: Engine, { name, columns, key }: TableShape): string {
  const list = columns.map((c) => quoted(engine, c.name)).join(', ');
  const order = key.map((k) => quoted(engine, k)).join(', ');
  return `SELECT ${list} FROM ${quoted(engine, name)} ORDER BY ${order}`;
}

/** What a driver hands over, as text or exact integer; a number is never rounded. */
function cellOf(value: unknown, kind: 'text' | 'number', where: () => string): Cell {
  if (value === null) return null;
  if (kind === 'text' && typeof value === 'string') return value;
  const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
  if (kind === 'number' && Number.isSafeInteger(number)) return number as number;
  throw new BackupFault(
    `数据库中的值不合格式 a value of the database is neither text nor an exact integer: ${where()}`,
  );
}

const cellsOf = ({ name, columns }: TableShape, row: readonly unknown[]): Cell[] =>
  row.map((value, i) => cellOf(value, columns[i]!.kind, () => `${name}.${columns[i]!.name}`));

/** A read transaction in WAL mode: writers go on, and what they write stays in the -wal file until this one ends. */
function openSqliteSnapshot(directory: string): Snapshot {
  const connection = new Database(sqliteFile(directory), { readonly: true, fileMustExist: true });
  try {
    connection.defaultSafeIntegers(true);
    connection.exec('BEGIN');
    // The transaction's moment is that of its first read.
    connection.prepare('SELECT COUNT(*) FROM sqlite_master').get();
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    engine: 'sqlite',
    async *rows(shape) {
      const statement = connection.prepare(selectAll('sqlite', shape)).raw(true);
      for (const row of statement.iterate()) yield cellsOf(shape, row as unknown[]);
    },
    few: async (sql) => connection.prepare(sql).raw(true).all() as Cell[][],
    close: async () => void connection.close(),
  };
}

/** One transaction over everything, REPEATABLE READ from a fixed moment, on a connection of its own. */
async function openMysqlSnapshot(url: string): Promise<Snapshot> {
  await askServer(url);
  const connection = mysql.createConnection({
    uri: url,
    charset: 'utf8mb4_bin',
    connectTimeout: 5_000,
    supportBigNumbers: true,
    bigNumberStrings: true,
    rowsAsArray: true,
  });
  // The statement that fails tells; without a listener the same fault would end the process.
  connection.on('error', () => undefined);
  const asking = connection.promise();
  const close = async (): Promise<void> => connection.destroy();
  try {
    await asking.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await asking.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    engine: 'mysql',
    async *rows(shape) {
      const stream: Readable = connection.query(selectAll('mysql', shape)).stream({ highWaterMark: 200 });
      for await (const row of stream) yield cellsOf(shape, row as unknown[]);
    },
    few: async (sql) => (await asking.query(sql))[0] as Cell[][],
    close,
  };
}

export const openSnapshot = async ({
  url,
  directory,
}: Pick<DatabaseSettings, 'url' | 'directory'>): Promise<Snapshot> =>
  url ? openMysqlSnapshot(url) : openSqliteSnapshot(directory);

/** Rows of an open database, for a look at what was restored. */
export const countRows = async ({ m, engine }: Pick<Db, 'm' | 'engine'>, table: string): Promise<number> => {
  const rows: { n: number | string }[] = await m.query(`SELECT COUNT(*) AS n FROM ${quoted(engine, table)}`);
  return Number(rows[0]!.n);
};
