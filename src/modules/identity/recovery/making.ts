import type { Tx } from '../../../kernel/db/transaction';
import type { Sources } from '../../../kernel/sources';
import { RECOVERY_BYTES, RECOVERY_CODES, recoveryCodeFrom } from './recovery.rules';
import { hashedRecoveryCode, replaceCodes } from './recovery.store';

/** A new set of codes; whatever the account had before ends. Only digests are kept. */
export async function giveCodes(
  tx: Tx,
  { clock, ids, randomness }: Pick<Sources, 'clock' | 'ids' | 'randomness'>,
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCodeFrom(randomness.bytes(RECOVERY_BYTES)));
  const rows = codes.map((text) => ({
    id: ids.random(),
    accountId,
    hash: hashedRecoveryCode(accountId, text),
    madeAt: clock.now(),
    usedAt: null,
  }));
  await replaceCodes(tx, accountId, rows);
  return codes;
}
