import 'reflect-metadata';
import fs from 'node:fs';
import { DataSource } from 'typeorm';
import type { Sources } from '../sources';
import { askServer, dataSourceOptions, sqliteFile, type DatabaseSettings, type Db } from './database';

/**
 * Opens the database for reading alone: beside a serving process, from a worker thread or a tool, without the lock on
 * the data directory. A write throws. Nothing is migrated; the caller finds the tables that are there.
 */
export async function openReadOnly(settings: DatabaseSettings, sources: Sources): Promise<Db> {
  const { entities } = settings;
  if (!settings.url) {
    const database = sqliteFile(settings.directory);
    if (!fs.existsSync(database)) throw new Error(`there is no database in ${settings.directory}; name its directory`);
    const source = await new DataSource({
      type: 'better-sqlite3',
      database,
      readonly: true,
      fileMustExist: true,
      entities,
      synchronize: false,
    }).initialize();
    return { engine: 'sqlite', server: 'SQLite', source, sources, m: source.manager, close: () => source.destroy() };
  }
  const { flavour, version } = await askServer(settings.url);
  const options = dataSourceOptions({ ...settings, poolSize: 1, migrations: [] }, flavour);
  const source = await new DataSource(options).initialize();
  await source.query('SET SESSION TRANSACTION READ ONLY');
  const server = `${flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version}`;
  return { engine: 'mysql', server, source, sources, m: source.manager, close: () => source.destroy() };
}
