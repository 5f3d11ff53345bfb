import type { DataSource } from 'typeorm';
import { pause, type Sources } from '../sources';
import type { Db } from './database';
import { faultOf } from './errors';

/** How long a silent process keeps the migration lease, how often it says that it lives, and how long others wait; ms. */
export interface LeaseTimes {
  leaseMs: number;
  renewMs: number;
  waitMs: number;
}

const leaseTimes: LeaseTimes = { leaseMs: 60_000, renewMs: 15_000, waitMs: 5 * 60_000 };

const POLL_MS = 100;

/**
 * A lease row claimed by compare-and-set. GET_LOCK is local to one node: two Galera nodes both got it. A claim counts
 * only once its statement has committed, which under Galera is where the loser learns.
 */
async function claim(source: DataSource, { clock }: Sources, token: string, leaseMs: number): Promise<boolean> {
  const now = clock.now();
  try {
    await source.query(`UPDATE migration_lease SET token = '${token}', until = ${now + leaseMs}
      WHERE id = 1 AND (token = '${token}' OR until < ${now})`);
  } catch (error) {
    if (faultOf(error) === 'retry') return false;
    throw error;
  }
  const [row] = await source.query<{ token: string }[]>('SELECT token FROM migration_lease WHERE id = 1');
  return row?.token === token;
}

async function checkCollation(source: DataSource): Promise<void> {
  const rows = await source.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_collation <> 'utf8mb4_bin'`,
  );
  if (rows.length > 0) {
    throw new Error(
      `these tables do not compare text byte by byte (collation utf8mb4_bin): ${rows.map((r) => r.name).join(', ')}; use an empty database of its own`,
    );
  }
}

async function makeLeaseTable(source: DataSource): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await source.query(
        'CREATE TABLE IF NOT EXISTS migration_lease (id int NOT NULL PRIMARY KEY, token varchar(36) NOT NULL, until bigint NOT NULL)',
      );
      await source.query(`INSERT IGNORE INTO migration_lease (id, token, until) VALUES (1, '', 0)`);
      return;
    } catch (error) {
      if (faultOf(error) !== 'retry' || n > 20) throw error;
      await pause(50);
    }
  }
}

/** Runs the work while this process holds the lease; throws if the lease went to somebody else meanwhile. */
async function underLease(db: Db, times: LeaseTimes, work: (check: () => void) => Promise<void>): Promise<void> {
  const { source, sources } = db;
  const token = sources.ids.timed();
  await makeLeaseTable(source);
  const giveUp = sources.clock.now() + times.waitMs;
  while (!(await claim(source, sources, token, times.leaseMs))) {
    if (sources.clock.now() > giveUp) {
      throw new Error(`another process has been migrating the database for ${Math.round(times.waitMs / 1000)} s`);
    }
    await pause(POLL_MS);
  }
  let lost = false;
  const renew = setInterval(() => {
    claim(source, sources, token, times.leaseMs).then(
      (held) => (lost ||= !held),
      () => undefined,
    );
  }, times.renewMs);
  try {
    await work(() => {
      if (lost) throw new Error('another process took the migration over, because this one was silent for too long');
    });
  } finally {
    clearInterval(renew);
    // A lease that cannot be given back ends by itself; the fault that led here matters more.
    await source
      .query(`UPDATE migration_lease SET until = 0 WHERE id = 1 AND token = '${token}'`)
      .catch(() => undefined);
  }
}

/**
 * Runs what is missing of the one migration set, and then `alone` (making keys, first rows), while no other process
 * does. Safe when any number of processes start at once; a process that dies in the middle is succeeded after
 * `leaseMs` (60 s).
 */
export async function migrate(
  db: Db,
  alone: () => Promise<void> = async () => undefined,
  times: Partial<LeaseTimes> = {},
): Promise<void> {
  if (db.engine === 'sqlite') {
    // The lock on the data directory already keeps others out, and falls with its process.
    await db.source.runMigrations({ transaction: 'each' });
    await alone();
    return;
  }
  await underLease(db, { ...leaseTimes, ...times }, async (check) => {
    await db.source.runMigrations({ transaction: 'none' });
    await checkCollation(db.source);
    check();
    await alone();
    check();
  });
}
