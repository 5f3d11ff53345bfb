import { setImmediate as breathe } from 'node:timers/promises';
import type { Call } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { createGuards, subjectKey, type Subject } from '../../kernel/db/guards';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import {
  dropNotes,
  dropRows,
  dropRowsBetween,
  heldPatch,
  insertStaged,
  rowsAfter,
  type SheetImport,
  type SheetImportNote,
  type StagedRow,
} from './imports.store';
import { MOST_AT_ONCE, Pace } from './pace';
import { addLeaves, rootOf } from './root';
import { besideNote, meetsEarlier, noteOf, openBody, type Stopped } from './staging';
import type { AnyTarget, ImportSetting } from './target';

export interface ApplyingDeps {
  db: Db;
  vault: Vault;
  audit: Audit;
}

/**
 * Some rows are no longer new: somebody registered them in the meantime, or an earlier row of the same sheet meets them.
 * Nothing of this import has been registered.
 */
class Overtaken extends Error {
  constructor(readonly rows: readonly number[]) {
    super('rows were overtaken');
  }
}

/** Stopped from outside in the middle of the one transaction: nothing has been registered, it begins anew. */
class BrokenOff extends Error {}

type State = Pick<SheetImport, 'good' | 'faulty' | 'repeated' | 'applied' | 'appliedTo' | 'root'>;

const MOST_TRIES = 5;
const LOOKED_AT_ONCE = 500;

const OVERTAKEN =
  '检查以后，其他人登记了表中的部分内容，或发现表中的行互相冲突；未登记任何一行，请查看逐行结果后重新选择。';

/**
 * Registers the staged rows. Good rows: a transaction for each few, in which a row is registered and its staged form
 * removed, so that after any stop the work goes on with the rows that are left. All or nothing: one transaction for all
 * of them, of whatever size; after a stop nothing is registered and it begins anew.
 */
export class Applying {
  private readonly guards = createGuards();
  private readonly pace: Pace;
  private readonly call: Call;
  private state: State;

  constructor(
    private readonly deps: ApplyingDeps,
    private readonly target: AnyTarget,
    private readonly row: SheetImport,
    private readonly setting: ImportSetting,
    /** Told the row up to which the running transaction has come. */
    private readonly reached: (rowNo: number) => void,
  ) {
    this.pace = new Pace(deps.db.sources.clock, target.atOnce ?? MOST_AT_ONCE);
    this.call = { actor: row.actor, requestId: row.requestId };
    const { good, faulty, repeated, applied, appliedTo, root } = row;
    this.state = { good, faulty, repeated, applied, appliedTo, root };
  }

  /** Returns whether the end was reached. */
  run(stopped: Stopped): Promise<boolean> {
    if (this.row.mode === null) return this.giveBack(stopped, new Set());
    return this.row.mode === 'all-or-nothing' ? this.together(stopped) : this.inStrides(stopped);
  }

  private async inStrides(stopped: Stopped): Promise<boolean> {
    const { db } = this.deps;
    for (;;) {
      if (stopped()) return false;
      const asked = this.pace.rows;
      const rows = await rowsAfter(db, this.row.id, 0, asked);
      const last = rows.length < asked;
      this.state = await this.attempt(async (tx) => {
        const state = await this.register(tx, rows, this.state, false);
        // Progress: whatever broke this off before did not come from these rows.
        await (last ? this.finish(tx, state) : this.hold(tx, { ...state, tries: 0 }));
        return state;
      }, rows);
      if (last) return true;
      await breathe();
    }
  }

  private async together(stopped: Stopped): Promise<boolean> {
    try {
      await this.attempt(async (tx) => {
        let { state } = this;
        for (;;) {
          if (stopped()) throw new BrokenOff();
          const rows = await rowsAfter(tx, this.row.id, state.appliedTo, this.pace.rows);
          if (rows.length === 0) break;
          state = await this.register(tx, rows, state, true);
          this.reached(state.appliedTo);
          await breathe();
        }
        // Last of all: until here the lease can be renewed and the import be looked at.
        await this.finish(tx, state);
      });
      return true;
    } catch (error) {
      if (error instanceof BrokenOff) return false;
      if (!(error instanceof Overtaken)) throw error;
      return this.giveBack(stopped, new Set(error.rows));
    }
  }

  /** Whose guards the writing takes: of these rows, or of all. */
  private async subjectsOf(rows: readonly StagedRow[] | undefined): Promise<Subject[]> {
    const { db, vault } = this.deps;
    const { always = [], guards } = this.target;
    if (!guards) return [...always];
    const subjects = new Map(always.map((s) => [subjectKey(s), s]));
    for await (const part of rows ? [rows] : this.pages()) {
      const bodies = part.map((r) => openBody(vault, r, this.target.personal));
      for (const s of await guards(db, bodies, this.setting)) subjects.set(subjectKey(s), s);
    }
    return [...subjects.values()];
  }

