import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from '../../kernel/db/database';
import { inTransaction } from '../../kernel/db/transaction';
import type { Log } from '../../kernel/log';
import { pause } from '../../kernel/sources';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import { TlogFault } from '../../kernel/pure/tlog/fault';
import { createLogFiles, LogBehind, LogDisagreement, LogFork, type LogFiles } from './log-files';
import type { Notary } from './log-notary';
import { LAG_ATTEMPTS, LAG_MS, publishUpTo, readPublished, type Published } from './log-publish';
import type { LogState } from './log-watch';
import { LogPending, moveHead, pendingIds, place, readHead, stopHead, type LogHead } from './log.store';

/** Entries that get their positions in one transaction: on SQLite everybody else waits for it. */
const AT_ONCE = 2_000;
/** From the record of an act to its integration: the act still has to commit. */
const NUDGE_MS = 40;
/** Entries of processes that died, and work that a stopped one left half done, wait no longer than this. */
const TICK_MS = 1_000;

const OTHER_ORIGIN = 'log:recover has opened a new origin; this process still works for the former one: restart it';

export interface LogKeeper {
  /** Compares what is published with the head of the database; on disagreement nothing is written any more. */
  check(): Promise<void>;
  /** Gives every waiting entry its position and publishes them all; for tests, tools and the timer. */
  integrate(): Promise<void>;
  /** Integrates from now on, soon after each act. */
  start(): void;
  stop(): Promise<void>;
  /** Nothing is written any more by any process, for that reason, until log:recover has run. Call `check` before. */
  forbid(reason: string): Promise<void>;
  /** Which origin is being written, as last seen. */
  generation(): number;
  figures(): Promise<Record<string, number>>;
  /** What an operator has to know. */
  notes(): string[];
}

export interface LogKeeperDeps {
  db: Db;
  blobs: BlobStore;
  notary: Notary;
  state: LogState;
  log: Log;
}

const isDisagreement = (error: unknown): error is Error =>
  error instanceof LogFork || error instanceof LogDisagreement || error instanceof TlogFault;

/** Failures in a row after which operators are told: a moment's fault of disk or database is over by then. */
const FAILURES_TOLD = 5;

