import fs from 'node:fs';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { kept } from './kept-folder';
import { dropDatabase, freshDatabase, onServer } from './mariadb-database';

// Migrating a database on a server takes seconds and dropping it takes another, since each statement waits for the disk;
// emptying it takes milliseconds. So a worker hands its databases on to the next test: emptied, and only if their tables
// are what the migrations made of them.

/** A migrated database of the lane's server that holds no rows but those of the migrations themselves. */
export interface KeptDatabase {
  readonly url: string;
  /** Empties it for the next test; fails after 10 s if somebody still has a transaction open in it. */
  giveBack(): Promise<void>;
}

interface Shape {
  tables: string[];
  /** SHOW CREATE TABLE of each. */
  texts: string[];
}

/** What the migrations leave in their own tables stays. */
const OWN_TABLES = ['migrations', 'migration_lease'];
/** Statistics of fuller tables would outlive their rows and change how the next test is answered. */
const MOST_ROWS = 1_000;

type Ask = <T>(sql: string) => Promise<T[]>;

async function asking<R>(url: string, work: (ask: Ask) => Promise<R>): Promise<R> {
  const connection = await createConnection({ uri: url, connectTimeout: 10_000, multipleStatements: true });
  try {
    await connection.query('SET lock_wait_timeout = 10, innodb_lock_wait_timeout = 10');
    return await work(async <T>(sql: string) => (await connection.query<RowDataPacket[]>(sql))[0] as T[]);
  } finally {
    connection.destroy();
  }
}

const quoted = (name: string): string => `\`${name}\``;

async function tablesOf(ask: Ask): Promise<string[]> {
  const rows = await ask<Record<string, string>>('SHOW TABLES');
  return rows.map((row) => Object.values(row)[0]!).sort();
}

async function shapeOf(ask: Ask): Promise<Shape> {
  const tables = await tablesOf(ask);
  const answers = await ask<Record<string, string>[]>(tables.map((t) => `SHOW CREATE TABLE ${quoted(t)}`).join(';'));
  return { tables, texts: answers.map(([row]) => row!['Create Table']!) };
}

async function withMoreThan(ask: Ask, limit: number, tables: readonly string[]): Promise<string[]> {
  const questions = tables.map(
    (t) => `SELECT '${t}' AS name, EXISTS(SELECT 1 FROM ${quoted(t)} LIMIT ${limit}, 1) AS more`,
  );
  const rows = await ask<{ name: string; more: number }>(questions.join(' UNION ALL '));
  return rows.filter((row) => row.more).map((row) => row.name);
}

/** Whether it has become again what the migrations made; tables that a test added go. */
async function restored(ask: Ask, shape: Shape): Promise<boolean> {
  const added = (await tablesOf(ask)).filter((name) => !shape.tables.includes(name));
  if (added.length > 0) await ask(`SET foreign_key_checks = 0; DROP TABLE ${added.map(quoted).join(', ')}`);
  if (JSON.stringify(await shapeOf(ask)) !== JSON.stringify(shape)) return false;
  if ((await withMoreThan(ask, MOST_ROWS, shape.tables)).length > 0) return false;
  await ask(
    [
      'SET autocommit = 0',
      `LOCK TABLES ${shape.tables.map((t) => `${quoted(t)} WRITE`).join(', ')}`,
      ...shape.tables.filter((t) => !OWN_TABLES.includes(t)).map((t) => `DELETE FROM ${quoted(t)}`),
      "UPDATE migration_lease SET token = '', until = 0",
      'COMMIT',
      'UNLOCK TABLES',
    ].join(';'),
  );
  return true;
}

/** One that another test has given back, if there is one. */
function claimFree(): string | undefined {
  for (const name of fs.readdirSync(kept('free'))) {
    try {
      fs.renameSync(kept('free', name), kept('taken', name));
      return name;
    } catch (error) {
      // Another worker was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return undefined;
}

async function makeOne(baseUrl: string, migrateAt: (url: string) => Promise<void>): Promise<string> {
  const { name, url } = await freshDatabase(baseUrl);
  fs.writeFileSync(kept('taken', name), '');
  await migrateAt(url);
  const shape = await asking(url, async (ask) => {
    const made = await shapeOf(ask);
    const filled = await withMoreThan(
      ask,
      0,
      made.tables.filter((t) => !OWN_TABLES.includes(t)),
    );
    if (filled.length > 0) throw new Error(`migrations write rows of ${filled.join(', ')}: keep them here too`);
    return made;
  });
  fs.writeFileSync(kept('taken', name), JSON.stringify(shape));
  return name;
}

/** A database of the test's own on the lane's server; `migrateAt` is called when there is none to take over. */
export async function keptDatabase(baseUrl: string, migrateAt: (url: string) => Promise<void>): Promise<KeptDatabase> {
  const name = claimFree() ?? (await makeOne(baseUrl, migrateAt));
  const shape = JSON.parse(fs.readFileSync(kept('taken', name), 'utf8')) as Shape;
  const url = onServer(baseUrl, name);
  return {
    url,
    async giveBack() {
      if (await asking(url, (ask) => restored(ask, shape))) {
        fs.renameSync(kept('taken', name), kept('free', name));
        return;
      }
      await dropDatabase(baseUrl, name);
      fs.rmSync(kept('taken', name));
    },
  };
}

/** At the end of a run: drops all of them, also those that a broken test did not give back. */
export async function dropKeptDatabases(baseUrl: string): Promise<void> {
  const names = ['free', 'taken'].flatMap((part) => fs.readdirSync(kept(part)));
  for (const name of names) await dropDatabase(baseUrl, name);
}
