import { anonymous, systemCall, type Actor, type Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDateOf } from '../../../kernel/pure/time';
import { Problem } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { mayRole } from '../permissions';
import { insertPost } from '../posts/posts.store';
import { lastSecurityAdminGuard, requireAnotherSecurityAdmin } from '../posts/security-admins';
import type { Brakes } from '../sessions/brakes';
import { deleteLinkOf } from '../oidc/oidc.store';
import { replaceCodes } from '../recovery/recovery.store';
import { endSessions } from '../sessions/sessions.store';
import { isGood } from '../sign-in-policy/sign-in-policy.rules';
import { findSignInPolicy } from '../sign-in-policy/sign-in-policy.store';
import type { AccountView, NewAccount, OneTime } from './accounts.contract';
import {
  accountsPage,
  changeAccount,
  countAccounts,
  findAccount,
  findAccountByUsername,
  insertAccount,
  Account,
} from './accounts.store';
import type { PasswordHashing } from './hashing';
import { givePassword, type GivenPassword } from './one-time';

export interface AccountsDeps {
  db: Db;
  command: Command;
  audit: Audit;
  hashing: PasswordHashing;
  brakes: Brakes;
}

/** An account without a post, as the log names it. */
export const holder = (accountId: string): Actor => ({ ...anonymous, accountId, role: 'account', via: 'session' });

const textOf = (at: number | null): string | null => (at === null ? null : instantText(instant(at)));

function present(account: Account, actor: Actor): AccountView {
  const other = account.id !== actor.accountId;
  const may: AccountView['may'] = [];
  if (other && mayRole(actor.role, 'account.disable')) may.push(account.disabled ? 'enable' : 'disable');
  if (other && mayRole(actor.role, 'account.reset')) {
    may.push('password-reset');
    if (account.totpSecret !== null) may.push('totp-reset');
  }
  return {
    id: account.id,
    username: account.username,
    name: account.name,
    disabled: account.disabled,
    mustChangePassword: account.mustChangePassword,
    oneTimePasswordUntil: account.mustChangePassword ? textOf(account.oneTimeUntil) : null,
    totp: account.totpSecret === null ? 'off' : 'on',
    lastSignIn: textOf(account.lastSignInAt),
    createdAt: instantText(instant(account.createdAt)),
    may,
  };
}

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('账号', 'account') });

function refuseYourself(call: Call, id: string): void {
  if (call.actor.accountId === id) throw new Problem('account.not-yourself');
}

function newPerson(db: Db, id: string, username: string, name: string, { kept }: GivenPassword): Account {
  return {
    id,
    username,
    name,
    ...kept,
    disabled: false,
    totpSecret: null,
    totpPending: null,
    totpLastStep: 0,
    lastSignInAt: null,
    previousSignInAt: null,
    createdAt: db.sources.clock.now(),
  };
}

/** A one-time password for the account, good for as long as the house says. */
async function given({ db, hashing }: AccountsDeps, accountId: string): Promise<GivenPassword> {
  const { oneTimePasswordDays } = await findSignInPolicy(db);
  return givePassword(db.sources, hashing, accountId, oneTimePasswordDays);
}

const handOut = ({ id, username }: Pick<Account, 'id' | 'username'>, { oneTimePassword, kept }: GivenPassword) => ({
  id,
  username,
  oneTimePassword,
  oneTimePasswordUntil: textOf(kept.oneTimeUntil)!,
});

const createAccount =
  (deps: AccountsDeps) =>
  async (call: Call, { username, name }: NewAccount): Promise<OneTime> => {
    const { db, command, audit } = deps;
    const id = db.sources.ids.timed();
    const first = await given(deps, id);
    const account = newPerson(db, id, username, name, first);
    return command(call, {}, async (tx) => {
      if (await findAccountByUsername(tx, username)) throw new Problem('account.username-taken', { username });
      await insertAccount(tx, account);
      await audit.append(tx, call, { type: 'account.created', payload: { account: account.id, username } });
      return handOut(account, first);
    });
  };

/** What the first start shows, once. */
export interface FirstAccount {
  username: string;
  oneTimePassword: string;
  oneTimePasswordUntil: string;
}

/**
 * Nobody has an own password yet and the first one has run out: there is no administrator to ask, so a start gives
 * another. Nothing could be done with the old one but to change it.
 */
async function renewFirst(deps: AccountsDeps): Promise<FirstAccount | undefined> {
  const { db, command, audit } = deps;
  const [only, ...others] = await db.m.find(Account, { take: 2 });
  if (!only || others.length > 0 || !only.mustChangePassword) return undefined;
  if (isGood(only.oneTimeUntil, db.sources.clock.now())) return undefined;
  const next = await given(deps, only.id);
  const call = systemCall(db.sources.ids.timed());
  const unchanged = { id: only.id, passwordHash: only.passwordHash, mustChangePassword: true };
  return command(call, {}, async (tx) => {
    if (!(await changeAccount(tx, unchanged, next.kept))) throw new Problem('request.conflict');
    await audit.append(tx, call, { type: 'account.password-reset', payload: { account: only.id, unlinked: false } });
    const { username, oneTimePassword, oneTimePasswordUntil } = handOut(only, next);
    return { username, oneTimePassword, oneTimePasswordUntil };
  });
}

