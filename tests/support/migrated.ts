import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, sqliteFile, type DatabaseSettings } from '../../src/kernel/db/database';
import { migrate } from '../../src/kernel/db/migrate';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { keptDatabase } from './kept-databases';
import { kept } from './kept-folder';

/** Where a migrated database is, not yet open. */
export interface Migrated {
  /** Undefined on SQLite, where it is in the directory. */
  url?: string;
  /** Call when nothing has it open any more. */
  giveBack(): Promise<void>;
}

async function migrateOnce(where: Pick<DatabaseSettings, 'url' | 'directory'>): Promise<void> {
  const db = await openDatabase({ ...where, entities, migrations }, systemSources());
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
}

/** One migrated SQLite file a run, which each test copies. */
async function sqliteTemplate(): Promise<string> {
  const template = kept('template.sqlite');
  if (fs.existsSync(template)) return template;
  const directory = fs.mkdtempSync(kept('making-'));
  await migrateOnce({ directory });
  // Workers that make it at the same moment make the same.
  fs.renameSync(sqliteFile(directory), template);
  return template;
}

/** A migrated database of the lane without rows: a file in the directory, or one on the server. */
export async function migratedDatabase(directory: string): Promise<Migrated> {
  const server = process.env.LUJIAN_TEST_DATABASE_URL;
  if (server) return keptDatabase(server, (url) => migrateOnce({ url, directory: os.tmpdir() }));
  fs.copyFileSync(await sqliteTemplate(), sqliteFile(path.resolve(directory)));
  return { giveBack: async () => undefined };
}
