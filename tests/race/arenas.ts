import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGalera } from '../support/galera-cluster';
import { freshDatabase, onServer } from '../support/mariadb-database';
import { forkedCrew, localCrew, type Crew } from './crew';
import type { Place } from './service';

export const engines = ['sqlite', 'mariadb', 'galera'] as const;
export type EngineName = (typeof engines)[number];

/** Where a race is run: an empty database and those who will act on it. */
export interface Arena {
  /** Places to read the outcome from; each must show the same. */
  places: readonly Place[];
  startCrew(): Promise<Crew>;
  /** Makes reads on new connections wait for what other nodes have committed. */
  settle(): Promise<void>;
  remove(): Promise<void>;
}

export interface ArenaWishes {
  engine: EngineName;
  withoutGuards: boolean;
  /** MariaDB server for the engine of that name. */
  server: string;
}

const GALERA_NODES = 2;

async function galeraArena(common: Omit<Place, 'url'>): Promise<Arena> {
  const cluster = await startGalera({ nodes: GALERA_NODES });
  const fresh = await freshDatabase(cluster.urls[0]!);
  const places = cluster.urls.map((url) => ({ ...common, url: onServer(url, fresh.name) }));
  return {
    places,
    startCrew: () => forkedCrew(places),
    async settle() {
      for (let node = 0; node < places.length; node += 1) {
        const connection = await cluster.connect(node);
        await connection.query('SET GLOBAL wsrep_sync_wait = 1');
        connection.destroy();
      }
    },
    remove: () => cluster.stop(),
  };
}

async function mariadbArena(common: Omit<Place, 'url'>, server: string): Promise<Arena> {
  const fresh = await freshDatabase(server);
  const place: Place = { ...common, url: fresh.url };
  return {
    places: [place],
    startCrew: () => forkedCrew([place, place]),
    settle: async () => undefined,
    remove: () => fresh.drop(),
  };
}

/** An arena of its own, and a temporary folder for files and, with SQLite, the database. */
export async function openArena({ engine, withoutGuards, server }: ArenaWishes): Promise<Arena> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-race-'));
  const common = { directory, masterKey: randomBytes(32).toString('hex'), withoutGuards };
  const arenas: Record<EngineName, () => Promise<Arena>> = {
    sqlite: async () => ({
      places: [common],
      startCrew: () => localCrew(common),
      settle: async () => undefined,
      remove: async () => undefined,
    }),
    mariadb: () => mariadbArena(common, server),
    galera: () => galeraArena(common),
  };
  const arena = await arenas[engine]();
  return {
    ...arena,
    async remove() {
      await arena.remove();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
