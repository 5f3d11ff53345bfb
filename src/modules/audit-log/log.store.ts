import { Column, Entity, Index } from 'typeorm';
import { insertMany } from '../../kernel/db/bulk';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';

/** How far the log has come; one row, moved by compare-and-set only. */
@Entity('log_head')
export class LogHead {
  @Column(col.key(8)) id: string;
  /** Counts origins: a log that cannot go on is continued under a new one. */
  @Column(col.int()) generation: number;
  @Column(col.big()) size: number;
  /** Why nothing may be written any more; null while all is well. */
  @Column(col.text(1000, nullable)) stopped: string | null;
  @Column({ ...col.at(nullable), name: 'stopped_at' }) stoppedAt: number | null;
}

@Entity('log_position')
export class LogPosition {
  @Column({ ...col.int(), primary: true }) generation: number;
  @Column({ ...col.big(), primary: true }) position: number;
  @Index('ux_log_position_entry', { unique: true })
  @Column({ ...col.text(64), name: 'entry_id' })
  entryId: string;
}

/** Entries that have no position yet, written by the transaction that recorded them. */
@Entity('log_pending')
export class LogPending {
  @Column({ ...col.key(36), name: 'entry_id' }) entryId: string;
}

/** Public halves of the log's keys; the private ones lie in the vault under `log-key-<id>`. */
@Entity('log_key')
export class LogKey {
  @Column(col.key(36)) id: string;
  @Column(col.text(255)) origin: string;
  /** Verifier key, C2SP signed-note. */
  @Column(col.text(400)) verifier: string;
  @Column({ ...col.at(), name: 'made_at' }) madeAt: number;
  /** Signs no more from here on. */
  @Column({ ...col.at(nullable), name: 'retired_at' }) retiredAt: number | null;
}

/** What each generation of the log is called. */
@Entity('log_origin')
export class LogOrigin {
  @Column({ ...col.int(), primary: true }) generation: number;
  @Column(col.text(255)) origin: string;
  @Column({ ...col.at(), name: 'opened_at' }) openedAt: number;
}

export const logEntities = [LogHead, LogPosition, LogPending, LogKey, LogOrigin];

const HEAD = 'log';

/** The row of the head, once, and the name of the log that it is the head of. Call inside the migration lease. */
export async function ensureHead(tx: Tx, origin: string, at: number): Promise<void> {
  if (!(await tx.m.existsBy(LogHead, { id: HEAD })))
    await tx.m.insert(LogHead, { id: HEAD, generation: 0, size: 0, stopped: null, stoppedAt: null });
  const { generation } = await readHead(tx);
  if (await tx.m.existsBy(LogOrigin, { generation })) return;
  await tx.m.insert(LogOrigin, { generation, origin, openedAt: at });
}

/** Every origin the log has had, the first one first. */
export const originsOf = (on: Reads): Promise<LogOrigin[]> => on.m.find(LogOrigin, { order: { generation: 'ASC' } });

export async function readHead(on: Reads): Promise<LogHead> {
  const head = await on.m.findOneBy(LogHead, { id: HEAD });
  if (!head) throw new Error('the database has no head of the log; its migrations are incomplete');
  return head;
}

/** The name of the log that is being written. */
export async function originOfHead(on: Reads): Promise<string> {
  const { generation } = await readHead(on);
  const row = await on.m.findOneBy(LogOrigin, { generation });
  if (!row) throw new Error('the database does not say what its log is called; start the service once');
  return row.origin;
}

/** Moves the head; false when another process moved it first, or the log is stopped. */
export async function moveHead(tx: Tx, from: LogHead, size: number): Promise<boolean> {
  const { affected } = await tx.m
    .createQueryBuilder()
    .update(LogHead)
    .set({ size })
    .where('id = :id AND generation = :generation AND size = :size AND stopped IS NULL', {
      id: HEAD,
      generation: from.generation,
      size: from.size,
    })
    .execute();
  return affected === 1;
}

/**
 * Stops that origin of the log for every process; the first reason stands. With `below` only while the head is behind that
 * size: a node that lags learns at the latest at COMMIT what others have done. False when nothing was stopped.
 */
