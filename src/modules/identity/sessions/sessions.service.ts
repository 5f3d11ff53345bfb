import { createHmac } from 'node:crypto';
import type { Call } from '../../../kernel/call';
import { refuseAndRecord, type Command, type RecordedRefusal } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { inTransaction, SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { instant, instantText, legalDateOf } from '../../../kernel/pure/time';
import { Problem, unwrap } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { judgePassword, normaliseUsername } from '../accounts/accounts.rules';
import { holder } from '../accounts/accounts.service';
import { changeAccount, findAccount, findAccountByUsername, type Account } from '../accounts/accounts.store';
import type { PasswordHashing } from '../accounts/hashing';
import type { Authorities } from '../authorities/authorities.service';
import { presentRepresentation, representationsOf } from '../deputies/deputies.service';
import { activePosts, presentOwn } from '../posts/posts.service';
import type { Totp } from '../totp/totp.service';
import { FORGOTTEN_AFTER_MS, LOCK_AFTER } from './brake.rules';
import type { Brakes } from './brakes';
import type { PasswordChange, SessionView } from './sessions.contract';
import { deleteSpent, endSession, endSessions, insertSession, type WebSession } from './sessions.store';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3600_000;

export interface SessionsDeps {
  db: Db;
  command: Command;
  audit: Audit;
  hashing: PasswordHashing;
  brakes: Brakes;
  totp: Totp;
  authorities: Authorities;
  /** Makes the CSRF token from the session id. */
  csrfKey: Uint8Array;
}

export interface SignInAttempt {
  username: string;
  password: string;
  totp?: string;
  /** The id that the new session will have; never one that the client brought. */
  sid: string;
  /** The session that the request came with ends. */
  previousSid: string;
}

/** Is the session still good? Ends 30 minutes after it was last seen and 12 hours after it was opened. */
export const isLive = (session: WebSession, now: number): boolean =>
  now < session.lastSeenAt + IDLE_MS && now < session.createdAt + ABSOLUTE_MS;

type Fault = 'unknown' | 'disabled' | 'password' | 'totp';

/** What a cookie-borne change must carry; derived, so that nothing more is kept. */
export const csrfTokenOf = (csrfKey: Uint8Array, sid: string): string =>
  createHmac('sha256', csrfKey).update(sid).digest('base64url');

const present =
  ({ db, authorities, csrfKey }: SessionsDeps) =>
  async (from: Reads, account: Account, sid: string, lastSignInAt: number | null): Promise<SessionView> => {
    const own = await authorities.ownAuthority(from);
    const today = legalDateOf(db.sources.clock.now());
    return {
      account: { id: account.id, username: account.username, name: account.name },
      posts: [
        ...(await activePosts(from, account.id, today)).map((p) => presentOwn(p, today)),
        ...(await representationsOf(from, account.id, today)).map((r) => presentRepresentation(r, today)),
      ],
      authority: own ? { code: own.code, name: own.name } : null,
      csrfToken: csrfTokenOf(csrfKey, sid),
      mustChangePassword: account.mustChangePassword,
      totp: account.totpSecret === null ? 'off' : 'on',
      lastSignIn: lastSignInAt === null ? null : instantText(instant(lastSignInAt)),
    };
  };

/** Counts and records a failed try; the caller learns only that it failed. */
const recordRefusal =
  ({ audit, brakes }: SessionsDeps) =>
  async (
    tx: Tx,
    call: Call,
    what: { username: string; account?: Account; fault: Fault; now: number },
  ): Promise<void> => {
    const { failures, nextTryAt } = await brakes.fail(tx, what.username, what.now);
    const lockedUntil = failures >= LOCK_AFTER ? instantText(instant(nextTryAt)) : null;
    const payload = { account: what.account?.id ?? null, fault: what.fault, failures, lockedUntil };
    await audit.append(tx, call, { type: 'session.refused', payload });
  };

function openSession(deps: SessionsDeps) {
  const { db, command, audit, hashing, brakes, totp } = deps;
  const refused = recordRefusal(deps);
  const view = present(deps);
  /** Under the transaction: the account must still be the one whose password was verified. */
  const judge = (
    account: Account | undefined,
    right: boolean,
    verified: string | undefined,
    attempt: SignInAttempt,
  ) => {
    const step = account && totp.judge(account, attempt.totp, db.sources.clock.now());
    const fault = ((): Fault | undefined => {
      if (!account) return 'unknown';
      if (!right || account.passwordHash !== verified) return 'password';
      if (account.disabled) return 'disabled';
      return step === undefined ? 'totp' : undefined;
    })();
    return { fault, step };
  };
  const claim = async (tx: Tx, account: Account, step: number | 'off' | undefined, now: number): Promise<void> => {
    const { id, passwordHash, totpLastStep } = account;
    const used = typeof step === 'number' ? { totpLastStep: step } : {};
    const change = { lastSignInAt: now, previousSignInAt: account.lastSignInAt, ...used };
    // Of two sign-ins with one code, or one beside a change of password, the second one judges anew.
    const unchanged = { id, passwordHash, totpLastStep, disabled: false };
    if (!(await changeAccount(tx, unchanged, change))) throw new SubjectsChanged();
  };
  return async (call: Call, attempt: SignInAttempt): Promise<SessionView> => {
    const username = normaliseUsername(attempt.username);
    await brakes.check(db, username, db.sources.clock.now());
    const found = await findAccountByUsername(db, username);
    const right = await hashing.verify(found?.passwordHash, attempt.password);
    return command(call, {}, async (tx): Promise<SessionView | RecordedRefusal> => {
      const now = db.sources.clock.now();
      // Again, since other tries may have failed while this one waited: guesses made side by side gain nothing.
      await brakes.check(tx, username, now);
      const account = found && (await findAccount(tx, found.id));
      const { fault, step } = judge(account, right, found?.passwordHash, attempt);
      if (!account || fault) {
        await refused(tx, call, { username, account, fault: fault ?? 'unknown', now });
        return refuseAndRecord(new Problem('sign-in.refused'));
      }
      await claim(tx, account, step, now);
      await brakes.pass(tx, username, now);
      await endSession(tx, attempt.previousSid);
      await insertSession(tx, attempt.sid, account.id, now);
      const byAccount = { ...call, actor: holder(account.id) };
      const payload = { account: account.id, totp: step !== 'off' };
      await audit.append(tx, byAccount, { type: 'session.opened', payload });
      return view(tx, account, attempt.sid, account.lastSignInAt);
    });
  };
}

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
      const change = { passwordHash, mustChangePassword: false };
      if (!(await changeAccount(tx, { id, passwordHash: verified }, change))) throw new Problem('request.conflict');
      await endSessions(tx, id, sid);
      await audit.append(tx, call, { type: 'account.password-changed', payload: { account: id } });
    });
  };
}

/** Sessions: opened by password and second factor, read and closed by their holder. */
export function createSessions(deps: SessionsDeps) {
  const { db, command, audit } = deps;
  const view = present(deps);
  return {
    open: openSession(deps),
    changePassword: changePassword(deps),
    async read(accountId: string, sid: string): Promise<SessionView> {
      const account = await findAccount(db, accountId);
      if (!account) throw new Problem('sign-in.required');
      return view(db, account, sid, account.previousSignInAt);
    },
    close: (call: Call, sid: string): Promise<void> =>
      command(call, {}, async (tx) => {
        await endSession(tx, sid);
        await audit.append(tx, call, { type: 'session.closed', payload: { account: call.actor.accountId } });
      }),
    /** For an hourly job: drops sessions that have ended and counts of failures that are forgotten. */
    tidy(): Promise<number> {
      const now = db.sources.clock.now();
      return inTransaction(db, (tx) => deleteSpent(tx, now - IDLE_MS, now - FORGOTTEN_AFTER_MS));
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
