import type { Call } from '../../../kernel/call';
import { refuseAndRecord, type Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import { SubjectsChanged } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { changeAccount, findAccount } from '../accounts/accounts.store';
import type { Brakes } from '../sessions/brakes';
import type { Totp } from '../totp/totp.service';
import { giveCodes } from './making';

export interface RecoveryDeps {
  db: Db;
  command: Command;
  audit: Audit;
  brakes: Brakes;
  totp: Totp;
}

/** Recovery codes of the second factor: made by whoever can still show a code of it, spent at sign-in. */
export function createRecovery({ db, command, audit, brakes, totp }: RecoveryDeps) {
  const { clock } = db.sources;
  return {
    /** Under the brake of the username: a taken-over session must not try its way to codes. */
    make: (call: Call, code: string): Promise<{ codes: string[]; left: number }> =>
      command(call, {}, async (tx) => {
        const account = await findAccount(tx, call.actor.accountId!);
        if (!account) throw new Problem('sign-in.required');
        if (account.totpSecret === null) throw new Problem('recovery.no-totp');
        const now = clock.now();
        await brakes.check(tx, account.username, now);
        const step = totp.judge(account, code, now);
        if (typeof step !== 'number') {
          const { failures } = await brakes.fail(tx, account.username, now);
          const payload = { account: account.id, failures };
          await audit.append(tx, call, { type: 'account.recovery-codes-refused', payload });
          return refuseAndRecord(new Problem('totp.code-wrong'));
        }
        const seen = { id: account.id, totpLastStep: account.totpLastStep };
        if (!(await changeAccount(tx, seen, { totpLastStep: step }))) throw new SubjectsChanged();
        const codes = await giveCodes(tx, db.sources, account.id);
        const payload = { account: account.id, count: codes.length };
        await audit.append(tx, call, { type: 'account.recovery-codes-made', payload });
        return { codes, left: codes.length };
      }),
  };
}

export type Recovery = ReturnType<typeof createRecovery>;
