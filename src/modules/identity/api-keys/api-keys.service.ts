import { createHash } from 'node:crypto';
import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDateOf, type Instant } from '../../../kernel/pure/time';
import { Problem, unwrap } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { findAccount, findAccounts, type Account } from '../accounts/accounts.store';
import { mayActor } from '../permissions';
import { findRequiredFrom } from '../letters/letters.store';
import { isInForce } from '../posts/posts.service';
import { findPost, findPosts, type Post } from '../posts/posts.store';
import type { Tell } from '../telling.port';
import type { IssuedKey, IssuedKeyView, KeyView, NewKey } from './api-keys.contract';
import { apiKeyBytes, apiKeyText, judgeExpiry, judgeScopes } from './api-keys.rules';
import {
  apiKeysPage,
  findApiKey,
  findApiKeyByHash,
  insertApiKey,
  issuedKeysPage,
  revokeApiKey,
  type ApiKey,
  type IssuedKeysAsked,
} from './api-keys.store';

export interface ApiKeysDeps {
  db: Db;
  command: Command;
  audit: Audit;
  tell: Tell;
}

/** Whom a key stands for. */
export interface KeyHolder {
  account: Account;
  post: Post;
  scopes: readonly string[] | undefined;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A stolen key must not make itself more keys. */
function requireSession(actor: Actor): string {
  if (actor.via !== 'session' || actor.accountId === null) throw new Problem('sign-in.session-only');
  return actor.accountId;
}

const present = (k: ApiKey): KeyView => ({
  id: k.id,
  name: k.name,
  postId: k.postId,
  scopes: k.scopes,
  expiresOn: k.expiresOn,
  createdAt: instantText(instant(k.createdAt)),
  revoked: k.revokedAt !== null,
});

/** Keys of everybody, for whoever watches over them. */
async function presentIssued(on: Reads, actor: Actor, keys: readonly ApiKey[], now: Instant): Promise<IssuedKeyView[]> {
  const accounts = await findAccounts(
    on,
    keys.map((k) => k.accountId),
  );
  const posts = await findPosts(
    on,
    keys.map((k) => k.postId),
  );
  const [today, lettersFrom] = [legalDateOf(now), await findRequiredFrom(on)];
  const mayRevoke = mayActor(actor, 'api-key.revoke-any') && actor.via === 'session';
  return keys.map((k) => {
    const account = accounts.find((a) => a.id === k.accountId)!;
    const post = posts.find((p) => p.id === k.postId);
    const isGood = k.revokedAt === null && k.expiresOn >= today;
    return {
      ...present(k),
      account: { id: account.id, name: account.name, username: account.username },
      role: post?.role ?? null,
      usable: isGood && !account.disabled && post !== undefined && isInForce(post, lettersFrom, today),
      may: mayRevoke && isGood ? ['revoke' as const] : [],
    };
  });
}

/** Keys for programs: each stands for one post of one person, with no more rights than that. */
export function createApiKeys({ db, command, audit, tell }: ApiKeysDeps) {
  const { clock, ids, randomness } = db.sources;
  return {
    async issue(call: Call, { name, postId, scopes, expiresOn }: NewKey): Promise<IssuedKey> {
      const accountId = requireSession(call.actor);
      const today = legalDateOf(clock.now());
      unwrap(judgeExpiry(expiresOn, today));
      const bytes = randomness.bytes(32);
      return command(call, {}, async (tx) => {
        const post = await findPost(tx, postId);
        if (!post || post.accountId !== accountId || !isInForce(post, await findRequiredFrom(tx), today)) {
          throw new Problem('api-key.post-not-own', { postId });
        }
        unwrap(judgeScopes(post.role, scopes));
        const granted = scopes ? [...new Set(scopes)].sort() : null;
        const key = { id: ids.timed(), accountId, postId, name, keySha256: hashOf(bytes), scopes: granted };
        await insertApiKey(tx, { ...key, expiresOn, createdAt: clock.now(), revokedAt: null });
        const payload = { key: key.id, account: accountId, post: postId, scopes: granted, expiresOn };
        await audit.append(tx, call, { type: 'api-key.issued', payload });
        return { id: key.id, key: apiKeyText(bytes) };
      });
    },
    async list(call: Call, request: PageRequest): Promise<Page<KeyView>> {
      return mapPage(await apiKeysPage(db, requireSession(call.actor), request), present);
    },
    async revoke(call: Call, id: string): Promise<void> {
      const accountId = requireSession(call.actor);
      return command(call, {}, async (tx) => {
        const key = await findApiKey(tx, id);
        if (key?.accountId !== accountId || !(await revokeApiKey(tx, id, clock.now()))) {
          throw new Problem('request.not-found', { id, what: say('有效的接口密钥', 'valid API key') });
        }
        await audit.append(tx, call, { type: 'api-key.revoked', payload: { key: id, account: key.accountId } });
      });
    },
    async listIssued(call: Call, asked: IssuedKeysAsked): Promise<Page<IssuedKeyView>> {
      const page = await issuedKeysPage(db, asked, legalDateOf(clock.now()));
      return { ...page, items: await presentIssued(db, call.actor, page.items, clock.now()) };
    },
    /** For the administrator of security, when a key leaked or its holder left; the holder is told why. */
    async revokeIssued(call: Call, id: string, reason: string): Promise<IssuedKeyView> {
      requireSession(call.actor);
      return command(call, {}, async (tx) => {
        const key = await findApiKey(tx, id);
        if (!key || !(await revokeApiKey(tx, id, clock.now()))) {
          throw new Problem('request.not-found', { id, what: say('未作废的接口密钥', 'API key that was not revoked') });
        }
        const payload = { key: id, account: key.accountId, reason };
        await audit.append(tx, call, { type: 'api-key.revoked', payload });
        const notice = { to: { accountId: key.accountId }, params: { name: key.name, reason } };
        await tell(tx, { ...notice, kind: 'api-key.revoked', ref: `api-key:${id}` });
        return (await presentIssued(tx, call.actor, [{ ...key, revokedAt: clock.now() }], clock.now()))[0]!;
      });
    },
    /** Whom the text of a key stands for now; undefined if for nobody. The post's days are the caller's to judge. */
    async find(text: string): Promise<KeyHolder | undefined> {
      const bytes = apiKeyBytes(text);
      const key = bytes && (await findApiKeyByHash(db, hashOf(bytes)));
      if (!key || key.revokedAt !== null || key.expiresOn < legalDateOf(clock.now())) return undefined;
      const [account, post] = await Promise.all([findAccount(db, key.accountId), findPost(db, key.postId)]);
      if (!account || !post || account.disabled) return undefined;
      return { account, post, scopes: key.scopes ?? undefined };
    },
  };
}

export type ApiKeys = ReturnType<typeof createApiKeys>;
