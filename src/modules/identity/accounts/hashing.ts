import { hash, verify } from '@node-rs/argon2';
import { isInsideTransaction } from '../../../kernel/db/scope';
import { Problem } from '../../../kernel/problem';
import type { Randomness } from '../../../kernel/sources';
import { normalisePassword } from './accounts.rules';

/** argon2id, 19 MiB, two passes, one lane: the second choice of RFC 9106 scaled as OWASP advises; about 19 ms. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashing stays off half of the thread pool, so that files and databases are served while people sign in. */
const AT_ONCE = 2;
const WAITING = 100;
const RETRY_AFTER_S = 2;

export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Without a stored hash it takes as long and says no: nothing is learnt from the time. */
  verify(stored: string | undefined, password: string): Promise<boolean>;
}

/** Runs at most `atOnce` pieces of work, lets `waiting` more wait, and refuses the rest with `sign-in.busy`. */
export function createQueue(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new Problem('sign-in.busy', { retryAfter: RETRY_AFTER_S });
      await new Promise<void>((start) => queue.push(start));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place goes on to the next one directly, so that nobody slips in between.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const outsideOnly = (): void => {
  if (isInsideTransaction()) throw new Error('passwords are never hashed inside a transaction');
};

/** Password hashing behind a small queue. */
export function createHashing(randomness: Randomness): PasswordHashing {
  const queued = createQueue(AT_ONCE, WAITING);
  const bytes = (password: string): Buffer => Buffer.from(normalisePassword(password), 'utf8');
  const make = (password: string): Promise<string> => hash(bytes(password), { ...cost, salt: randomness.bytes(16) });
  let nobody: Promise<string> | undefined;
  return {
    async hash(password) {
      outsideOnly();
      return queued(() => make(password));
    },
    async verify(stored, password) {
      outsideOnly();
      return queued(async () => {
        // Made for everybody's first sign-in, not only for that of an unknown user.
        nobody ??= make(randomness.bytes(32).toString('hex'));
        const right = await verify(stored ?? (await nobody), bytes(password));
        return stored !== undefined && right;
      });
    },
  };
}
