import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { MixedList } from 'typeorm';
import { openDatabase, type DatabaseSettings, type Db } from '../../src/kernel/db/database';
import { migrate } from '../../src/kernel/db/migrate';
import { systemSources, type Clock } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { freshDatabase } from './mariadb-database';

export const lane = (): 'sqlite' | 'mysql' => (process.env.LUJIAN_TEST_DATABASE_URL ? 'mysql' : 'sqlite');

export interface TestDatabase {
  db: Db;
  directory: string;
  url?: string;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

/** A test's own wishes; `server` puts the database on another server than that of the lane. */
export interface TestDatabaseExtras extends Partial<Pick<DatabaseSettings, 'migrations' | 'poolSize' | 'waitMs'>> {
  server?: string;
}

/** An empty, migrated database of the lane under test: a temporary SQLite folder, or a fresh database on the server. */
export async function testDatabase(
  clock?: Clock,
  list: MixedList<new () => object> = entities,
  { server = process.env.LUJIAN_TEST_DATABASE_URL, ...extras }: TestDatabaseExtras = {},
): Promise<TestDatabase> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-test-'));
  const fresh = server ? await freshDatabase(server) : undefined;
  const settings = { url: fresh?.url, directory, entities: list, migrations, ...extras };
  const db = await openDatabase(settings, systemSources(clock));
  await migrate(db);
  return {
    db,
    directory,
    url: fresh?.url,
    async drop() {
      await db.close();
      await fresh?.drop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
