import type { Call } from '../../../kernel/call';
import { refuseAndRecord, type RecordedRefusal } from '../../../kernel/db/command';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import { changeAccount, findAccount, type Account } from '../accounts/accounts.store';
import type { SessionsDeps } from './opening';
import type { Confirmation } from './sessions.contract';

export type { Confirmation } from './sessions.contract';

/**
 * For acts for which it is not enough to be signed in, since a session may lie in other hands: the password once more,
 * and a fresh code where there is a second factor. Wrong answers are counted like those of a sign-in; which of the two
 * was wrong is not told.
 */
export function createConfirming({
  db,
  command,
  audit,
  hashing,
  brakes,
  totp,
}: Pick<SessionsDeps, 'db' | 'command' | 'audit' | 'hashing' | 'brakes' | 'totp'>) {
  const { clock } = db.sources;
  return async <T>(
    call: Call,
    { password, totp: code }: Confirmation,
    refusedAs: string,
    work: (tx: Tx, account: Account) => Promise<T>,
  ): Promise<T> => {
    const seen = await findAccount(db, call.actor.accountId!);
    if (!seen) throw new Problem('sign-in.required');
    const { id, username, passwordHash } = seen;
    await brakes.check(db, username, clock.now());
    const right = await hashing.verify(passwordHash, password);
    return command(call, {}, async (tx): Promise<T | RecordedRefusal> => {
      const now = clock.now();
      await brakes.check(tx, username, now);
      const account = await findAccount(tx, id);
      if (!account || account.disabled) throw new Problem('sign-in.required');
      const step = right && account.passwordHash === passwordHash ? totp.judge(account, code, now) : undefined;
      if (step === undefined) {
        const { failures } = await brakes.fail(tx, username, now);
        await audit.append(tx, call, { type: refusedAs, payload: { account: id, failures } });
        return refuseAndRecord(new Problem('account.not-confirmed'));
      }
      const used = { id, passwordHash, totpLastStep: account.totpLastStep };
      // Of two acts with one code the second one judges anew, and finds it used.
      if (step !== 'off' && !(await changeAccount(tx, used, { totpLastStep: step }))) throw new SubjectsChanged();
      await brakes.pass(tx, username, now);
      return work(tx, account);
    });
  };
}
