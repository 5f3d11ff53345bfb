import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { Problem } from '../../../kernel/problem';
import type { Vault } from '../../../kernel/vault/vault';
import type { Audit } from '../../audit-log';
import { changeAccount, findAccount, type Account } from '../accounts/accounts.store';
import { giveCodes } from '../recovery/making';
import type { GivenCodes } from '../recovery/recovery.contract';
import { endSessions } from '../sessions/sessions.store';
import { matchingStep, totpCard, TOTP_SECRET_BYTES } from './totp';

export interface TotpDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
}

const PURPOSE = 'totp';

/** The second factor: a secret that lies sealed, confirmed by one code. */
export function createTotp({ db, command, audit, vault }: TotpDeps) {
  const { clock, randomness } = db.sources;
  const own = async (from: Reads, call: Call): Promise<Account> => {
    const account = await findAccount(from, call.actor.accountId!);
    if (!account) throw new Problem('sign-in.required');
    if (account.totpSecret !== null) throw new Problem('totp.already-on');
    return account;
  };
  return {
    /** The step to remember if the code is right, `off` if the account has no second factor, undefined if it is wrong. */
    judge(account: Account, code: string | undefined, now: number): number | 'off' | undefined {
      if (account.totpSecret === null) return 'off';
      const secret = vault.open(PURPOSE, account.id, account.totpSecret);
      return matchingStep(secret, code ?? '', now, account.totpLastStep);
    },
    prepare: (call: Call): Promise<{ secret: string; uri: string }> =>
      command(call, {}, async (tx) => {
        const account = await own(tx, call);
        if (account.mustChangePassword) throw new Problem('sign-in.password-change-required');
        const secret = randomness.bytes(TOTP_SECRET_BYTES);
        const totpPending = vault.seal(PURPOSE, account.id, secret);
        await changeAccount(tx, { id: account.id }, { totpPending });
        await audit.append(tx, call, { type: 'account.totp-prepared', payload: { account: account.id } });
        return totpCard(secret, account.username);
      }),
    /**
     * Recovery codes come with it: whoever loses the device later has them already. Other sessions end: they were opened
     * by a password alone.
     */
    confirm: (call: Call, code: string, sid: string): Promise<GivenCodes> =>
      command(call, {}, async (tx) => {
        const { id, totpPending } = await own(tx, call);
        if (totpPending === null) throw new Problem('totp.not-prepared');
        const step = matchingStep(vault.open(PURPOSE, id, totpPending), code, clock.now(), 0);
        if (step === undefined) throw new Problem('totp.code-wrong');
        // The secret that was confirmed, not one prepared meanwhile in another window.
        const on = { totpSecret: totpPending, totpPending: null, totpLastStep: step };
        if (!(await changeAccount(tx, { id, totpPending }, on))) throw new Problem('request.conflict');
        await endSessions(tx, id, sid);
        await audit.append(tx, call, { type: 'account.totp-confirmed', payload: { account: id } });
        const codes = await giveCodes(tx, db.sources, id);
        const payload = { account: id, count: codes.length };
        await audit.append(tx, call, { type: 'account.recovery-codes-made', payload });
        return { codes, left: codes.length };
      }),
  };
}

export type Totp = ReturnType<typeof createTotp>;
