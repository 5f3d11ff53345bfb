import { createHmac } from 'node:crypto';
import type { Call } from '../../../kernel/call';
import { refuseAndRecord, type Command, type RecordedRefusal } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { instant, instantText, legalDateOf } from '../../../kernel/pure/time';
import { Problem } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { normaliseUsername } from '../accounts/accounts.rules';
import { holder } from '../accounts/accounts.service';
import { changeAccount, findAccount, findAccountByUsername, type Account } from '../accounts/accounts.store';
import type { PasswordHashing } from '../accounts/hashing';
import { isSpent } from '../accounts/one-time';
import type { Authorities } from '../authorities/authorities.service';
import { presentRepresentation, representationsOf } from '../deputies/deputies.service';
import { activePosts, presentOwn } from '../posts/posts.service';
import { heldOf } from '../posts/posts.store';
import { FEW_CODES, readRecoveryCode } from '../recovery/recovery.rules';
import { countUnused, findUnused, spend } from '../recovery/recovery.store';
import { demandedSince, hasSecondFactor, isGood } from '../sign-in-policy/sign-in-policy.rules';
import { findSignInPolicy } from '../sign-in-policy/sign-in-policy.store';
import type { Tell } from '../telling.port';
import type { Totp } from '../totp/totp.service';
import { LOCK_AFTER } from './brake.rules';
import type { Brakes } from './brakes';
import { endsOf } from './limits.rules';
import type { SessionView } from './sessions.contract';
import { endSession, insertSession, type SessionOrigin, type WebSession } from './sessions.store';

export interface SessionsDeps {
  db: Db;
  command: Command;
  audit: Audit;
  hashing: PasswordHashing;
  brakes: Brakes;
  totp: Totp;
  authorities: Authorities;
  tell: Tell;
  /** Makes the CSRF token from the session id. */
  csrfKey: Uint8Array;
}

/** The session that a sign-in makes and the one that it ends. */
export interface NewSession {
  /** The id that the new session will have; never one that the client brought. */
  sid: string;
  /** The session that the request came with ends. */
  previousSid: string;
  address: string | null;
  agent: string | null;
}

export interface SignInAttempt extends NewSession {
  username: string;
  password: string;
  totp?: string;
}

/** How the second factor was shown: there is none, the provider asked for it, a code of a time step, a recovery code. */
export type SecondFactor =
  { by: 'off' } | { by: 'provider' } | { by: 'totp'; step: number } | { by: 'recovery'; codeId: string };

const textOf = (at: number): string => instantText(instant(at));

/** Why a try failed. Whoever tries is told only of a one-time password that was theirs. */
type Fault = 'unknown' | 'disabled' | 'password' | 'totp' | 'one-time-used' | 'one-time-expired';

const toldAs = (fault: Fault, account: Account | undefined): Problem => {
  if (fault === 'one-time-used') return new Problem('sign-in.one-time-used');
  if (fault !== 'one-time-expired') return new Problem('sign-in.refused');
  return new Problem('sign-in.one-time-expired', { until: textOf(account!.oneTimeUntil!) });
};

/** What a cookie-borne change must carry; derived, so that nothing more is kept. */
export const csrfTokenOf = (csrfKey: Uint8Array, sid: string): string =>
  createHmac('sha256', csrfKey).update(sid).digest('base64url');

const present =
  ({ db, authorities, csrfKey }: SessionsDeps) =>
  async (
    from: Reads,
    account: Account,
    sid: string,
    row: WebSession,
    lastSignInAt: number | null,
  ): Promise<SessionView> => {
    const house = await authorities.ownAuthority(from);
    const today = legalDateOf(db.sources.clock.now());
    const { idleUntil, endsAt } = endsOf(row);
    const own = await activePosts(from, account.id, today);
    const since = hasSecondFactor(account, row.secondFactor)
      ? null
      : demandedSince(own.map(heldOf), await findSignInPolicy(from));
    return {
      account: { id: account.id, username: account.username, name: account.name },
      posts: [
        ...own.map((p) => presentOwn(p, today)),
        ...(await representationsOf(from, account.id, today)).map((r) => presentRepresentation(r, today)),
      ],
      authority: house ? { code: house.code, name: house.name } : null,
      csrfToken: csrfTokenOf(csrfKey, sid),
      mustChangePassword: account.mustChangePassword,
      totp: account.totpSecret === null ? 'off' : 'on',
      mustEnrolTotp: since !== null && since <= today,
      totpDueFrom: since,
      recoveryCodesLeft: account.totpSecret === null ? 0 : await countUnused(from, account.id),
      lastSignIn: lastSignInAt === null ? null : textOf(lastSignInAt),
      failedSince: row.failedBefore ?? 0,
      openedAt: textOf(row.createdAt),
      idleUntil: textOf(idleUntil),
      endsAt: textOf(endsAt),
    };
  };