/** Keeps the log growing: positions by compare-and-set, then files that depend on positions alone (architecture 5.1). */
export function createLogKeeper(deps: LogKeeperDeps): LogKeeper {
  const { db, state, log } = deps;
  let published: Published | undefined;
  let generation = 0;
  let own: number | undefined;
  const filesOf = (generation: number): LogFiles => createLogFiles(deps.blobs, generation);

  /**
   * Where the world stands. The files are read before the head: whatever another process has published meanwhile, it had
   * given positions to before. What one node of a cluster has committed another may see a moment later.
   */
  async function standing(): Promise<{ head: LogHead; at: Published }> {
    for (let n = 1; ; n += 1) {
      const files = filesOf(generation);
      const largest = (await files.largest()) ?? 0;
      if (published?.generation !== generation || published.size !== largest)
        published = await readPublished(files, generation, deps.notary);
      const head = await readHead(db);
      if (head.generation !== generation) throw new Error('the log has gone on under another origin meanwhile');
      if (head.size >= published.size) return { head, at: published };
      if (db.engine === 'sqlite' || n >= LAG_ATTEMPTS) throw new LogBehind(head.size, published.size);
      await pause(LAG_MS);
    }
  }

  async function publish(): Promise<void> {
    const { head, at: from } = await standing();
    let at = from;
    while (at.size < head.size)
      at = published = await publishUpTo(db, filesOf(head.generation), deps.notary, at, head.size);
  }

  /** One step of positions; false when nothing waits, or somebody else took the step. */
  async function placeSome(): Promise<boolean> {
    const head = await readHead(db);
    const ids = await pendingIds(db, AT_ONCE);
    if (ids.length === 0 || head.stopped !== null) return false;
    return inTransaction(db, async (tx) => {
      if (!(await moveHead(tx, head, head.size + ids.length))) return false;
      await place(tx, head.generation, head.size, ids);
      return true;
    });
  }

  async function halt(error: Error): Promise<void> {
    const reason = error.message;
    state.setStopped(reason);
    const below = error instanceof LogBehind ? error.published : undefined;
    const at = db.sources.clock.now();
    const isStopped = await inTransaction(db, (tx) => stopHead(tx, generation, reason, { at, below }));
    // Its COMMIT stands in one row with everybody else's: a node that had only lagged knows by now.
    const { size, stopped } = await readHead(db);
    if (!isStopped && stopped === null && size >= (below ?? Infinity)) {
      state.setStopped(undefined);
      log.warn({ reason, size }, 'the database had not heard yet of what is published; the log goes on');
      return;
    }
    log.error({ reason }, 'the transparency log is stopped: nothing is written until log:recover has run');
  }

  /** Runs a step of the log; what may not be becomes a stop, everything else stays a fault of the moment. */
  async function guarded(step: () => Promise<void>): Promise<void> {
    const { stopped, ...head } = await readHead(db);
    own ??= head.generation;
    generation = own;
    // Its keys and its name are those of the origin it began with; nothing of the new one may be stopped by it.
    const moved = head.generation === own ? undefined : OTHER_ORIGIN;
    state.setStopped(moved ?? stopped ?? undefined);
    if (moved !== undefined || stopped !== null) return;
    try {
      await step();
    } catch (error) {
      if (!isDisagreement(error)) throw error;
      await halt(error);
    }
  }

  const integrate = (): Promise<void> =>
    guarded(async () => {
      // The start's check comes before anything is signed, also for a process that saw another one's head.
      await publish();
      while (await placeSome()) await publish();
    });

  let failures = 0;
  const loop = createLoop(
    async () => {
      await integrate();
      failures = 0;
    },
    (err) => {
      failures += 1;
      const told = failures === FAILURES_TOLD ? 'error' : 'warn';
      log[told]({ err, failures }, 'integrating the log failed; it is tried again');
    },
  );
  return {
    check: () => guarded(async () => void (await standing())),
    integrate,
    start() {
      state.onNudge(loop.nudge);
      loop.start();
    },
    stop: loop.stop,
    forbid: (reason) => halt(new LogDisagreement(reason)),
    generation: () => generation,
    async figures() {
      const head = await readHead(db);
      const waiting = await db.m.count(LogPending);
      return {
        lujian_log_entries: head.size,
        lujian_log_waiting: waiting,
        lujian_log_published: published?.size ?? 0,
        lujian_log_stopped: head.stopped === null ? 0 : 1,
      };
    },
    notes() {
      const reason = state.stopped();
      if (reason !== undefined) return [`透明日志已停止写入：${reason}；请运维人员运行 npm run log:recover`];
      if (failures < FAILURES_TOLD) return [];
      return [`新的记录未能写入透明日志（已连续失败${failures}次，原因见服务日志）：尚不能取得证明，将继续重试`];
    },
  };
}

interface Loop {
  nudge(): void;
  start(): void;
  stop(): Promise<void>;
}

/** One run at a time; a nudge during a run leads to one more after it. */
function createLoop(run: () => Promise<void>, failed: (error: unknown) => void): Loop {
  // A nudge comes from within the transaction of an act; what it sets off is no part of that.
  const outside = AsyncLocalStorage.snapshot();
  let running: Promise<void> | undefined;
  let again = false;
  let soon: NodeJS.Timeout | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let ended = false;
  const go = (): void => {
    soon = undefined;
    if (ended) return;
    if (running) {
      again = true;
      return;
    }
    running = run()
      .catch(failed)
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          nudge();
        }
      });
  };
  const nudge = (): void => {
    if (!ended) soon ??= setTimeout(() => outside(go), NUDGE_MS);
  };
  return {
    nudge,
    start() {
      ticking = setInterval(go, TICK_MS);
      nudge();
    },
    async stop() {
      ended = true;
      clearInterval(ticking);
      clearTimeout(soon);
      await running;
    },
  };
}
