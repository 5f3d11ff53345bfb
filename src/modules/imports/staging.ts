import { createHmac } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../kernel/db/database';
import { inTransaction } from '../../kernel/db/transaction';
import { rowsInThread, TableFault, type TableRow } from '../../kernel/tables';
import type { Vault } from '../../kernel/vault/vault';
import { isUnfilled, readCell, type Value } from './columns';
import {
  countRemarks,
  earlierRows,
  heldPatch,
  insertStaged,
  type Said,
  type SheetImport,
  type SheetImportNote,
  type SheetImportRow,
  type StagedRow,
} from './imports.store';
import { MOST_AT_ONCE, Pace } from './pace';
import type { AnyTarget, Beside, ImportSetting, RowFault } from './target';

export interface StagingDeps {
  db: Db;
  vault: Vault;
  /** Rows may bear identity numbers: only keyed hashes of them are kept in the open. */
  hashKey: Uint8Array;
}

/** What was left to do before the work was stopped from outside. */
export type Stopped = () => boolean;

const shortHash = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex').slice(0, 32);

/** Seals one row's JSON; the label ties it to its place. */
export const sealBody = (vault: Vault, importId: string, rowNo: number, json: string): string =>
  vault.seal('import-row', `${importId}/${rowNo}`, Buffer.from(json, 'utf8'));

export const openBody = (vault: Vault, row: StagedRow, personal: boolean): object =>
  JSON.parse(
    personal ? vault.open('import-row', `${row.importId}/${row.rowNo}`, row.body).toString('utf8') : row.body,
  ) as object;

interface Sound {
  rowNo: number;
  row: object;
  keyHash: string;
  contentHash: string;
}

/** What is said of a row that speaks of the same thing as an earlier one and says something else. */
export const sameThing = (target: AnyTarget, earlier: number): Said[] =>
  wholeRow(`与第 ${earlier} 行说的是同一${target.title}，内容却不同；请只保留一行。`);

/** The same, where which row it is was found only while they were registered. */
export const meetsEarlier = (target: AnyTarget): Said[] =>
  wholeRow(`与表中前面的行说的是同一${target.title}，或与其冲突，不能都登记；请只保留一行。`);

/** Where on the sheet the fault lies. */
export const saidOf = (
  target: AnyTarget,
  places: Readonly<Record<string, number>>,
  faults: readonly RowFault[],
): Said[] =>
  faults
    .map(({ key, reason }) => ({
      place: key === null ? null : (places[key] ?? null),
      title: target.columns.find((c) => c.key === key)?.title ?? null,
      reason,
    }))
    .sort((a, b) => (a.place ?? -1) - (b.place ?? -1));

export const noteOf = (
  importId: string,
  rowNo: number,
  verdict: SheetImportNote['verdict'],
  said: Said[],
): SheetImportNote => ({
  importId,
  rowNo,
  verdict,
  said,
});

const wholeRow = (reason: string): Said[] => [{ place: null, title: null, reason }];

/** Reads and judges every row of the file from where the last try stopped, and stages what is sound. */
export class Staging {
  private readonly pace: Pace;
  private counts: Pick<SheetImport, 'readTo' | 'good' | 'faulty' | 'repeated' | 'blank' | 'hidden' | 'width'>;

  constructor(
    private readonly deps: StagingDeps,
    private readonly target: AnyTarget,
    private readonly row: SheetImport,
    private readonly setting: ImportSetting,
  ) {
    this.pace = new Pace(deps.db.sources.clock, MOST_AT_ONCE);
    const { readTo, good, faulty, repeated, blank, hidden, width } = row;
    this.counts = { readTo, good, faulty, repeated, blank, hidden, width };
  }

  /** Returns whether the end was reached. */
  async run(file: string, stopped: Stopped): Promise<boolean> {
    const from = Math.max(this.row.header.row, this.row.readTo) + 1;
    try {
      for await (const batch of rowsInThread(file, this.row.form, from)) {
        for (let at = 0; at < batch.length;) {
          if (stopped()) return false;
          const part = batch.slice(at, at + this.pace.rows);
          await this.take(part);
          at += part.length;
          await breathe();
        }
      }
    } catch (error) {
      if (!(error instanceof TableFault)) throw error;
      const where = error.row === undefined ? '' : `第 ${error.row} 行：`;
      await this.end({ state: 'unreadable', stopped: `${where}${error.detail}`.slice(0, 500), sameAs: null });
      return true;
    }
    await this.end({ state: 'checked', notes: await this.closingNotes() });
    return true;
  }

  private async closingNotes(): Promise<string[]> {
    const count = await countRemarks(this.deps.db, this.row.id);
    if (count === 0) return this.row.notes;
    const where = '见取回的表的“校验结果”列，或按 verdict=remarked 查询逐行结果';
    return [...this.row.notes, `有 ${count} 行通过但有提示，${where}。`];
  }

  private end(patch: Parameters<typeof heldPatch>[2]): Promise<void> {
    const { db } = this.deps;
    const { id, token } = this.row;
    return inTransaction(db, (tx) =>
      heldPatch(tx, { id, token, now: db.sources.clock.now() }, { ...patch, leaseUntil: 0 }),
    );
  }

