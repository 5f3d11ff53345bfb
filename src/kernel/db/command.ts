import type { Call } from '../call';
import type { Problem } from '../problem';
import type { Db } from './database';
import { createGuards, type Subject } from './guards';
import { inTransaction, type Tx } from './transaction';

/** A refusal that must leave a trace: what was recorded is committed, then the caller gets the problem. */
export class RecordedRefusal {
  constructor(readonly problem: Problem) {}
}

export const refuseAndRecord = (problem: Problem): RecordedRefusal => new RecordedRefusal(problem);

export interface CommandOptions {
  /** Whom the act concerns; asked anew, outside the transaction, before each attempt. */
  subjects?: () => Promise<readonly Subject[]> | readonly Subject[];
}

/** Runs one command: idempotency row, commit marker, guards, then the work, all in one transaction. */
export type Command = <T>(
  call: Call,
  options: CommandOptions,
  work: (tx: Tx) => Promise<T | RecordedRefusal>,
) => Promise<T>;

/** Off only inside the race test, to show that the test would notice a missing guard. */
export interface CommandSwitches {
  unsafeWithoutGuards?: boolean;
}

/** Adds the other ids under which a subject is on record, so that everybody who means one party meets on one guard. */
export type Alike = (subjects: readonly Subject[]) => Promise<readonly Subject[]>;

export function createCommand(
  db: Db,
  switches: CommandSwitches = {},
  alike: Alike = (subjects) => Promise.resolve(subjects),
): Command {
  const guards = createGuards();
  return async <T>(call: Call, options: CommandOptions, work: (tx: Tx) => Promise<T | RecordedRefusal>): Promise<T> => {
    let subjects: readonly Subject[] = [];
    const find = async (): Promise<void> => {
      subjects = await alike((await options.subjects?.()) ?? []);
    };
    const outcome = await inTransaction(
      db,
      async (tx) => {
        await call.idempotency?.hold(tx);
        if (switches.unsafeWithoutGuards) subjects.forEach((s) => tx.guarded.add(`${s.kind}:${s.id}`));
        else await guards.take(tx, subjects);
        const value = await work(tx);
        // Not a matter of tests alone: an act without an audit entry never commits, unless it changed nothing.
        if (tx.audited === 0 && !tx.unchanged) throw new Error('a command ended without an audit entry');
        if (value instanceof RecordedRefusal) await call.idempotency?.complete(tx, { problem: value.problem });
        else await call.idempotency?.complete(tx, { result: value });
        return value;
      },
      find,
    );
    if (outcome instanceof RecordedRefusal) throw outcome.problem;
    return outcome;
  };
}
