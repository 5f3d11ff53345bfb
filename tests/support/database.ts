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
import { migratedDatabase } from './migrated';

export const lane = (): 'sqlite' | 'mysql' => (process.env.LUJIAN_TEST_DATABASE_URL ? 'mysql' : 'sqlite');

export interface TestDatabase {
  db: Db;
  directory: string;
  url?: string;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

/** A test's own wishes; `server` puts the database on another server than that of the lane, made and migrated there. */
export interface TestDatabaseExtras extends Partial<Pick<DatabaseSettings, 'poolSize' | 'waitMs'>> {
  server?: string;
}

interface Place {
  url?: string;
  leave(): Promise<void>;
}

async function onOtherServer(server: string): Promise<Place> {
  const fresh = await freshDatabase(server);
  return { url: fresh.url, leave: fresh.drop };
}

async function onLane(directory: string): Promise<Place> {
  const { url, giveBack } = await migratedDatabase(directory);
  return { url, leave: giveBack };
}

/** A migrated database without rows, of the lane under test: in a temporary SQLite folder, or on the server. */
export async function testDatabase(
  clock?: Clock,
  list: MixedList<new () => object> = entities,
  { server, ...extras }: TestDatabaseExtras = {},
): Promise<TestDatabase> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-test-'));
  const { url, leave } = server ? await onOtherServer(server) : await onLane(directory);
  const db = await openDatabase({ url, directory, entities: list, migrations, ...extras }, systemSources(clock));
  if (server) await migrate(db);
  return {
    db,
    directory,
    url,
    async drop() {
      await db.close();
      await leave();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