export async function stopHead(
  tx: Tx,
  generation: number,
  reason: string,
  { at, below }: { at: number; below?: number },
): Promise<boolean> {
  const query = tx.m
    .createQueryBuilder()
    .update(LogHead)
    .set({ stopped: reason.slice(0, 1000), stoppedAt: at })
    .where('id = :id AND generation = :generation AND stopped IS NULL', { id: HEAD, generation });
  if (below !== undefined) query.andWhere('size < :below', { below });
  const { affected } = await query.execute();
  return affected === 1;
}

/** The oldest entries without a position, at most so many, in the order of their ids. */
export async function pendingIds(on: Reads, most: number): Promise<string[]> {
  const rows: { entry_id: string }[] = await on.m.query('SELECT entry_id FROM log_pending ORDER BY entry_id LIMIT ?', [
    most,
  ]);
  return rows.map((r) => r.entry_id);
}

/** Keys of every origin, the oldest first. */
export const allKeys = (on: Reads): Promise<LogKey[]> => on.m.find(LogKey, { order: { madeAt: 'ASC', id: 'ASC' } });

export const addKey = async (tx: Tx, key: LogKey): Promise<void> => {
  await tx.m.insert(LogKey, key);
};

export const retireKey = async (tx: Tx, id: string, at: number): Promise<void> => {
  await tx.m.update(LogKey, { id }, { retiredAt: at });
};

/** The log's keys, the oldest first. */
export const keysOf = (on: Reads, origin: string): Promise<LogKey[]> =>
  on.m.find(LogKey, { where: { origin }, order: { madeAt: 'ASC', id: 'ASC' } });

export const addPending = async (tx: Tx, entryId: string): Promise<void> => {
  await tx.m.query('INSERT INTO log_pending (entry_id) VALUES (?)', [entryId]);
};

const AT_ONCE = 500;

/**
 * Takes placed entries from those that wait. With their ids in a list the MySQL family reads the whole small table, and
 * waits at the rows of every act that has not committed yet; from the positions on it touches these rows alone.
 */
async function takeWaiting(tx: Tx, generation: number, first: number, end: number): Promise<void> {
  const mysql = tx.m.dataSource.options.type !== 'better-sqlite3';
  const sql = mysql
    ? `DELETE w FROM log_position p STRAIGHT_JOIN log_pending w FORCE INDEX (PRIMARY) ON w.entry_id = p.entry_id
       WHERE p.generation = ? AND p.position >= ? AND p.position < ?`
    : `DELETE FROM log_pending WHERE entry_id IN
       (SELECT p.entry_id FROM log_position p WHERE p.generation = ? AND p.position >= ? AND p.position < ?)`;
  await tx.m.query(sql, [generation, first, end]);
}

/** Gives the entries their positions, from `first` on, and takes them from those that wait. */
export async function place(tx: Tx, generation: number, first: number, ids: readonly string[]): Promise<void> {
  await insertMany(
    tx,
    LogPosition,
    ids.map((entryId, i) => ({ generation, position: first + i, entryId })),
  );
  for (let at = 0; at < ids.length; at += AT_ONCE)
    await takeWaiting(tx, generation, first + at, first + Math.min(at + AT_ONCE, ids.length));
}

export interface PlacedLeaf {
  position: number;
  entryId: string;
  /** Undefined when the entry's row is gone. */
  leaf: string | undefined;
}

/** Positions from `first` to before `end`, with the leaves that their entries hold. */
export async function leavesOf(on: Reads, generation: number, first: number, end: number): Promise<PlacedLeaf[]> {
  const rows: { position: number | string; entry_id: string; leaf: string | null }[] = await on.m.query(
    `SELECT p.position, p.entry_id, e.leaf FROM log_position p LEFT JOIN audit_entry e ON e.id = p.entry_id
     WHERE p.generation = ? AND p.position >= ? AND p.position < ? ORDER BY p.position`,
    [generation, first, end],
  );
  return rows.map((r) => ({ position: Number(r.position), entryId: r.entry_id, leaf: r.leaf ?? undefined }));
}

/** Where an entry stands; undefined while it waits. */
export const positionOf = async (
  on: Reads,
  entryId: string,
): Promise<{ generation: number; position: number } | undefined> =>
  (await on.m.findOneBy(LogPosition, { entryId })) ?? undefined;

/** Whether an entry was recorded and has no position yet. */
export const isWaiting = (on: Reads, entryId: string): Promise<boolean> => on.m.existsBy(LogPending, { entryId });
