import { createConnection } from 'mysql2/promise';

/** A database of the test's own on a server that others use too. */
export interface FreshDatabase {
  readonly name: string;
  /** The server's URL with this database as its path. */
  readonly url: string;
  /** Drops the database; fails after 10 s if somebody still has a transaction open in it. */
  drop(): Promise<void>;
}

const ER_DB_CREATE_EXISTS = 1007;
const ATTEMPTS = 1_000;
let counter = 0;

/** The same database seen through another server's URL (the other node of a cluster). */
export const onServer = (baseUrl: string, name: string): string => {
  const url = new URL(baseUrl);
  url.pathname = `/${name}`;
  return url.href;
};

const onServerRoot = async (baseUrl: string, statements: readonly string[]): Promise<void> => {
  const connection = await createConnection({ uri: onServer(baseUrl, ''), connectTimeout: 10_000 });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    connection.destroy();
  }
};

const isTaken = (error: unknown): boolean => (error as { errno?: number }).errno === ER_DB_CREATE_EXISTS;

/** Drops a database; fails after 10 s if somebody still has a transaction open in it. */
export const dropDatabase = (baseUrl: string, name: string): Promise<void> =>
  onServerRoot(baseUrl, ['SET lock_wait_timeout = 10', `DROP DATABASE IF EXISTS \`${name}\``]);

/** Creates `lujian_test_<pid>_<n>` (utf8mb4, utf8mb4_bin) on the server of `baseUrl`, e.g. mysql://root@127.0.0.1:3306. */
export const freshDatabase = async (baseUrl: string): Promise<FreshDatabase> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const name = `lujian_test_${process.pid}_${++counter}`;
    try {
      await onServerRoot(baseUrl, [`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`]);
    } catch (error) {
      // Each test file counts anew in the same process, so an earlier file's name may still be there.
      if (isTaken(error)) continue;
      throw error;
    }
    return {
      name,
      url: onServer(baseUrl, name),
      drop: () => dropDatabase(baseUrl, name),
    };
  }
  throw new Error(`${ATTEMPTS} names lujian_test_${process.pid}_* are taken on the test server`);
};
