import type { Db } from '../../kernel/db/database';
import { inTransaction } from '../../kernel/db/transaction';
import type { Vault } from '../../kernel/vault/vault';
import { legalDateOf, type Instant, type LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import { systemCall } from '../../kernel/call';
import { pause } from '../../kernel/sources';
import type { Audit } from '../audit-log';
import { Applying } from './applying';
import { claimImport, findImport, heldPatch, LEASE_MS, LeaseLost, orphans, type SheetImport } from './imports.store';
import { rootOf } from './root';
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
/** So often the work is begun without coming on before it is given up: a kill or two is no fault of the sheet. */
const MOST_TRIES = 5;

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
    inTransaction(db, (tx) =>
      heldPatch(tx, { id: row.id, token: row.token, now: clock.now() }, { leaseUntil: 0, tries: 0 }),
    );

  /** The work cannot be done: says so, and leaves it to people what to do with the sheet. */
  const giveUp = async (row: SheetImport, why: string): Promise<void> => {
    const kept = row.applied > 0 ? '已登记的行保留，其余未登记' : '未登记任何一行';
    const patch =
      row.state === 'reading'
        ? { state: 'unreadable' as const, stopped: `${why}；请另存为新文件后重新上传。`, sameAs: null }
        : {
            state: 'checked' as const,
            mode: null,
            stopped: `${why}；${kept}，可分成较小的表，或请系统管理员查看日志。`,
          };
    await inTransaction(db, async (tx) => {
      const { id, token } = row;
      await heldPatch(tx, { id, token, now: clock.now() }, { ...patch, leaseUntil: 0, tries: 0 });
      // What was registered stays proved, whatever becomes of the rest.
      const { tries, applied, root } = row;
      const payload = { importId: id, state: patch.state, tries, applied, recordsRoot: rootOf(root) };
      await deps.audit.append(tx, systemCall(db.sources.ids.timed()), { type: 'import.given-up', payload });
    });
  };

  /** A refusal that will come again, unlike a database that is away or a row that others hold. */
  const refusalOf = (error: unknown): string | undefined =>
    error instanceof Problem && !error.code.startsWith('service.') && error.code !== 'request.conflict'
      ? error.code
      : undefined;

  const run = async (id: string): Promise<void> => {
    const free = await turn();
    try {
      const row = closed ? undefined : await claimImport(db, id);
      if (!row) return;
      const rest = keepAlive(row);
      try {
        const tries = row.tries ?? 0;
        if (tries > MOST_TRIES) await giveUp(row, `已 ${tries - 1} 次中断而没有进展，不再重试`);
        else if (!(await work(row))) await release(row);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === undefined) throw error;
        const present = await findImport(db, id);
        await giveUp({ ...(present ?? row), token: row.token }, `登记时被拒绝（${refusal}）`);
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
