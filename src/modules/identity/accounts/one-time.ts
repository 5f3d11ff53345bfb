import { createHash, timingSafeEqual } from 'node:crypto';
import type { Sources } from '../../../kernel/sources';
import { normalisePassword, oneTimePasswordFrom } from './accounts.rules';
import type { Account } from './accounts.store';
import type { PasswordHashing } from './hashing';

const DAY_MS = 24 * 3600_000;

/** A hundred random bits: from there on a plain digest may keep a secret (ASVS 6.5.2). */
const markOf = (accountId: string, password: string): string =>
  createHash('sha256')
    .update(`${accountId}\u0000${normalisePassword(password)}`)
    .digest('hex');

export interface GivenPassword {
  oneTimePassword: string;
  /** What the account keeps of it. */
  kept: Pick<Account, 'passwordHash' | 'mustChangePassword' | 'oneTimeMark'> & { oneTimeUntil: number };
}

/** A new one-time password for the account, good for so many days. Hashes, so never inside a transaction. */
export async function givePassword(
  { clock, randomness }: Pick<Sources, 'clock' | 'randomness'>,
  hashing: PasswordHashing,
  accountId: string,
  days: number,
): Promise<GivenPassword> {
  const oneTimePassword = oneTimePasswordFrom(randomness.bytes(20));
  const passwordHash = await hashing.hash(oneTimePassword);
  const oneTimeMark = markOf(accountId, oneTimePassword);
  const oneTimeUntil = clock.now() + days * DAY_MS;
  return { oneTimePassword, kept: { passwordHash, mustChangePassword: true, oneTimeMark, oneTimeUntil } };
}

/** Is this the one-time password that the account had before its holder chose an own one? */
export function isSpent({ id, oneTimeMark, mustChangePassword }: Account, password: string): boolean {
  if (oneTimeMark === null || mustChangePassword) return false;
  return timingSafeEqual(Buffer.from(oneTimeMark, 'hex'), Buffer.from(markOf(id, password), 'hex'));
}
