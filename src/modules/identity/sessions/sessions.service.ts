import type { Call } from '../../../kernel/call';
import { refuseAndRecord } from '../../../kernel/db/command';
import { inTransaction } from '../../../kernel/db/transaction';
import { Problem, unwrap } from '../../../kernel/problem';
import { judgePassword } from '../accounts/accounts.rules';
import { changeAccount, findAccount } from '../accounts/accounts.store';
import { dropAttempts } from '../oidc/oidc.store';
import { FORGOTTEN_AFTER_MS } from './brake.rules';
import { IDLE_MS } from './limits.rules';
import { createConfirming } from './confirming';
import { createOpening, type SessionsDeps } from './opening';
import { ownSessionsOf } from './own-sessions.service';
import type { PasswordChange, SessionView } from './sessions.contract';
import { deleteSpent, endSession, endSessions, findSession } from './sessions.store';

export type { SessionsDeps, SignInAttempt } from './opening';

function changePassword(deps: SessionsDeps) {
  const { db, command, audit, hashing, brakes } = deps;
  return async (call: Call, { oldPassword, newPassword }: PasswordChange, sid: string): Promise<void> => {
    const seen = await findAccount(db, call.actor.accountId!);
    if (!seen) throw new Problem('sign-in.required');
    const { id, username, passwordHash: verified } = seen;
    const password = unwrap(judgePassword(newPassword, username, oldPassword));
    await brakes.check(db, username, db.sources.clock.now());
    const right = await hashing.verify(verified, oldPassword);
    const passwordHash = right ? await hashing.hash(password) : undefined;
    return command(call, {}, async (tx) => {
      const now = db.sources.clock.now();
      await brakes.check(tx, username, now);
      if (passwordHash === undefined) {
        const { failures } = await brakes.fail(tx, username, now);
        await audit.append(tx, call, { type: 'account.password-refused', payload: { account: id, failures } });
        return refuseAndRecord(new Problem('account.old-password-wrong'));
      }
      const change = { passwordHash, mustChangePassword: false, oneTimeUntil: null };
      if (!(await changeAccount(tx, { id, passwordHash: verified }, change))) throw new Problem('request.conflict');
      await endSessions(tx, id, sid);
      await audit.append(tx, call, { type: 'account.password-changed', payload: { account: id } });
    });
  };
}

/** Sessions: opened by password and second factor, read and closed by their holder. */
export function createSessions(deps: SessionsDeps) {
  const { db, command, audit } = deps;
  const { view, ...opening } = createOpening(deps);
  return {
    ...opening,
    ...ownSessionsOf(deps),
    changePassword: changePassword(deps),
    confirmed: createConfirming(deps),
    async read(accountId: string, sid: string): Promise<SessionView> {
      const account = await findAccount(db, accountId);
      const row = await findSession(db, sid);
      if (!account || !row) throw new Problem('sign-in.required');
      return view(db, account, sid, row, account.previousSignInAt);
    },
    /** `reply` is what the request is answered with if nothing more comes of it. */
    close: <T>(call: Call, sid: string, reply: T): Promise<T> =>
      command<T>(call, {}, async (tx) => {
        await endSession(tx, sid);
        await audit.append(tx, call, { type: 'session.closed', payload: { account: call.actor.accountId } });
        return reply;
      }),
    /** For an hourly job: drops sessions that have ended, counts of failures that are forgotten, ways in broken off. */
    tidy(): Promise<number> {
      const now = db.sources.clock.now();
      return inTransaction(db, async (tx) => {
        await dropAttempts(tx, now);
        return deleteSpent(tx, now - IDLE_MS, now - FORGOTTEN_AFTER_MS);
      });
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
