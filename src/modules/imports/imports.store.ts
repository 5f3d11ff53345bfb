import { Between, Column, Entity, In, Index, LessThan, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { insertMany } from '../../kernel/db/bulk';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import { faultOf } from '../../kernel/db/errors';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import type { Actor } from '../../kernel/call';
import type { TableForm } from '../../kernel/tables';
import type { Header } from './header';
import type { ImportKind, ImportMode } from './imports.contract';
import type { ImportState } from './imports.states';
import type { RootState } from './root';

@Entity('sheet_import')
@Index('ux_sheet_import_same', ['sameAs'], { unique: true })
@Index('ix_sheet_import_state', ['state', 'leaseUntil'])
@Index('ix_sheet_import_scope', ['scope', 'id'])
export class SheetImport {
  @Column(col.key(36)) id: string;
  @Column(col.text(20)) kind: ImportKind;
  /** Who may see it: an institution's id, or that of the authority whose offices do. */
  @Column(col.text(36)) scope: string;
  @Column({ ...col.text(36, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column(col.json()) actor: Actor;
  @Column({ ...col.text(36), name: 'request_id' }) requestId: string;
  @Column({ ...col.text(200), name: 'file_name' }) fileName: string;
  @Column({ ...col.text(64), name: 'file_sha256' }) fileSha256: string;
  /** What makes two uploads the same; given up when the import ends without effect. */
  @Column({ ...col.text(64, nullable), name: 'same_as' }) sameAs: string | null;
  @Column(col.json()) form: TableForm;
  @Column(col.json()) header: Header;
  @Column(col.json()) notes: string[];
  @Column({ ...col.day(), name: 'from_day' }) from: string;
  @Column(col.text(200)) paper: string;
  @Column(col.text(12)) state: ImportState;
  @Column(col.text(16, nullable)) mode: ImportMode | null;
  /** The row up to which the file has been read, or the rows registered. */
  @Column({ ...col.int(), name: 'read_to' }) readTo: number;
  @Column({ ...col.int(), name: 'applied_to' }) appliedTo: number;
  @Column({ ...col.int(), name: 'good_count' }) good: number;
  @Column({ ...col.int(), name: 'faulty_count' }) faulty: number;
  @Column({ ...col.int(), name: 'repeated_count' }) repeated: number;
  @Column({ ...col.int(), name: 'blank_count' }) blank: number;
  @Column({ ...col.int(), name: 'applied_count' }) applied: number;
  @Column({ ...col.int(), name: 'hidden_count' }) hidden: number;
  /** Columns of the widest row: the marked column comes behind it. */
  @Column(col.int()) width: number;
  @Column(col.json()) root: RootState;
  @Column(col.text(500, nullable)) stopped: string | null;
  /** Who is at work on it now; another may take over once the lease has run out. */
  @Column(col.text(36)) token: string;
  @Column({ ...col.at(), name: 'lease_until' }) leaseUntil: number;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
  @Column({ ...col.at(), name: 'moved_at' }) movedAt: number;
  @Column({ ...col.flag(), name: 'has_file' }) hasFile: boolean;
  /** How often the work was begun since it last came on; null before there was a count. */
  @Column(col.int(nullable)) tries: number | null;
}

/** A sound row that waits to be registered; gone once it is. */
@Entity('sheet_import_row', { withoutRowid: true })
@Index('ix_sheet_import_row_key', ['keyHash'])
export class SheetImportRow {
  @Column({ ...col.key(36), name: 'import_id' }) importId: string;
  @Column({ ...col.int({ primary: true }), name: 'row_no' }) rowNo: number;
  /** Over the import's id too, so that the index needs no other column: with it, SQLite would scan the import. */
  @Column({ ...col.text(32), name: 'key_hash' }) keyHash: string;
  @Column({ ...col.text(32), name: 'content_hash' }) contentHash: string;
  /** The judged row as JSON; sealed where it bears identity numbers. */
  @Column(col.long()) body: string;
}

/** What is said of a row: its faults, what it repeats, or what a good one lacks (`remarked`). */
@Entity('sheet_import_note', { withoutRowid: true })
export class SheetImportNote {
  @Column({ ...col.key(36), name: 'import_id' }) importId: string;
  @Column({ ...col.int({ primary: true }), name: 'row_no' }) rowNo: number;
  @Column(col.text(10)) verdict: 'faulty' | 'repeated' | 'remarked';
  @Column(col.json()) said: Said[];
}

/** Place from 0 of the column; null for the row as a whole. */
export interface Said {
  place: number | null;
  title: string | null;
  reason: string;
}

export const sheetImportEntities = [SheetImport, SheetImportRow, SheetImportNote];

export const LEASE_MS = 20_000;

export const findImport = async (on: Reads, id: string): Promise<SheetImport | undefined> =>
  (await on.m.findOneBy(SheetImport, { id })) ?? undefined;

export const findSame = async (on: Reads, sameAs: string): Promise<SheetImport | undefined> =>
  (await on.m.findOneBy(SheetImport, { sameAs })) ?? undefined;

/** Those of the ids that are imports. */
export const amongImports = async (on: Reads, ids: readonly string[]): Promise<Set<string>> =>
  new Set((await on.m.find(SheetImport, { where: { id: In([...ids]) }, select: { id: true } })).map((r) => r.id));

export const insertImport = (tx: Tx, row: SheetImport): Promise<void> => insertMany(tx, SheetImport, [row]);

/** Somebody else has it now. */
export class LeaseLost extends Error {}

type Patch = QueryDeepPartialEntity<SheetImport>;

/** Changes the import of which one holds the lease, and renews that; throws LeaseLost. */
export async function heldPatch(tx: Tx, at: { id: string; token: string; now: number }, patch: Patch): Promise<void> {
  const where = { id: at.id, token: at.token };
  const { affected } = await tx.m.update(SheetImport, where, {
    leaseUntil: at.now + LEASE_MS,
    movedAt: at.now,
    ...patch,
  });
  if (affected !== 1) throw new LeaseLost();
}

/** Changes the import if it is still in this state; false if it is not. */
export async function moveImport(tx: Tx, where: FindOptionsWhere<SheetImport>, patch: Patch): Promise<boolean> {
  const { affected } = await tx.m.update(SheetImport, where, patch);
  return affected === 1;
}

/** Takes the lease when nobody holds it; the import as it then is. */
export async function claimImport(db: Db, id: string): Promise<SheetImport | undefined> {
  const token = db.sources.ids.timed();
  const now = db.sources.clock.now();
  const where = { id, state: In(['reading', 'applying']), leaseUntil: LessThan(now) };
  try {
    const taken = await inTransaction(db, (tx) =>
      moveImport(tx, where, { token, leaseUntil: now + LEASE_MS, tries: () => 'COALESCE(tries, 0) + 1' }),
    );
    return taken ? ((await db.m.findOneBy(SheetImport, { id, token })) ?? undefined) : undefined;
  } catch (error) {
    if (faultOf(error) === 'retry') return undefined;
    throw error;
  }
}

/** Imports whose work nobody does at present. */
export const orphans = (on: Reads, now: number): Promise<{ id: string }[]> =>
  on.m.find(SheetImport, {
    where: { state: In(['reading', 'applying']), leaseUntil: LessThan(now) },
    select: { id: true },
    take: 20,
    order: { id: 'ASC' },
  });

/** Imports that still have something to clear away. */
export const leftovers = (on: Reads, bounds: { endedBefore: number; idleBefore: number }): Promise<SheetImport[]> =>
  on.m.find(SheetImport, {
    where: [
      { hasFile: true, state: In(['finished', 'cancelled', 'dropped']), movedAt: LessThan(bounds.endedBefore) },
      { state: In(['reading', 'checked', 'unreadable']), movedAt: LessThan(bounds.idleBefore) },
    ],
    take: 50,
    order: { id: 'ASC' },
  });

/** Sound rows that came earlier and speak of the same things, by key. */
export async function earlierRows(
  on: Reads,
  keys: readonly string[],
): Promise<Map<string, Pick<SheetImportRow, 'rowNo' | 'contentHash'>>> {
  if (keys.length === 0) return new Map();
  const rows = await on.m.find(SheetImportRow, {
    where: { keyHash: In([...keys]) },
    select: { rowNo: true, keyHash: true, contentHash: true },
  });
  return new Map(rows.map((r) => [r.keyHash, r]));
}

/** A staged row as it waits to be registered. */
export type StagedRow = Pick<SheetImportRow, 'importId' | 'rowNo' | 'body'>;

/** Plain rows: making entities of thousands of them costs as much as reading their bodies. */
export async function rowsAfter(on: Reads, importId: string, rowNo: number, take: number): Promise<StagedRow[]> {
  const sql = 'SELECT row_no, body FROM sheet_import_row WHERE import_id = ? AND row_no > ? ORDER BY row_no LIMIT ?';
  const rows = await on.m.query<{ row_no: number; body: string }[]>(sql, [importId, rowNo, take]);
  return rows.map((r) => ({ importId, rowNo: r.row_no, body: r.body }));
}

export const dropRows = async (tx: Tx, importId: string, rows: readonly number[]): Promise<void> => {
  if (rows.length > 0) await tx.m.delete(SheetImportRow, { importId, rowNo: In([...rows]) });
};

/** Of a stretch only: within one long transaction, rows dropped before are still walked over. */
export const dropRowsBetween = async (tx: Tx, importId: string, first: number, last: number): Promise<void> => {
  await tx.m.delete(SheetImportRow, { importId, rowNo: Between(first, last) });
};

export const dropRowsUpTo = async (tx: Tx, importId: string, rowNo: number): Promise<void> => {
  await tx.m.delete(SheetImportRow, { importId, rowNo: LessThan(rowNo + 1) });
};

export const insertStaged = async (
  tx: Tx,
  rows: readonly SheetImportRow[],
  notes: readonly SheetImportNote[],
): Promise<void> => {
  await insertMany(tx, SheetImportRow, rows);
  await insertMany(tx, SheetImportNote, notes);
};

/** Notes after a row, for the marked sheet. */
export const notesAfter = (on: Reads, importId: string, rowNo: number, take: number): Promise<SheetImportNote[]> =>
  on.m.find(SheetImportNote, { where: { importId, rowNo: MoreThan(rowNo) }, order: { rowNo: 'ASC' }, take });

export const countRemarks = (on: Reads, importId: string): Promise<number> =>
  on.m.countBy(SheetImportNote, { importId, verdict: 'remarked' });

/** What was remarked of rows that are no longer good. */
export const dropNotes = async (tx: Tx, importId: string, rows: readonly number[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500)
    await tx.m.delete(SheetImportNote, { importId, rowNo: In(rows.slice(at, at + 500)) });
};

/** Numbers of the sound rows after a row that still wait. */
export async function rowNumbersAfter(on: Reads, importId: string, rowNo: number, take: number): Promise<number[]> {
  const where = { importId, rowNo: MoreThan(rowNo) };
  return (await on.m.find(SheetImportRow, { where, select: { rowNo: true }, order: { rowNo: 'ASC' }, take })).map(
    (r) => r.rowNo,
  );
}

const DROPPED_AT_ONCE = 300;

/** Removes staged rows, a few at a time so that others may write between. */
export async function dropStaged(db: Db, importId: string): Promise<void> {
  for (;;) {
    const rows = await rowNumbersAfter(db, importId, 0, DROPPED_AT_ONCE);
    if (rows.length === 0) return;
    await inTransaction(db, (tx) => dropRowsUpTo(tx, importId, rows.at(-1)!));
  }
}
