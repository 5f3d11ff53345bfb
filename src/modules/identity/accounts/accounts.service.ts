import { anonymous, systemCall, type Actor, type Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
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
import { oneTimePasswordFrom } from './accounts.rules';
import type { AccountView, NewAccount, OneTime } from './accounts.contract';
import {
  accountsPage,
  changeAccount,
  countAccounts,
  findAccount,
  findAccountByUsername,
  insertAccount,
  type Account,
} from './accounts.store';
import type { PasswordHashing } from './hashing';

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
    totp: account.totpSecret === null ? 'off' : 'on',
    lastSignIn: textOf(account.lastSignInAt),
    createdAt: instantText(instant(account.createdAt)),
    may,
  };
}

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: '账号' });

function refuseYourself(call: Call, id: string): void {
  if (call.actor.accountId === id) throw new Problem('account.not-yourself');
}

function newPerson(db: Db, username: string, name: string, passwordHash: string): Account {
  return {
    id: db.sources.ids.timed(),
    username,
    name,
    passwordHash,
    mustChangePassword: true,
    disabled: false,
    totpSecret: null,
    totpPending: null,
    totpLastStep: 0,
    lastSignInAt: null,
    previousSignInAt: null,
    createdAt: db.sources.clock.now(),
  };
}

const createAccount =
  ({ db, command, audit, hashing }: AccountsDeps) =>
  async (call: Call, { username, name }: NewAccount): Promise<OneTime> => {
    const oneTimePassword = oneTimePasswordFrom(db.sources.randomness.bytes(20));
    const account = newPerson(db, username, name, await hashing.hash(oneTimePassword));
    return command(call, {}, async (tx) => {
      if (await findAccountByUsername(tx, username)) throw new Problem('account.username-taken', { username });
      await insertAccount(tx, account);
      await audit.append(tx, call, { type: 'account.created', payload: { account: account.id, username } });
      return { id: account.id, username, oneTimePassword };
    });
  };

/**
 * On an empty table: one security administrator named `admin` with a random one-time password, which is returned and
 * kept nowhere. Undefined when there are accounts already, also when another process is just making this one.
 */
const ensureFirstAccount =
  ({ db, command, audit, hashing }: AccountsDeps) =>
  async (): Promise<{ username: string; oneTimePassword: string } | undefined> => {
    if ((await countAccounts(db)) > 0) return undefined;
    const oneTimePassword = oneTimePasswordFrom(db.sources.randomness.bytes(20));
    const account = newPerson(db, 'admin', '安全管理员', await hashing.hash(oneTimePassword));
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
    return { username: account.username, oneTimePassword };
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
  ({ db, command, audit, hashing, brakes }: AccountsDeps) =>
  async (call: Call, id: string): Promise<OneTime> => {
    refuseYourself(call, id);
    const oneTimePassword = oneTimePasswordFrom(db.sources.randomness.bytes(20));
    const passwordHash = await hashing.hash(oneTimePassword);
    return command(call, {}, async (tx) => {
      const account = await findAccount(tx, id);
      if (!account) throw notFound(id);
      await changeAccount(tx, { id }, { passwordHash, mustChangePassword: true });
      // Whoever had the account in hand may have linked it: a reset leaves one way in only.
      const unlinked = await deleteLinkOf(tx, id);
      await endSessions(tx, id);
      await brakes.release(tx, account.username);
      await audit.append(tx, call, { type: 'account.password-reset', payload: { account: id, unlinked } });
      return { id, username: account.username, oneTimePassword };
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
  list: async (call: Call, request: PageRequest): Promise<Page<AccountView>> =>
    mapPage(await accountsPage(deps.db, request), (a) => present(a, call.actor)),
});

export type Accounts = ReturnType<typeof createAccounts>;