/** Opening a session: by password, or by whoever else has made sure who it is. */
export function createOpening(deps: SessionsDeps) {
  const { db, command, audit, hashing, brakes, totp, tell } = deps;
  const view = present(deps);

  /** Counts and records a failed try; the caller learns only that it failed. */
  const refused = async (
    tx: Tx,
    call: Call,
    what: { username: string; account?: Account; fault: Fault; now: number },
  ): Promise<RecordedRefusal> => {
    const { failures, nextTryAt } = await brakes.fail(tx, what.username, what.now);
    const lockedUntil = failures >= LOCK_AFTER ? textOf(nextTryAt) : null;
    const payload = { account: what.account?.id ?? null, fault: what.fault, failures, lockedUntil };
    await audit.append(tx, call, { type: 'session.refused', payload });
    return refuseAndRecord(toldAs(what.fault, what.account));
  };

  /** Undefined if the code is wrong or missing. A recovery code stands in for the device, once. */
  const second = async (
    from: Reads,
    account: Account,
    code: string | undefined,
    now: number,
  ): Promise<SecondFactor | undefined> => {
    if (account.totpSecret === null) return { by: 'off' };
    const spare = code === undefined ? undefined : readRecoveryCode(code);
    if (spare !== undefined) {
      const row = await findUnused(from, account.id, spare);
      return row && { by: 'recovery', codeId: row.id };
    }
    const step = totp.judge(account, code, now);
    return typeof step === 'number' ? { by: 'totp', step } : undefined;
  };

  /** Its holder hears of it: a list of codes may lie in other hands. */
  const useCode = async (tx: Tx, accountId: string, codeId: string, now: number): Promise<void> => {
    if (!(await spend(tx, codeId, now))) throw new SubjectsChanged();
    const left = await countUnused(tx, accountId);
    const notice = { to: { accountId }, params: { left } };
    await tell(tx, { ...notice, kind: 'recovery.used' });
    if (left <= FEW_CODES) await tell(tx, { ...notice, kind: 'recovery.low' });
  };

  const claim = async (tx: Tx, account: Account, factor: SecondFactor, now: number): Promise<void> => {
    const { id, passwordHash, totpLastStep } = account;
    const used = factor.by === 'totp' ? { totpLastStep: factor.step } : {};
    const change = { lastSignInAt: now, previousSignInAt: account.lastSignInAt, ...used };
    // Of two sign-ins with one code, or one beside a change of password, the second one judges anew.
    const unchanged = { id, passwordHash, totpLastStep, disabled: false };
    if (!(await changeAccount(tx, unchanged, change))) throw new SubjectsChanged();
    if (factor.by === 'recovery') await useCode(tx, id, factor.codeId, now);
  };

  /** Everything is right: the session is made, with its entry. */
  const admit = async (
    tx: Tx,
    call: Call,
    account: Account,
    how: Pick<SessionOrigin, 'idToken'> & {
      session: NewSession;
      via: NonNullable<SessionOrigin['via']>;
      factor: SecondFactor;
      now: number;
    },
  ): Promise<SessionView> => {
    const { session, via, factor, idToken, now } = how;
    await claim(tx, account, factor, now);
    const failedBefore = await brakes.pass(tx, account.username, now);
    await endSession(tx, session.previousSid);
    const { address, agent } = session;
    const row = await insertSession(tx, session.sid, account.id, now, {
      via,
      secondFactor: factor.by,
      address,
      agent,
      failedBefore,
      idToken,
    });
    const byAccount = { ...call, actor: holder(account.id) };
    const payload = { account: account.id, via, secondFactor: factor.by };
    await audit.append(tx, byAccount, { type: 'session.opened', payload });
    return view(tx, account, session.sid, row, account.lastSignInAt);
  };

  /** Under the transaction: the account must still be the one whose password was verified. */
  const open = async (call: Call, attempt: SignInAttempt): Promise<SessionView> => {
    const username = normaliseUsername(attempt.username);
    await brakes.check(db, username, db.sources.clock.now());
    const found = await findAccountByUsername(db, username);
    const right = await hashing.verify(found?.passwordHash, attempt.password);
    return command(call, {}, async (tx): Promise<SessionView | RecordedRefusal> => {
      const now = db.sources.clock.now();
      // Again, since other tries may have failed while this one waited: guesses made side by side gain nothing.
      await brakes.check(tx, username, now);
      const account = found && (await findAccount(tx, found.id));
      if (!account) return refused(tx, call, { username, fault: 'unknown', now });
      const fail = (fault: Fault) => refused(tx, call, { username, account, fault, now });
      if (!right || account.passwordHash !== found.passwordHash) {
        return fail(!account.disabled && isSpent(account, attempt.password) ? 'one-time-used' : 'password');
      }
      if (account.disabled) return fail('disabled');
      const factor = await second(tx, account, attempt.totp, now);
      if (!factor) return fail('totp');
      if (account.mustChangePassword && !isGood(account.oneTimeUntil, now)) return fail('one-time-expired');
      return admit(tx, call, account, { session: attempt, via: 'password', factor, idToken: null, now });
    });
  };

  return { open, admit, second, refused, view };
}

export type Opening = ReturnType<typeof createOpening>;