/**
 * On an empty table: one security administrator named `admin` with a random one-time password, which is returned and
 * kept nowhere. Undefined when there are accounts already, also when another process is just making this one.
 */
const ensureFirstAccount = (deps: AccountsDeps) => async (): Promise<FirstAccount | undefined> => {
  const { db, command, audit } = deps;
  if ((await countAccounts(db)) > 0) return renewFirst(deps);
  const id = db.sources.ids.timed();
  const first = await given(deps, id);
  const account = newPerson(db, id, 'admin', '安全管理员', first);
  const call = systemCall(db.sources.ids.timed());
  const work = async (tx: Tx): Promise<boolean> => {
    if ((await countAccounts(tx)) > 0) throw new Problem('request.conflict');
    await insertAccount(tx, account);
    const from = legalDateOf(db.sources.clock.now());
    const grantedAt = db.sources.clock.now();
    const place = { authorityCode: null, authorityId: null, office: null, letterUntil: null };
    const party = { ...place, institutionId: null, organisationId: null, expertId: null };
    const post = { id: db.sources.ids.timed(), accountId: account.id, role: 'security-admin' as const, ...party };
    await insertPost(tx, { ...post, fromDay: from, toDay: null, grantedAt, endedAt: null });
    await audit.append(tx, call, {
      type: 'account.created',
      payload: { account: account.id, username: account.username },
    });
    await audit.append(tx, call, {
      type: 'post.granted',
      payload: { post: post.id, account: account.id, role: post.role, from, to: null },
    });
    return true;
  };
  try {
    await command(call, {}, work);
  } catch (error) {
    if (error instanceof Problem && error.code === 'request.conflict') return undefined;
    throw error;
  }
  const { username, oneTimePassword, oneTimePasswordUntil } = handOut(account, first);
  return { username, oneTimePassword, oneTimePasswordUntil };
};

const setDisabled =
  ({ db, command, audit }: AccountsDeps) =>
  async (call: Call, id: string, disabled: boolean): Promise<AccountView> => {
    if (disabled) refuseYourself(call, id);
    return command(call, { subjects: () => [lastSecurityAdminGuard] }, async (tx) => {
      const account = await findAccount(tx, id);
      if (!account) throw notFound(id);
      if (disabled) await requireAnotherSecurityAdmin(tx, id, legalDateOf(db.sources.clock.now()));
      await changeAccount(tx, { id }, { disabled });
      if (disabled) await endSessions(tx, id);
      const type = disabled ? 'account.disabled' : 'account.enabled';
      await audit.append(tx, call, { type, payload: { account: id } });
      return present({ ...account, disabled }, call.actor);
    });
  };

const resetPassword =
  (deps: AccountsDeps) =>
  async (call: Call, id: string): Promise<OneTime> => {
    const { command, audit, brakes } = deps;
    refuseYourself(call, id);
    const next = await given(deps, id);
    return command(call, {}, async (tx) => {
      const account = await findAccount(tx, id);
      if (!account) throw notFound(id);
      await changeAccount(tx, { id }, next.kept);
      // Whoever had the account in hand may have linked it: a reset leaves one way in only.
      const unlinked = await deleteLinkOf(tx, id);
      await endSessions(tx, id);
      await brakes.release(tx, account.username);
      await audit.append(tx, call, { type: 'account.password-reset', payload: { account: id, unlinked } });
      return handOut(account, next);
    });
  };

const resetTotp =
  ({ command, audit }: AccountsDeps) =>
  async (call: Call, id: string): Promise<AccountView> => {
    refuseYourself(call, id);
    return command(call, {}, async (tx) => {
      const account = await findAccount(tx, id);
      if (!account) throw notFound(id);
      const off = { totpSecret: null, totpPending: null, totpLastStep: 0 };
      await changeAccount(tx, { id }, off);
      await replaceCodes(tx, id, []);
      await endSessions(tx, id);
      await audit.append(tx, call, { type: 'account.totp-reset', payload: { account: id } });
      return present({ ...account, ...off }, call.actor);
    });
  };

const endAllSessions =
  ({ command, audit }: AccountsDeps) =>
  async (call: Call, id: string): Promise<{ ended: number }> => {
    refuseYourself(call, id);
    return command(call, {}, async (tx) => {
      if (!(await findAccount(tx, id))) throw notFound(id);
      const ended = await endSessions(tx, id);
      await audit.append(tx, call, { type: 'account.sessions-ended', payload: { account: id, ended } });
      return { ended };
    });
  };

/** Accounts: one for each person. */
export const createAccounts = (deps: AccountsDeps) => ({
  create: createAccount(deps),
  ensureFirstAccount: ensureFirstAccount(deps),
  setDisabled: setDisabled(deps),
  resetPassword: resetPassword(deps),
  resetTotp: resetTotp(deps),
  endAllSessions: endAllSessions(deps),
  async read(call: Call, id: string): Promise<AccountView> {
    const account = await findAccount(deps.db, id);
    if (!account) throw notFound(id);
    return present(account, call.actor);
  },
  list: async (call: Call, request: PageRequest & { q?: string }): Promise<Page<AccountView>> =>
    mapPage(await accountsPage(deps.db, request), (a) => present(a, call.actor)),
});

export type Accounts = ReturnType<typeof createAccounts>;
