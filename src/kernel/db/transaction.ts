import type { Db, Reads } from './database';
import { faultOf } from './errors';
import { CommitMarker } from './kernel.store';
import { insideTransaction } from './scope';
import { Problem } from '../problem';
import { pause } from '../sources';

declare const made: unique symbol;

/** An open transaction. Only this file makes one. */
export interface Tx extends Reads {
  readonly [made]: true;
  /** Audit entries appended so far; a command without one does not commit. */
  audited: number;
  /** Set by `replyOf` alone: what the act says was on record already, so that it leaves no entry. */
  unchanged: boolean;
  /** Subjects whose guard row this transaction holds, as `kind:id`. */
  readonly guarded: Set<string>;
}

/** Thrown by a use case that found, under its guards, other subjects than it had guarded: it runs again. */
export class SubjectsChanged extends Error {}

const ATTEMPTS = 12;
const SETTLE_ATTEMPTS = 6;
const RETRY_AFTER_S = 2;

export const unavailable = (): Problem => new Problem('service.unavailable', { retryAfter: RETRY_AFTER_S });

/** What a fault of the database means to the caller; anything unknown stays itself and becomes a 500. */
export function asCallerFault(error: unknown): unknown {
  switch (faultOf(error)) {
    case 'duplicate':
    case 'reference':
    case 'check':
      return Object.assign(new Problem('request.conflict'), { cause: error });
    case 'retry':
    case 'gone':
      return Object.assign(unavailable(), { cause: error });
    case 'other':
      return error;
  }
}

class AnswerLost extends Error {
  constructor(override readonly cause: unknown) {
    super('the answer to COMMIT was lost');
  }
}

async function attempt<T>(db: Db, marker: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = db.source.createQueryRunner();
  try {
    await runner.startTransaction(db.engine === 'mysql' ? 'READ COMMITTED' : undefined);
    const tx = { m: runner.manager, audited: 0, unchanged: false, guarded: new Set<string>() } as Tx;
    let result: T;
    try {
      result = await insideTransaction(runner, async () => {
        await tx.m.insert(CommitMarker, { id: marker, at: db.sources.clock.now(), barred: false });
        return work(tx);
      });
    } catch (error) {
      // The connection may be gone with the transaction; then there is nothing left to roll back.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
    try {
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      if (faultOf(error) === 'gone') throw new AnswerLost(error);
      throw error;
    }
    return result;
  } finally {
    await runner.release().catch(() => undefined);
  }
}

/** The database went away at COMMIT and stayed away: whether the change is there cannot be said now. */
const outcomeUnknown = (): Problem => new Problem('service.outcome-unknown', { retryAfter: RETRY_AFTER_S });

/**
 * Was the transaction with this marker committed? Inserting the marker anew settles it for good: it fails if the
 * transaction is there, and afterwards the transaction can no longer commit. The answer to this insert may be lost too,
 * so a marker that is there tells by `barred` who wrote it.
 */
async function settle(db: Db, marker: string): Promise<boolean> {
  for (let n = 0; ; n += 1) {
    try {
      const there = await db.m.findOneBy(CommitMarker, { id: marker });
      if (there) return !there.barred;
      await db.m.insert(CommitMarker, { id: marker, at: db.sources.clock.now(), barred: true });
      return false;
    } catch (error) {
      if (n >= SETTLE_ATTEMPTS) throw Object.assign(outcomeUnknown(), { cause: error });
      await pause(faultOf(error) === 'duplicate' ? 0 : 100 * 2 ** n);
    }
  }
}

/**
 * Runs one use case in one transaction: all of it is kept or nothing. A deadlock or certification failure runs the
 * whole use case again, so it must not send, store files or ask the network. Throws Problem `service.unavailable` when
 * the database cannot be used, `request.conflict` when a constraint refuses.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>, before?: () => Promise<void>): Promise<T> {
  for (let n = 1; ; n += 1) {
    const marker = db.sources.ids.timed();
    let done: { value: T } | undefined;
    try {
      await before?.();
      return await attempt(db, marker, async (tx) => {
        const value = await work(tx);
        done = { value };
        return value;
      });
    } catch (error) {
      if (error instanceof AnswerLost) {
        if ((await settle(db, marker)) && done) return done.value;
        if (n >= ATTEMPTS) throw unavailable();
        continue;
      }
      const again = error instanceof SubjectsChanged || faultOf(error) === 'retry';
      if (!again) throw asCallerFault(error);
      if (n >= ATTEMPTS) throw error instanceof SubjectsChanged ? new Problem('request.conflict') : unavailable();
      await pause(Math.min(200, 3 * 2 ** n) * (0.5 + db.sources.randomness.bytes(1)[0]! / 256));
    }
  }
}
