import { DataSource } from 'typeorm';
import { pause, type Sources } from '../sources';
import type { Db } from './database';
import { faultOf } from './errors';

const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
const WAIT_MS = 5 * 60_000;

/**
 * A lease row claimed by compare-and-set. GET_LOCK is local to one node: two Galera nodes both got it. A claim counts
 * only once its statement has committed, which under Galera is where the loser learns.
 */
async function claim(source: DataSource, sources: Sources, token: string): Promise<boolean> {
  const now = sources.clock.now();
  try {
    await source.query(`UPDATE migration_lease SET token = '${token}', until = ${now + LEASE_MS}
      WHERE id = 1 AND (token = '${token}' OR until < ${now})`);
  } catch (error) {
    if (faultOf(error) === 'retry') return false;
    throw error;
  }
  const [row] = (await source.query('SELECT token FROM migration_lease WHERE id = 1')) as { token: string }[];
  return row?.token === token;
}

/** New tables take the database's collation; with any other than this one 'Acme' would equal 'acmé'. */
async function fixCollation(source: DataSource): Promise<void> {
  const [row] = (await source.query('SELECT @@collation_database AS name')) as { name: string }[];
  if (row?.name !== 'utf8mb4_bin') await source.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
}

async function checkCollation(source: DataSource): Promise<void> {
  const rows = (await source.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_collation <> 'utf8mb4_bin'`,
  )) as { name: string }[];
  if (rows.length > 0) {
    throw new Error(
      `these tables do not compare text byte by byte (collation utf8mb4_bin): ${rows.map((r) => r.name).join(', ')}; use an empty database of its own`,
    );
  }
}

async function makeLeaseTable(source: DataSource, engine: Db['engine']): Promise<void> {
  if (engine === 'mysql') await fixCollation(source);
  await source.query(
    'CREATE TABLE IF NOT EXISTS migration_lease (id int NOT NULL PRIMARY KEY, token varchar(36) NOT NULL, until bigint NOT NULL)',
  );
  const ignore = engine === 'sqlite' ? 'OR IGNORE' : 'IGNORE';
  await source.query(`INSERT ${ignore} INTO migration_lease (id, token, until) VALUES (1, '', 0)`);
}

/**
 * Runs what is missing of the one migration set, and then `alone` (making keys, first rows), while no other process
 * does. Safe when any number of processes start at once; a process that dies in the middle is succeeded after 60 s.
 */
export async function migrate(db: Db, alone: () => Promise<void> = async () => undefined): Promise<void> {
  const { source, sources } = db;
  const token = sources.ids.timed();
  for (let n = 0; ; n += 1) {
    try {
      await makeLeaseTable(source, db.engine);
      break;
    } catch (error) {
      if (faultOf(error) !== 'retry' || n > 20) throw error;
      await pause(50);
    }
  }
  const giveUp = sources.clock.now() + WAIT_MS;
  while (!(await claim(source, sources, token))) {
    if (sources.clock.now() > giveUp) throw new Error('another process has been migrating the database for 5 minutes');
    await pause(100);
  }
  const renew = setInterval(() => void claim(source, sources, token).catch(() => undefined), RENEW_MS);
  try {
    await source.runMigrations({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
    if (db.engine === 'mysql') await checkCollation(source);
    await alone();
  } finally {
    clearInterval(renew);
    await source.query(`UPDATE migration_lease SET until = 0 WHERE id = 1 AND token = '${token}'`);
  }
}