  private async *pages(): AsyncIterable<StagedRow[]> {
    for (let after = 0; ;) {
      const part = await rowsAfter(this.deps.db, this.row.id, after, LOOKED_AT_ONCE);
      if (part.length === 0) return;
      after = part.at(-1)!.rowNo;
      yield part;
      await breathe();
    }
  }

  /** A row that somebody registered between the look and the write makes the database refuse: look again. */
  private async attempt<T>(write: (tx: Tx) => Promise<T>, rows?: readonly StagedRow[]): Promise<T> {
    let subjects: Subject[] = [];
    const find = async (): Promise<void> => {
      subjects = await this.subjectsOf(rows);
    };
    const guarded = async (tx: Tx): Promise<T> => {
      await this.guards.take(tx, subjects);
      return write(tx);
    };
    for (let n = 1; ; n += 1) {
      try {
        return await inTransaction(this.deps.db, guarded, find);
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'request.conflict') || n >= MOST_TRIES) throw error;
      }
    }
  }

  private async compare(on: Pick<Db, 'm'>, rows: readonly StagedRow[]) {
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

  /** Registers rows and takes them from the staged ones. Whole: throws Overtaken if one is no longer new. */
  private register(tx: Tx, rows: readonly StagedRow[], state: State, whole: boolean): Promise<State> {
    return this.pace.measure(async () => {
      const { fresh, notes } = await this.compare(tx, rows);
      if (whole && notes.length > 0) throw new Overtaken(notes.map((n) => n.rowNo));
      const registered = await this.target.write(tx, this.call, fresh, this.setting);
      await replaceNotes(tx, this.row.id, notes);
      if (rows.length > 0) await dropRowsBetween(tx, this.row.id, rows[0]!.rowNo, rows.at(-1)!.rowNo);
      return {
        ...withNotes(state, notes),
        applied: state.applied + registered.length,
        appliedTo: rows.at(-1)?.rowNo ?? state.appliedTo,
        root: addLeaves(state.root, registered),
      };
    });
  }

  private hold(tx: Tx, patch: Parameters<typeof heldPatch>[2]): Promise<void> {
    const { id, token } = this.row;
    return heldPatch(tx, { id, token, now: this.deps.db.sources.clock.now() }, patch);
  }

  private async finish(tx: Tx, state: State): Promise<void> {
    await this.hold(tx, { ...state, state: 'finished', leaseUntil: 0 });
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

  /**
   * Nothing was registered: looks at every row once more, says of each that is no longer new why, and asks again what is
   * to be done. `met`: rows that were not new within the transaction; one of which the register knows nothing meets an
   * earlier row of its own sheet. A page at a time, since a sheet that somebody else registered as a whole is overtaken
   * in every row; until the last one the import bears no mode, so that after a stop this goes on.
   */
  private async giveBack(stopped: Stopped, met: ReadonlySet<number>): Promise<boolean> {
    const { db, audit } = this.deps;
    for await (const part of this.pages()) {
      if (stopped()) return false;
      const { notes } = await this.compare(db, part);
      const said = new Set(notes.map((n) => n.rowNo));
      for (const { rowNo } of part.filter((r) => met.has(r.rowNo) && !said.has(r.rowNo)))
        notes.push(noteOf(this.row.id, rowNo, 'faulty', meetsEarlier(this.target)));
      const state = withNotes(this.state, notes);
      await inTransaction(db, async (tx) => {
        await dropRows(
          tx,
          this.row.id,
          notes.map((n) => n.rowNo),
        );
        await replaceNotes(tx, this.row.id, notes);
        await this.hold(tx, { mode: null, ...state, tries: 0 });
      });
      this.state = state;
    }
    await inTransaction(db, async (tx) => {
      await this.hold(tx, { state: 'checked', mode: null, ...this.state, stopped: OVERTAKEN, leaseUntil: 0, tries: 0 });
      const { good, faulty, repeated } = this.state;
      const payload = { importId: this.row.id, good, faulty, repeated };
      await audit.append(tx, this.call, { type: 'import.returned', payload });
    });
    return true;
  }
}

function withNotes<S extends State>(state: S, notes: readonly SheetImportNote[]): S {
  const faulty = notes.filter((n) => n.verdict === 'faulty').length;
  return {
    ...state,
    good: state.good - notes.length,
    faulty: state.faulty + faulty,
    repeated: state.repeated + notes.length - faulty,
  };
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
