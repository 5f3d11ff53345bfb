import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase, sqliteFile, type Db } from '../../src/kernel/db/database';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { freshDatabase, type FreshDatabase } from '../support/mariadb-database';
import { startPrivateServer } from '../support/mariadb-server';

export const engines = ['sqlite', 'mariadb'] as const;
export type EngineName = (typeof engines)[number];

/** Where the service that is killed keeps its data. */
export interface Place {
  readonly directory: string;
  readonly env: Record<string, string>;
  /** How many may serve it at a time in this test. */
  readonly processes: number;
  /** Crashes the database server too and starts it again; nothing of the kind with SQLite. */
  crashDatabase?: () => Promise<void>;
  /** What the engine itself finds wrong; while the service runs. */
  checkIntegrity(): Promise<string[]>;
  /** Only while no service runs. */
  open(): Promise<Db>;
  remove(): Promise<void>;
}

function sqlitePlace(directory: string): Place {
  return {
    directory,
    env: {},
    processes: 1,
    async checkIntegrity() {
      const connection = new Database(sqliteFile(directory), { readonly: true });
      try {
        const integrity = connection.pragma('integrity_check') as { integrity_check: string }[];
        const references = connection.pragma('foreign_key_check') as unknown[];
        const said = integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok');
        return [...said, ...references.map((row) => `foreign key: ${JSON.stringify(row)}`)];
      } finally {
        connection.close();
      }
    },
    open: () => openDatabase({ directory, entities, migrations }, systemSources()),
    remove: async () => fs.rmSync(directory, { recursive: true, force: true }),
  };
}

async function mariadbPlace(directory: string): Promise<Place> {
  const server = await startPrivateServer();
  let fresh: FreshDatabase;
  try {
    fresh = await freshDatabase(server.url);
  } catch (error) {
    await server.close();
    throw error;
  }
  const open = (): Promise<Db> => openDatabase({ url: fresh.url, directory, entities, migrations }, systemSources());
  return {
    directory,
    env: { LUJIAN_DATABASE_URL: fresh.url, LUJIAN_MASTER_KEY: randomBytes(32).toString('hex') },
    processes: 2,
    async crashDatabase() {
      await server.kill9();
      await server.start();
    },
    async checkIntegrity() {
      const connection = await server.connect();
      try {
        const [tables] = await connection.query(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${fresh.name}'`,
        );
        const list = (tables as { name: string }[]).map(({ name }) => `${fresh.name}.${name}`).join(', ');
        const [rows] = await connection.query(`CHECK TABLE ${list}`);
        return (rows as { Table: string; Msg_text: string }[])
          .filter((row) => row.Msg_text !== 'OK')
          .map((row) => `${row.Table}: ${row.Msg_text}`);
      } finally {
        connection.destroy();
      }
    },
    open,
    async remove() {
      await server.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function openPlace(engine: EngineName): Promise<Place> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-kill-'));
  return engine === 'sqlite' ? sqlitePlace(directory) : mariadbPlace(directory);
}
