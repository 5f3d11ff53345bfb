import { In, IsNull, LessThan } from 'typeorm';
import { inBatches } from '../../kernel/db/batches';
import type { Db } from '../../kernel/db/database';
import { faultOf } from '../../kernel/db/errors';
import { postNames, withdrawNames } from '../../kernel/db/name-index';
import { LATEST } from '../../kernel/db/moment';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import { Mine, MineImport, minePlace, mineTexts, MineVersion, visibleMine } from './mines.store';

const LEASE_MS = 60_000;

/** The right to stage one file; every write under it fails once another process has taken it over. */
export interface Staging {
  importId: string;
  token: string;
}

const inProgress = (leaseUntil: number, now: number): Problem =>
  new Problem('mine.import-in-progress', { retryAfter: Math.max(1, Math.ceil((leaseUntil - now) / 1000)) });

/**
 * Claims the file by its hash. Answers with the finished import if there is one, takes over from a process whose lease
 * ran out, and throws `mine.import-in-progress` while another one is at work.
 */
export async function claimFile(
  db: Db,
  file: { sha256: string; name: string },
): Promise<{ finished: MineImport } | Staging> {
  const { clock, ids } = db.sources;
  const token = ids.timed();
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const lease = { token, leaseUntil: now + LEASE_MS };
    const present = await tx.m.findOneBy(MineImport, { fileSha256: file.sha256 });
    if (present && present.visibleAt !== null) return { finished: present };
    if (present) {
      if (present.leaseUntil > now) throw inProgress(present.leaseUntil, now);
      const taken = await tx.m.update(MineImport, { id: present.id, token: present.token }, lease);
      if (taken.affected !== 1) throw inProgress(now + LEASE_MS, now);
      return { importId: present.id, token };
    }
    const id = ids.timed();
    const counts = { read: 0, added: 0, skipped: 0, blank: 0 };
    try {
      await tx.m.insert(MineImport, {
        id,
        fileSha256: file.sha256,
        fileName: file.name,
        visibleAt: null,
        ...lease,
        ...counts,
      });
    } catch (error) {
      if (faultOf(error) === 'duplicate') throw inProgress(now + LEASE_MS, now);
      throw error;
    }
    return { importId: id, token };
  });
}

/** Renews the lease; throws when it went to somebody else. The row stays held until the transaction ends. */
export async function holdStaging(tx: Tx, { importId, token }: Staging, now: number): Promise<void> {
  const where = { id: importId, token, visibleAt: IsNull() };
  const { affected } = await tx.m.update(MineImport, where, { leaseUntil: now + LEASE_MS });
  if (affected !== 1) throw inProgress(now + LEASE_MS, now);
}

/** Writes rows that nobody sees yet. */
export const stageMines = (
  db: Db,
  staging: Staging,
  rows: readonly { mine: Mine; version: MineVersion }[],
): Promise<void> =>
  inBatches(db, rows, async (tx, part) => {
    await holdStaging(tx, staging, db.sources.clock.now());
    await tx.m.insert(
      Mine,
      part.map((r) => r.mine),
    );
    await tx.m.insert(
      MineVersion,
      part.map((r) => r.version),
    );
    await postNames(
      tx,
      part.map(({ mine, version }) => ({ ...minePlace(mine.id), texts: mineTexts([version]) })),
    );
  });

/**
 * Has a mine that one may see the name or licence of a staged one? Asked under the turn of the register, just before
 * the switch, since others may have registered mines while the file was read.
 */
export async function isOvertaken(tx: Tx, importId: string): Promise<boolean> {
  const [visible, parameters] = visibleMine('m', LATEST);
  const seen = (like: string): string => `EXISTS (SELECT 1 FROM mine_version v JOIN mine m ON m.id = v.mine_id
    WHERE v.superseded_at IS NULL AND ${visible} AND ${like})`;
  return tx.m
    .createQueryBuilder(MineVersion, 's')
    .innerJoin(Mine, 'sm', 'sm.id = s.mineId AND sm.importId = :importId', { importId })
    .where(
      `(${seen('v.licence_number = s.licence_number')} OR EXISTS (SELECT 1 FROM mine_licence l
        WHERE l.number = s.licence_number AND l.superseded_at IS NULL) OR ${seen(
          `v.name_key = s.name_key AND v.province_code = s.province_code
         AND (v.licence_number IS NULL OR s.licence_number IS NULL)`,
        )})`,
      parameters,
    )
    .getExists();
}

const DROPPED_AT_ONCE = 200;

/** Removes what was staged; the import itself too, unless it is to be staged anew. */
export async function dropStaged(db: Db, staging: Staging, keepImport: boolean): Promise<void> {
  for (let more = true; more;) {
    more = await inTransaction(db, async (tx) => {
      await holdStaging(tx, staging, db.sources.clock.now());
      const where = { importId: staging.importId };
      const rows = await tx.m.find(Mine, { where, select: { id: true }, take: DROPPED_AT_ONCE });
      const ids = rows.map((r) => r.id);
      if (ids.length > 0) {
        for (const version of await tx.m.findBy(MineVersion, { mineId: In(ids) }))
          await withdrawNames(tx, minePlace(version.mineId), mineTexts([version]));
        await tx.m.delete(MineVersion, { mineId: In(ids) });
        await tx.m.delete(Mine, { id: In(ids) });
      }
      if (ids.length < DROPPED_AT_ONCE && !keepImport) await tx.m.delete(MineImport, { id: staging.importId });
      return ids.length === DROPPED_AT_ONCE;
    });
  }
}

/** Takes over every import whose process died, and removes it; returns how many. */
export async function dropAbandoned(db: Db): Promise<number> {
  const { clock, ids } = db.sources;
  const where = { visibleAt: IsNull(), leaseUntil: LessThan(clock.now()) };
  let dropped = 0;
  for (const row of await db.m.findBy(MineImport, where)) {
    const token = ids.timed();
    const taken = await inTransaction(db, (tx) =>
      tx.m.update(MineImport, { id: row.id, token: row.token }, { token, leaseUntil: clock.now() + LEASE_MS }),
    );
    if (taken.affected !== 1) continue;
    await dropStaged(db, { importId: row.id, token }, false);
    dropped += 1;
  }
  return dropped;
}
