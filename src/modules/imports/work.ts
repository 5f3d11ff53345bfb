import type { Db } from '../../kernel/db/database';
import { inTransaction } from '../../kernel/db/transaction';
import type { Vault } from '../../kernel/vault/vault';
import { legalDateOf, type Instant, type LegalDate } from '../../kernel/pure/time';
import { pause } from '../../kernel/sources';
import type { Audit } from '../audit-log';
import { Applying } from './applying';
import { claimImport, findImport, heldPatch, LEASE_MS, LeaseLost, orphans, type SheetImport } from './imports.store';
import type { SheetFiles } from './sheet-files';
import { Staging } from './staging';
import type { AnyTarget, ImportSetting } from './target';

export interface WorkDeps {
  db: Db;
  vault: Vault;
  hashKey: Uint8Array;
  audit: Audit;
  files: SheetFiles;
  targetOf(kind: string): AnyTarget;
  /** Told of faults of the program: the work is taken up again when the lease has run out. */
  onFault(error: unknown, importId: string): void;
}

/** The work on imports: in this process at most a few at once, each by one process at a time. */
export interface ImportWork {
  /** Begins or takes up the work, if nobody is at it. */
  start(id: string): void;
  /** The row up to which a transaction that is still open has come, if it runs in this process. */
  reached(id: string): number | undefined;
  /** Waits until no work is going on, or so many milliseconds. */
  settle(id: string, ms: number): Promise<void>;
  /** Takes up what a process that died left; for a job. */
  resume(): Promise<number>;
  /** Stops after the transaction at hand, or gives up the one for all rows; the work goes on at the next start. */
  close(): Promise<void>;
}

const AT_ONCE = 2;
const POLL_MS = 200;

export const settingOf = (row: SheetImport, now: Instant): ImportSetting => ({
  today: legalDateOf(now),
  from: row.from as LegalDate,
  paper: row.paper,
  institutionId: row.institutionId,
  actor: row.actor,
});

export const isAtWork = ({ state }: Pick<SheetImport, 'state'>): boolean => state === 'reading' || state === 'applying';

/** Waits for the work, or so long; leaves no timer behind that would keep a stopping process. */
async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<void>((over) => (timer = setTimeout(over, ms)));
  await Promise.race([work, time]);
  clearTimeout(timer);
}

export function createImportWork(deps: WorkDeps): ImportWork {
  const { db, files } = deps;
  const { clock } = db.sources;
  const running = new Map<string, Promise<void>>();
  const reached = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const turn = async (): Promise<() => void> => {
    if (busy >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
    busy += 1;
    return () => {
      busy -= 1;
      waiting.shift()?.();
    };
  };

  /** Unpacking may take a while before the first row arrives. */
  const keepAlive = (row: SheetImport): (() => void) => {
    const renew = (): void => {
      const at = { id: row.id, token: row.token, now: clock.now() };
      inTransaction(db, (tx) => heldPatch(tx, at, {})).catch(() => undefined);
    };
    const timer = setInterval(renew, LEASE_MS / 4);
    return () => clearInterval(timer);
  };

  const work = async (row: SheetImport): Promise<boolean> => {
    const target = deps.targetOf(row.kind);
    const setting = settingOf(row, clock.now());
    const stopped = (): boolean => closed;
    const reach = (rowNo: number): void => void reached.set(row.id, rowNo);
    if (row.state === 'applying') return new Applying(deps, target, row, setting, reach).run(stopped);
    return files.within(row.id, target.personal, (file) => new Staging(deps, target, row, setting).run(file, stopped));
  };

  const release = (row: SheetImport): Promise<void> =>
    inTransaction(db, (tx) => heldPatch(tx, { id: row.id, token: row.token, now: clock.now() }, { leaseUntil: 0 }));

  const run = async (id: string): Promise<void> => {
    const free = await turn();
    try {
      const row = closed ? undefined : await claimImport(db, id);
      if (!row) return;
      const rest = keepAlive(row);
      try {
        if (!(await work(row))) await release(row);
      } finally {
        rest();
        reached.delete(id);
      }
    } catch (error) {
      // Cancelled, or taken over: whoever has it now goes on.
      if (!(error instanceof LeaseLost)) deps.onFault(error, id);
    } finally {
      free();
    }
  };

  const start = (id: string): void => {
    if (closed || running.has(id)) return;
    const done = run(id).finally(() => running.delete(id));
    running.set(id, done);
  };

  return {
    start,
    reached: (id) => reached.get(id),
    async settle(id, ms) {
      const own = running.get(id);
      if (own) await within(own, ms);
      // Another process may be at work on it.
      for (let waited = 0; waited < ms && !running.has(id); waited += POLL_MS) {
        const row = await findImport(db, id);
        if (!row || !isAtWork(row)) return;
        await pause(POLL_MS);
      }
    },
    async resume() {
      const left = await orphans(db, clock.now());
      for (const { id } of left) start(id);
      return left.length;
    },
    async close() {
      closed = true;
      await Promise.all(running.values());
    },
  };
}
