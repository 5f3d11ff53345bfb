import { createHmac } from 'node:crypto';
import type { Reads } from '../../../kernel/db/database';
import { faultOf } from '../../../kernel/db/errors';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import { afterFailure, secondsToWait, type Brake } from './brake.rules';
import { changeBrake, deleteBrake, findBrake, insertBrake } from './sessions.store';

/** Slows down guessing under one username, known or not. */
export interface Brakes {
  /** Throws `sign-in.slow-down` while the username has to wait. */
  check(from: Reads, username: string, now: number): Promise<void>;
  /** Counts one more failure. */
  fail(tx: Tx, username: string, now: number): Promise<Brake>;
  /** Forgets the failures. */
  release(tx: Tx, username: string): Promise<void>;
}

export function createBrakes(hashKey: Uint8Array): Brakes {
  const keyOf = (username: string): string => createHmac('sha256', hashKey).update(username).digest('hex');
  return {
    async check(from, username, now) {
      const retryAfter = secondsToWait(await findBrake(from, keyOf(username)), now);
      if (retryAfter > 0) throw new Problem('sign-in.slow-down', { retryAfter });
    },
    async fail(tx, username, now) {
      const key = keyOf(username);
      const seen = await findBrake(tx, key);
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
    async release(tx, username) {
      const seen = await findBrake(tx, keyOf(username));
      if (seen && !(await deleteBrake(tx, seen))) throw new SubjectsChanged();
    },
  };
}
