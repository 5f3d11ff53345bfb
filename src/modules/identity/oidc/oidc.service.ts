import { createHash, createHmac } from 'node:crypto';
import type { Call } from '../../../kernel/call';
import { refuseAndRecord, type Command, type RecordedRefusal } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import { SubjectsChanged, inTransaction, type Tx } from '../../../kernel/db/transaction';
import type { Log } from '../../../kernel/log';
import { Problem } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import type { Vault } from '../../../kernel/vault/vault';
import type { Audit } from '../../audit-log';
import { holder } from '../accounts/accounts.service';
import { findAccount, type Account } from '../accounts/accounts.store';
import type { Brakes } from '../sessions/brakes';
import type { Confirmation } from '../sessions/confirming';
import type { NewSession } from '../sessions/opening';
import type { SessionView } from '../sessions/sessions.contract';
import type { Sessions } from '../sessions/sessions.service';
import { endSessions, hashedSessionId } from '../sessions/sessions.store';
import {
  deleteLinkOf,
  dropAttempts,
  findAttempt,
  findLink,
  findLinkOf,
  insertAttempt,
  insertLink,
  takeAttempt,
  type AttemptPurpose,
  type OidcAttempt,
} from './oidc.store';
import { createLeaving, createTokenKeeping } from './leaving';
import type { Checks, OidcProvider, OidcSettings, Vouched } from './provider';

export interface OidcDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
  brakes: Brakes;
  sessions: Sessions;
  log: Log;
  /** Keys the hash of issuer and subject. */
  linkKey: Uint8Array;
  connected?: { settings: OidcSettings; provider: OidcProvider };
}

/** How long a person may take at the provider, or for the second factor. */
export const ATTEMPT_MS = 10 * 60_000;
const PURPOSE = 'oidc';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of a way that has begun: nonce, PKCE verifier, and of a link the hash of the password's hash. */
type Kept = [nonce: string, verifier: string, password: string | null];

/** What came of a return from the provider. */
export type Returned =
  { signedIn: SessionView; sid: string } | { awaiting: 'second-factor'; binding: string } | { linked: true };

