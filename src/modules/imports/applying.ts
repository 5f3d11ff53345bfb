import { setImmediate as breathe } from 'node:timers/promises';
import type { Call } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { createGuards } from '../../kernel/db/guards';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import {
  countRows,
  dropNotes,
  dropRows,
  dropRowsUpTo,
  heldPatch,
  insertStaged,
  nextRows,
  rowsAfter,
  type SheetImport,
  type SheetImportNote,
  type SheetImportRow,
} from './imports.store';
import { Pace } from './pace';
import { addLeaves, rootOf } from './root';
import { besideNote, noteOf, openBody, sameThing, type Stopped } from './staging';
import type { AnyTarget, ImportSetting } from './target';

export interface ApplyingDeps {
  db: Db;
  vault: Vault;
  audit: Audit;
}

/** Somebody registered some of the rows in the meantime; nothing of this import has been registered. */
class Overtaken extends Error {
  constructor(
    readonly rows: readonly number[],
    readonly notes: SheetImportNote[],
  ) {
    super('rows were overtaken');
  }
}

const MOST_TRIES = 5;
const LOOKED_AT_ONCE = 500;

/**
 * Registers the staged rows, a transaction for each few: a row is registered and its staged form removed in the same
 * one, so that after any stop the work goes on with the rows that are left.
 */
export class Applying {
  private readonly guards = createGuards();
  private readonly pace: Pace;
  private readonly call: Call;
  private state: Pick<SheetImport, 'good' | 'faulty' | 'repeated' | 'applied' | 'appliedTo' | 'root'>;

  constructor(
    private readonly deps: ApplyingDeps,
    private readonly target: AnyTarget,
    private readonly row: SheetImport,
    private readonly setting: ImportSetting,
  ) {
    this.pace = new Pace(deps.db.sources.clock, target.atOnce ?? 500);
    this.call = { actor: row.actor, requestId: row.requestId };
    const { good, faulty, repeated, applied, appliedTo, root } = row;
    this.state = { good, faulty, repeated, applied, appliedTo, root };
  }

  /** Returns whether the end was reached. */
  async run(stopped: Stopped): Promise<boolean> {
    const { db } = this.deps;
    try {
      const whole = await this.wholeSize();
      for (;;) {
        if (stopped()) return false;
        const rows = await nextRows(db, this.row.id, whole ?? this.pace.rows);
        const last = rows.length < (whole ?? this.pace.rows) || rows.length === whole;
        await this.attempt(rows, last, whole !== undefined);
        if (last) return true;
        await breathe();
      }
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      await this.giveBack(error);
      return true;
    }
  }

  /**
   * All or nothing, and not begun: the rows' number when one transaction holds them all. Larger ones are looked through
   * once more beforehand, so that what others did since the check is found before the first row is written.
   */
  private async wholeSize(): Promise<number | undefined> {
    const { db } = this.deps;
    if (this.row.mode !== 'all-or-nothing' || this.row.applied > 0) return undefined;
    const count = await countRows(db, this.row.id);
    if (count <= (this.target.atOnce ?? 500)) return count;
    const rows: number[] = [];
    const notes: SheetImportNote[] = [];
    const seen = new Map<string, number>();
    for (let after = 0; ;) {
      const part = await rowsAfter(db, this.row.id, after, LOOKED_AT_ONCE);
      if (part.length === 0) break;
      after = part.at(-1)!.rowNo;
      const found = [...(await this.compare(db, part)).notes, ...(await this.foundSame(part, seen))];
      for (const note of found.filter((n) => !rows.includes(n.rowNo))) {
        rows.push(note.rowNo);
        notes.push(note);
      }
      // Enough to say so; the next look finds the others.
      if (notes.length >= LOOKED_AT_ONCE) break;
      await breathe();
    }
    if (notes.length > 0) throw new Overtaken(rows, notes);
    return undefined;
  }

  /** Rows of which the register has learnt since the check that they speak of the same thing as an earlier one. */
  private async foundSame(rows: readonly SheetImportRow[], seen: Map<string, number>): Promise<SheetImportNote[]> {
    if (!this.target.identify) return [];
    const { db, vault } = this.deps;
    const bodies = rows.map((r) => openBody(vault, r, this.target.personal));
    const keys = await this.target.identify(db, bodies);
    return rows.flatMap(({ importId, rowNo }, i) => {
      const key = keys[i];
      const earlier = key === undefined ? undefined : seen.get(key);
      if (key !== undefined && earlier === undefined) seen.set(key, rowNo);
      return earlier === undefined ? [] : [noteOf(importId, rowNo, 'faulty', sameThing(this.target, earlier))];
    });
  }

