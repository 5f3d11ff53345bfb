import { Installation } from '../../../kernel/db/kernel.store';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { shippedPolicy, type SignInPolicy } from './sign-in-policy.rules';

const NAME = 'sign-in-policy';

/** The house's own rules of signing in, else those that are shipped. */
export async function findSignInPolicy(from: Reads): Promise<SignInPolicy> {
  const row = await from.m.findOneBy(Installation, { name: NAME });
  return row ? (JSON.parse(row.value) as SignInPolicy) : shippedPolicy;
}

export async function setSignInPolicy(tx: Tx, policy: SignInPolicy): Promise<void> {
  await tx.m.delete(Installation, { name: NAME });
  await tx.m.insert(Installation, { name: NAME, value: JSON.stringify(policy) });
}