/** The province's unified sign-in: who a person of the provider is here, and the session that follows. */
export function createOidc(deps: OidcDeps) {
  const { db, command, audit, vault, brakes, sessions } = deps;
  const { clock, randomness } = db.sources;
  const tokens = createTokenKeeping(vault);
  const secret = (): string => randomness.bytes(32).toString('base64url');
  const connected = (): NonNullable<OidcDeps['connected']> => {
    if (!deps.connected) throw new Problem('oidc.not-connected');
    return deps.connected;
  };
  const linkIdOf = (subject: string): string =>
    createHmac('sha256', deps.linkKey).update(`${connected().settings.issuer}\u0000${subject}`).digest('hex');

  interface Begun {
    url: string;
    binding: string;
    keep(tx: Tx, of: { purpose: AttemptPurpose; account: Account | null }): Promise<void>;
  }

  /** A way to the provider and back; it can be gone once it is kept. */
  const begin = async (): Promise<Begun> => {
    const { provider } = connected();
    const checks: Checks = { state: secret(), nonce: secret(), verifier: secret() };
    const url = await provider.addressFor(checks);
    const [binding, id] = [secret(), hashOf(checks.state)];
    return {
      url,
      binding,
      async keep(tx, { purpose, account }) {
        const now = clock.now();
        const kept: Kept = [checks.nonce, checks.verifier, account && hashOf(account.passwordHash)];
        const secrets = vault.seal(PURPOSE, id, Buffer.from(JSON.stringify(kept), 'utf8'));
        const expiresAt = now + ATTEMPT_MS;
        await dropAttempts(tx, now);
        await insertAttempt(tx, {
          ...{ id, binding: hashOf(binding), purpose, secrets, accountId: account?.id ?? null, expiresAt },
          idToken: null,
        });
      },
    };
  };

  const beginSignOut = () => {
    const [state, binding] = [secret(), secret()];
    const row = { purpose: 'sign-out', secrets: null, accountId: null, idToken: null } as const;
    const keep = async (tx: Tx): Promise<void> => {
      await dropAttempts(tx, clock.now());
      const expiresAt = clock.now() + ATTEMPT_MS;
      await insertAttempt(tx, { ...row, id: hashOf(state), binding: hashOf(binding), expiresAt });
    };
    return { state, binding, keep };
  };

  const opened = (attempt: OidcAttempt): Kept =>
    JSON.parse(Buffer.from(vault.open(PURPOSE, attempt.id, attempt.secrets!)).toString('utf8')) as Kept;

  /** The attempt that this browser began for one of these; used up by this, whatever comes of it. */
  const take = async (
    state: string | undefined,
    binding: string | undefined,
    purposes: readonly AttemptPurpose[],
  ): Promise<OidcAttempt> => {
    const id = hashOf(state ?? '');
    const row = await findAttempt(db, id);
    const isOwn = row && binding !== undefined && row.binding === hashOf(binding) && purposes.includes(row.purpose);
    if (!isOwn || clock.now() >= row.expiresAt || !(await inTransaction(db, (tx) => takeAttempt(tx, id))))
      throw new Problem('oidc.attempt-unknown');
    return row;
  };

  const turnAway = (call: Call, problem: Problem, fault: string): Promise<never> =>
    command<never>(call, {}, async (tx): Promise<RecordedRefusal> => {
      await audit.append(tx, call, { type: 'session.refused', payload: { via: 'oidc', fault } });
      return refuseAndRecord(problem);
    });

  const ask = async (call: Call, query: string, state: string, attempt: OidcAttempt): Promise<Vouched> => {
    const [nonce, verifier] = opened(attempt);
    try {
      return await connected().provider.redeem(query, { state, nonce, verifier });
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'oidc.unreachable') throw error;
      return turnAway(call, error, error.code);
    }
  };

  /** A one-time password must not be turned into a lasting way in, nor a link begun before its account was closed. */
  function requireOwn(account: Account | undefined): asserts account is Account {
    if (!account || account.disabled) throw new Problem('sign-in.required');
    if (account.mustChangePassword) throw new Problem('sign-in.password-change-required');
  }

  const link = async (
    tx: Tx,
    call: Call,
    accountId: string,
    subject: string,
  ): Promise<{ linked: true } | RecordedRefusal> => {
    const id = linkIdOf(subject);
    if ((await findLink(tx, id)) || (await findLinkOf(tx, accountId))) throw new Problem('oidc.linked-elsewhere');
    const linkedBy = call.actor.accountId;
    await insertLink(tx, { id, accountId, linkedAt: clock.now(), linkedBy });
    await audit.append(tx, call, { type: 'account.oidc-linked', payload: { account: accountId, by: linkedBy } });
    return { linked: true };
  };

  const admitted = async (
    tx: Tx,
    call: Call,
    account: Account,
    session: NewSession,
    by: { factor: Parameters<Sessions['admit']>[3]['factor']; token: string | null },
  ): Promise<SessionView> => {
    const idToken = by.token === null ? null : tokens.sealed(hashedSessionId(session.sid), by.token);
    return sessions.admit(tx, call, account, { session, via: 'oidc', factor: by.factor, idToken, now: clock.now() });
  };

  /** The account behind the provider's person, and whether the own second factor is still to be asked for. */
  const signIn = (call: Call, vouched: Vouched, session: NewSession, binding: string): Promise<Returned> =>
    command(call, {}, async (tx): Promise<Returned | RecordedRefusal> => {
      const known = await findLink(tx, linkIdOf(vouched.subject));
      const account = known && (await findAccount(tx, known.accountId));
      if (!account || account.disabled) {
        const fault = account ? 'disabled' : 'not-linked';
        await audit.append(tx, call, {
          type: 'session.refused',
          payload: { via: 'oidc', fault, account: account?.id ?? null },
        });
        return refuseAndRecord(new Problem(account ? 'sign-in.refused' : 'oidc.not-linked'));
      }
      if (account.totpSecret !== null && !vouched.manyFactors) {
        const id = hashOf(binding);
        const expiresAt = clock.now() + ATTEMPT_MS;
        await insertAttempt(tx, {
          id,
          binding: id,
          purpose: 'second-factor',
          secrets: null,
          accountId: account.id,
          expiresAt,
          idToken: tokens.sealed(id, vouched.idToken),
        });
        await audit.append(tx, call, { type: 'session.second-factor-awaited', payload: { account: account.id } });
        return { awaiting: 'second-factor', binding };
      }
      const factor = { by: vouched.manyFactors ? 'provider' : 'off' } as const;
      const signedIn = await admitted(tx, call, account, session, { factor, token: vouched.idToken });
      return { signedIn, sid: session.sid };
    });

  const secondFactor = async (
    call: Call,
    code: string,
    binding: string | undefined,
    session: NewSession,
  ): Promise<SessionView> => {
    const id = hashOf(binding ?? '');
    return command(call, {}, async (tx): Promise<SessionView | RecordedRefusal> => {
      const now = clock.now();
      const row = await findAttempt(tx, id);
      const account = row?.accountId ? await findAccount(tx, row.accountId) : undefined;
      if (!row || row.purpose !== 'second-factor' || now >= row.expiresAt || !account) {
        throw new Problem('oidc.attempt-unknown');
      }
      const { username } = account;
      await brakes.check(tx, username, now);
      if (account.disabled) return sessions.refused(tx, call, { username, account, fault: 'disabled', now });
      const factor = await sessions.second(tx, account, code, now);
      if (!factor) return sessions.refused(tx, call, { username, account, fault: 'totp', now });
      if (!(await takeAttempt(tx, id))) throw new SubjectsChanged();
      return admitted(tx, call, account, session, { factor, token: tokens.opened(id, row.idToken) });
    });
  };

  const unlink = (call: Call, accountId: string, endingSessions: boolean): Promise<void> =>
    command(call, {}, async (tx) => {
      if (!(await findAccount(tx, accountId)))
        throw new Problem('request.not-found', { id: accountId, what: say('账号', 'account') });
      if (!(await deleteLinkOf(tx, accountId))) throw new Problem('oidc.no-link');
      if (endingSessions) await endSessions(tx, accountId);
      const payload = { account: accountId, by: call.actor.accountId };
      await audit.append(tx, call, { type: 'account.oidc-unlinked', payload });
    });

  return {
    offered: (): { name: string | null } => ({ name: deps.connected?.settings.name ?? null }),
    async start(): Promise<{ url: string; binding: string }> {
      const { url, binding, keep } = await begin();
      await inTransaction(db, (tx) => keep(tx, { purpose: 'sign-in', account: null }));
      return { url, binding };
    },
    /** A link is a lasting way in: nobody makes one on a session that he came upon. */
    async startLink(call: Call, confirmation: Confirmation): Promise<{ url: string; binding: string }> {
      requireOwn(await findAccount(db, call.actor.accountId!));
      const { url, binding, keep } = await begin();
      return sessions.confirmed(call, confirmation, 'account.oidc-link-refused', async (tx, account) => {
        await keep(tx, { purpose: 'link', account });
        await audit.append(tx, call, { type: 'account.oidc-link-begun', payload: { account: account.id } });
        return { url, binding };
      });
    },
    /** `query` as the browser brought it; `binding` from its cookie. */
    async finish(
      call: Call,
      came: { query: string; state: string | undefined; binding: string | undefined },
      session: NewSession,
    ): Promise<Returned> {
      connected();
      const attempt = await take(came.state, came.binding, ['sign-in', 'link']);
      const vouched = await ask(call, came.query, came.state!, attempt);
      if (attempt.purpose !== 'link') return signIn(call, vouched, session, secret());
      const by: Call = { ...call, actor: holder(attempt.accountId!) };
      return command(by, {}, async (tx) => {
        const account = await findAccount(tx, attempt.accountId!);
        requireOwn(account);
        // Whoever began it knew a password that is no longer this account's.
        if (hashOf(account.passwordHash) !== opened(attempt)[2]) throw new Problem('oidc.attempt-unknown');
        return link(tx, by, attempt.accountId!, vouched.subject);
      });
    },
    secondFactor,
    signOut: createLeaving({ ...deps, tokens, provider: deps.connected?.provider, begin: beginSignOut }),
    /** The provider has sent the browser back that set out to sign out. */
    async signedOut(state: string | undefined, binding: string | undefined): Promise<void> {
      await take(state, binding, ['sign-out']);
    },
    unlinkOwn: (call: Call) => unlink(call, call.actor.accountId!, false),
    async linkByAdministrator(call: Call, accountId: string, subject: string): Promise<void> {
      connected();
      if (call.actor.accountId === accountId) throw new Problem('account.not-yourself');
      await command(call, {}, async (tx) => {
        if (!(await findAccount(tx, accountId)))
          throw new Problem('request.not-found', { id: accountId, what: say('账号', 'account') });
        return link(tx, call, accountId, subject);
      });
    },
    async unlinkByAdministrator(call: Call, accountId: string): Promise<void> {
      if (call.actor.accountId === accountId) throw new Problem('account.not-yourself');
      await unlink(call, accountId, true);
    },
  };
}

export type Oidc = ReturnType<typeof createOidc>;
