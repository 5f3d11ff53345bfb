import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import { unwrap } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import type { PolicyInput, PolicyView } from './sign-in-policy.contract';
import { judgePolicy, shippedPolicy, type SignInPolicy } from './sign-in-policy.rules';
import { findSignInPolicy, setSignInPolicy } from './sign-in-policy.store';

const present = (
  { secondFactorRoles, graceDays, oneTimePasswordDays }: SignInPolicy,
  shipped: boolean,
): PolicyView => ({
  secondFactorRoles: [...secondFactorRoles],
  graceDays,
  oneTimePasswordDays,
  shipped,
});

/** The house's rules of signing in. */
export function createSignInPolicy({ db, command, audit }: { db: Db; command: Command; audit: Audit }) {
  return {
    async read(): Promise<PolicyView> {
      const policy = await findSignInPolicy(db);
      return present(policy, policy === shippedPolicy);
    },
    set: (call: Call, wanted: PolicyInput): Promise<PolicyView> =>
      command(call, {}, async (tx) => {
        unwrap(judgePolicy(wanted));
        const before = await findSignInPolicy(tx);
        await setSignInPolicy(tx, wanted);
        const payload = { before: { ...before }, after: { ...wanted } };
        await audit.append(tx, call, { type: 'sign-in-policy.set', payload });
        return present(wanted, false);
      }),
  };
}

export type SignInPolicies = ReturnType<typeof createSignInPolicy>;
