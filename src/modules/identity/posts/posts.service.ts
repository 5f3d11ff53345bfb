import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { mapPage, type Page, type PageRequest } from '../../../kernel/http/page';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import { Problem, unwrap } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { findAccount } from '../accounts/accounts.store';
import type { Authorities } from '../authorities/authorities.service';
import { mayRole } from '../permissions';
import { endSessions } from '../sessions/sessions.store';
import type { NewPost, OwnPost, PostView } from './posts.contract';
import { isActive, judgeEnd, judgeGrant, judgePost, partyFieldOf, type PartyField } from './posts.rules';
import { closePost, findPost, findPostsOf, heldOf, insertPost, postsPage, type Post } from './posts.store';
import { accountGuard, lastSecurityAdminGuard, requireSuccessor } from './security-admins';

/** Who can be acted for; supplied by the modules that keep these registers. */
export interface Parties {
  institution(id: string): Promise<boolean>;
  organisation(id: string): Promise<boolean>;
  expert(id: string): Promise<boolean>;
}

export interface PostsDeps {
  db: Db;
  command: Command;
  audit: Audit;
  authorities: Authorities;
  parties: Parties;
}

export const presentOwn = (p: Post): OwnPost => ({
  id: p.id,
  role: p.role,
  authority: p.authorityCode,
  institutionId: p.institutionId,
  organisationId: p.organisationId,
  expertId: p.expertId,
  from: p.fromDay,
  to: p.toDay,
});

const present = (p: Post, actor: Actor, today: LegalDate): PostView => ({
  ...presentOwn(p),
  accountId: p.accountId,
  may: mayRole(actor.role, 'post.end') && (p.toDay === null || p.toDay >= today) ? ['end'] : [],
});

async function requireParty(parties: Parties, field: PartyField, id: string): Promise<void> {
  const known = { institutionId: parties.institution, organisationId: parties.organisation, expertId: parties.expert };
  if (!(await known[field](id))) throw new Problem('post.party-unknown', { field, id });
}

const grantPost =
  ({ db, command, audit, authorities, parties }: PostsDeps) =>
  async (call: Call, wanted: NewPost, keepSession?: string): Promise<PostView> => {
    const { accountId, role, institutionId = null, organisationId = null, expertId = null } = wanted;
    const party = { institutionId, organisationId, expertId };
    const period = { from: wanted.from, to: wanted.to };
    unwrap(judgePost({ role, ...party, ...period }));
    const field = partyFieldOf(role);
    if (field) await requireParty(parties, field, party[field]!);
    return command(call, { subjects: () => [accountGuard(accountId)] }, async (tx) => {
      const authorityCode = field ? null : (await authorities.requireAuthority(tx)).code;
      if (!(await findAccount(tx, accountId))) throw new Problem('request.not-found', { id: accountId, what: '账号' });
      const held = (await findPostsOf(tx, accountId)).map(heldOf);
      unwrap(judgeGrant({ role, ...party, ...period }, held));
      const now = db.sources.clock.now();
      const days = { fromDay: period.from, toDay: period.to, grantedAt: now, endedAt: null };
      const post: Post = { id: db.sources.ids.timed(), accountId, role, authorityCode, ...party, ...days };
      await insertPost(tx, post);
      await endSessions(tx, accountId, keepSession);
      const payload = { post: post.id, account: accountId, role, authority: authorityCode, ...party, ...period };
      await audit.append(tx, call, { type: 'post.granted', payload });
      return present(post, call.actor, legalDateOf(now));
    });
  };

const endPost =
  ({ db, command, audit }: PostsDeps) =>
  async (call: Call, id: string, lastDay: LegalDate, keepSession?: string): Promise<PostView> => {
    const seen = await findPost(db, id);
    if (!seen) throw new Problem('request.not-found', { id, what: '岗位' });
    const admins = seen.role === 'security-admin' ? [lastSecurityAdminGuard] : [];
    return command(call, { subjects: () => [accountGuard(seen.accountId), ...admins] }, async (tx) => {
      const post = (await findPost(tx, id))!;
      unwrap(judgeEnd(heldOf(post), lastDay));
      if (post.role === 'security-admin') await requireSuccessor(tx, post, lastDay);
      const now = db.sources.clock.now();
      if (!(await closePost(tx, post, lastDay, now))) throw new Problem('request.conflict');
      await endSessions(tx, post.accountId, keepSession);
      const payload = { post: id, account: post.accountId, role: post.role, lastDay };
      await audit.append(tx, call, { type: 'post.ended', payload });
      return present({ ...post, toDay: lastDay, endedAt: now }, call.actor, legalDateOf(now));
    });
  };

/** Posts: roles with a first and a last day. Granting and ending one ends the person's other sessions. */
export const createPosts = (deps: PostsDeps) => ({
  grant: grantPost(deps),
  end: endPost(deps),
  async list(call: Call, request: PageRequest & { accountId?: string }): Promise<Page<PostView>> {
    const today = legalDateOf(deps.db.sources.clock.now());
    return mapPage(await postsPage(deps.db, request), (p) => present(p, call.actor, today));
  },
});

/** The account's posts that hold on the day. */
export const activePosts = async (from: Reads, accountId: string, on: LegalDate): Promise<Post[]> =>
  (await findPostsOf(from, accountId)).filter((p) => isActive(heldOf(p), on));

export type Posts = ReturnType<typeof createPosts>;
