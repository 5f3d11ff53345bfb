import { createHmac } from 'node:crypto';
import type { Reads } from '../../../kernel/db/database';
import { faultOf } from '../../../kernel/db/errors';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import { afterFailure, failuresOf, secondsToWait, type Brake } from './brake.rules';
import { changeBrake, deleteBrake, findBrake, insertBrake } from './sessions.store';

/** Slows down guessing under one username, known or not. */
export interface Brakes {
  /** Throws `sign-in.slow-down` while the username has to wait. */
  check(from: Reads, username: string, now: number): Promise<void>;
  /** Counts one more failure; throws `sign-in.slow-down` if others made the username wait meanwhile. */
  fail(tx: Tx, username: string, now: number): Promise<Brake>;
  /**
   * Forgets the failures after a right password and returns how many there were; throws `sign-in.slow-down` if others
   * made it wait meanwhile.
   */
  pass(tx: Tx, username: string, now: number): Promise<number>;
  /** Forgets the failures by an administrator's act. */
  release(tx: Tx, username: string): Promise<void>;
}

export function createBrakes(hashKey: Uint8Array): Brakes {
  const keyOf = (username: string): string => createHmac('sha256', hashKey).update(username).digest('hex');
  const requirePatience = (seen: Brake | undefined, now: number): void => {
    const retryAfter = secondsToWait(seen, now);
    if (retryAfter > 0) throw new Problem('sign-in.slow-down', { retryAfter });
  };
  const forget = async (tx: Tx, seen: Awaited<ReturnType<typeof findBrake>>): Promise<void> => {
    if (seen && !(await deleteBrake(tx, seen))) throw new SubjectsChanged();
  };
  return {
    check: async (from, username, now) => requirePatience(await findBrake(from, keyOf(username)), now),
    async fail(tx, username, now) {
      const key = keyOf(username);
      const seen = await findBrake(tx, key);
      // On the very row that is changed next: another guess may have failed since the check.
      requirePatience(seen, now);
      const next = afterFailure(seen, now);
      if (seen) {
        // Somebody else failed meanwhile: the use case runs again and sees it.
        if (!(await changeBrake(tx, seen, next))) throw new SubjectsChanged();
        return next;
      }
      try {
        await insertBrake(tx, key, next);
      } catch (error) {
        if (faultOf(error) === 'duplicate') throw new SubjectsChanged();
        throw error;
      }
      return next;
    },
    async pass(tx, username, now) {
      const seen = await findBrake(tx, keyOf(username));
      requirePatience(seen, now);
      await forget(tx, seen);
      return failuresOf(seen, now);
    },
    release: async (tx, username) => forget(tx, await findBrake(tx, keyOf(username))),
  };
}