  private judge(row: TableRow): { sound: Sound } | { faults: Said[] } | 'blank' {
    const { columns } = this.target;
    const { places } = this.row.header;
    const at = (key: string) => (places[key] === undefined ? undefined : row.cells[places[key]]);
    if (columns.every(({ key }) => isUnfilled(at(key)))) return 'blank';
    const values: Record<string, Value> = {};
    const faults: RowFault[] = [];
    for (const column of columns) {
      const read = readCell(column, at(column.key), this.row.form);
      if ('fault' in read) faults.push({ key: column.key, reason: read.fault });
      else values[column.key] = read.value;
    }
    if (faults.length > 0) return { faults: saidOf(this.target, places, faults) };
    const judged = this.target.judge(values, this.setting);
    if ('faults' in judged) return { faults: saidOf(this.target, places, judged.faults) };
    const keyHash = shortHash(this.deps.hashKey, `${this.row.id}\u0000${this.target.keyOf(judged.row)}`);
    const contentHash = shortHash(this.deps.hashKey, `${this.row.id}\u0000${JSON.stringify(judged.row)}`);
    return { sound: { rowNo: row.row, row: judged.row, keyHash, contentHash } };
  }

  private async take(batch: readonly TableRow[]): Promise<void> {
    const counts = { ...this.counts };
    const notes: SheetImportNote[] = [];
    const sound: Sound[] = [];
    for (const row of batch) {
      counts.blank += row.row - Math.max(counts.readTo, this.row.header.row) - 1;
      counts.readTo = row.row;
      counts.width = Math.max(counts.width, row.cells.length);
      if (row.hidden) counts.hidden += 1;
      const judged = this.judge(row);
      if (judged === 'blank') counts.blank += 1;
      else if ('sound' in judged) sound.push(judged.sound);
      else notes.push(noteOf(this.row.id, row.row, 'faulty', judged.faults));
    }
    const good = await this.sift(sound, notes);
    counts.good += good.length;
    counts.faulty += notes.filter((n) => n.verdict === 'faulty').length;
    counts.repeated += notes.filter((n) => n.verdict === 'repeated').length;
    await this.store(good, notes, counts);
    this.counts = counts;
  }

  /** Under the key by which the register knows what the row speaks of, where it knows it. */
  private async identified(judged: readonly Sound[]): Promise<Sound[]> {
    const { db, hashKey } = this.deps;
    const rows = judged.map((s) => s.row);
    const known = (await this.target.identify?.(db, rows)) ?? [];
    return judged.map((one, i) => {
      const key = known[i];
      return key === undefined ? one : { ...one, keyHash: shortHash(hashKey, `${this.row.id}\u0000known\u0000${key}`) };
    });
  }

  /** Beside earlier rows of the file and beside the register: what is new stays. */
  private async sift(judged: readonly Sound[], notes: SheetImportNote[]): Promise<Sound[]> {
    const { db } = this.deps;
    const sound = await this.identified(judged);
    const { id, header } = this.row;
    const seen = new Map<string, { rowNo: number; contentHash: string }>(
      await earlierRows(
        db,
        sound.map((s) => s.keyHash),
      ),
    );
    const first: Sound[] = [];
    for (const one of sound) {
      const earlier = seen.get(one.keyHash);
      if (!earlier) {
        seen.set(one.keyHash, one);
        first.push(one);
      } else if (earlier.contentHash === one.contentHash) {
        notes.push(noteOf(id, one.rowNo, 'repeated', wholeRow(`与第 ${earlier.rowNo} 行相同，只登记一次。`)));
      } else {
        notes.push(noteOf(id, one.rowNo, 'faulty', sameThing(this.target, earlier.rowNo)));
      }
    }
    const besides = await this.target.compare(
      db,
      first.map((s) => s.row),
      this.setting,
    );
    return first.filter((one, i) => {
      const beside = besides[i]!;
      const note = besideNote(this.target, header.places, id, one.rowNo, beside);
      if (note) notes.push(note);
      if (typeof beside === 'object' && 'remark' in beside)
        notes.push(noteOf(id, one.rowNo, 'remarked', wholeRow(beside.remark)));
      return note === undefined;
    });
  }

  private async store(good: readonly Sound[], notes: SheetImportNote[], counts: typeof this.counts): Promise<void> {
    const { db, vault } = this.deps;
    const { id, token } = this.row;
    const rows = good.map(({ rowNo, row, keyHash, contentHash }): SheetImportRow => {
      const json = JSON.stringify(row);
      const body = this.target.personal ? sealBody(vault, id, rowNo, json) : json;
      return { importId: id, rowNo, keyHash, contentHash, body };
    });
    notes.sort((a, b) => a.rowNo - b.rowNo);
    await inTransaction(db, (tx) =>
      this.pace.measure(async () => {
        await heldPatch(tx, { id, token, now: db.sources.clock.now() }, { ...counts, tries: 0 });
        await insertStaged(tx, rows, notes);
      }),
    );
  }
}

/** What is to be said of a row that is not new; undefined for one that is. */
export function besideNote(
  target: AnyTarget,
  places: Readonly<Record<string, number>>,
  importId: string,
  rowNo: number,
  beside: Beside,
): SheetImportNote | undefined {
  if (beside === 'new') return undefined;
  if (beside === 'same') return noteOf(importId, rowNo, 'repeated', wholeRow('已登记，内容相同，不重复登记。'));
  if ('remark' in beside) return undefined;
  return noteOf(importId, rowNo, 'faulty', saidOf(target, places, beside));
}