  private async compare(on: Pick<Db, 'm'>, rows: readonly SheetImportRow[]) {
    const bodies = rows.map((r) => openBody(this.deps.vault, r, this.target.personal));
    const besides = await this.target.compare(on, bodies, this.setting);
    const notes: SheetImportNote[] = [];
    const fresh = bodies.filter((_, i) => {
      const { importId, rowNo } = rows[i]!;
      const note = besideNote(this.target, this.row.header.places, importId, rowNo, besides[i]!);
      if (note) notes.push(note);
      return note === undefined;
    });
    return { fresh, notes };
  }

  /** A row that somebody registered between the look and the write makes the database refuse: look again. */
  private async attempt(rows: readonly SheetImportRow[], last: boolean, whole: boolean): Promise<void> {
    for (let n = 1; ; n += 1) {
      try {
        return await this.write(rows, last, whole);
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'request.conflict') || n >= MOST_TRIES) throw error;
      }
    }
  }

  private async write(rows: readonly SheetImportRow[], last: boolean, whole: boolean): Promise<void> {
    const { db, vault } = this.deps;
    const bodies = rows.map((r) => openBody(vault, r, this.target.personal));
    let subjects: Awaited<ReturnType<NonNullable<AnyTarget['guards']>>> = [];
    const find = async (): Promise<void> => {
      subjects = (await this.target.guards?.(db, bodies, this.setting)) ?? [];
    };
    this.state = await inTransaction(
      db,
      (tx) =>
        this.pace.measure(async () => {
          await this.guards.take(tx, subjects);
          const { fresh, notes } = await this.compare(tx, rows);
          if (whole && notes.length > 0)
            throw new Overtaken(
              notes.map((n) => n.rowNo),
              notes,
            );
          const registered = await this.target.write(tx, this.call, fresh, this.setting);
          const faulty = notes.filter((n) => n.verdict === 'faulty').length;
          const state = {
            good: this.state.good - notes.length,
            faulty: this.state.faulty + faulty,
            repeated: this.state.repeated + notes.length - faulty,
            applied: this.state.applied + registered.length,
            appliedTo: rows.at(-1)?.rowNo ?? this.state.appliedTo,
            root: addLeaves(this.state.root, registered),
          };
          await replaceNotes(tx, this.row.id, notes);
          if (rows.length > 0) await dropRowsUpTo(tx, this.row.id, rows.at(-1)!.rowNo);
          await this.hold(tx, last ? { ...state, state: 'finished', leaseUntil: 0 } : state);
          if (last) await this.recordEnd(tx, state);
          return state;
        }),
      find,
    );
  }

  private hold(tx: Tx, patch: Parameters<typeof heldPatch>[2]): Promise<void> {
    const { id, token } = this.row;
    return heldPatch(tx, { id, token, now: this.deps.db.sources.clock.now() }, patch);
  }

  private async recordEnd(tx: Tx, state: typeof this.state): Promise<void> {
    const { id, kind, fileSha256, mode, blank, paper, institutionId } = this.row;
    const { good, faulty, repeated, applied, root } = state;
    const read = good + faulty + repeated + blank;
    const counts = { read, good, faulty, repeated, blank, applied };
    const payload = {
      importId: id,
      kind,
      institutionId,
      fileSha256,
      mode,
      paper,
      ...counts,
      recordsRoot: rootOf(root),
    };
    await this.deps.audit.append(tx, this.call, { type: 'import.finished', payload });
  }

  private async giveBack({ notes, rows }: Overtaken): Promise<void> {
    const { db, audit } = this.deps;
    const faulty = notes.filter((n) => n.verdict === 'faulty').length;
    await inTransaction(db, async (tx) => {
      await removeRows(tx, this.row.id, rows);
      await replaceNotes(tx, this.row.id, notes);
      await this.hold(tx, {
        state: 'checked',
        mode: null,
        good: this.state.good - notes.length,
        faulty: this.state.faulty + faulty,
        repeated: this.state.repeated + notes.length - faulty,
        stopped: '检查以后，其他人登记了表中的部分内容；未登记任何一行，请查看逐行结果后重新选择。',
        leaseUntil: 0,
      });
      const payload = { importId: this.row.id, overtaken: notes.length };
      await audit.append(tx, this.call, { type: 'import.returned', payload });
    });
  }
}

/** A row that is no longer good loses what was remarked of it. */
async function replaceNotes(tx: Tx, importId: string, notes: readonly SheetImportNote[]): Promise<void> {
  await dropNotes(
    tx,
    importId,
    notes.map((n) => n.rowNo),
  );
  await insertStaged(tx, [], notes);
}

const removeRows = async (tx: Tx, importId: string, rows: readonly number[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500) await dropRows(tx, importId, rows.slice(at, at + 500));
};
