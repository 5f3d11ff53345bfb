import type { Actor, Call } from '../../../kernel/call';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { mapPage, type Page } from '../../../kernel/http/page';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import { Problem, unwrap } from '../../../kernel/problem';
import { findAccount, findAccounts, findDisabled } from '../accounts/accounts.store';
import type { Authorities } from '../authorities/authorities.service';
import { treeGuard } from '../authorities/tree.service';
import { earlier, isAuthorised, isExpiring, judgeFirstLetter, letterEnds, needsLetter } from '../letters/letters.rules';
import { recordLetter, type LettersDeps } from '../letters/letters.service';
import { findRequiredFrom } from '../letters/letters.store';
import { mayRole } from '../permissions';
import { endSessions } from '../sessions/sessions.store';
import type { NewPost, OwnPost, PostView } from './posts.contract';
import { isActive, judgeEnd, judgeGrant, judgePost, partyFieldOf, type PartyField } from './posts.rules';
import {
  changePost,
  findPost,
  findPostsOf,
  heldOf,
  insertPost,
  postsPage,
  type Post,
  type PostsRequest,
} from './posts.store';
import { accountGuard, lastSecurityAdminGuard, requireSuccessor } from './security-admins';

/** Who can be acted for; supplied by the modules that keep these registers. */
export interface Parties {
  institution(id: string): Promise<boolean>;
  organisation(id: string): Promise<boolean>;
  expert(id: string): Promise<boolean>;
}

export interface PostsDeps extends LettersDeps {
  authorities: Authorities;
  parties: Parties;
}

const shownLetterOf = ({ letterUntil }: Post, today: LegalDate): OwnPost['letter'] =>
  letterUntil === null ? null : { lastDay: letterUntil, expiring: isExpiring(letterUntil, today) };

const shownPost = (p: Post, today: LegalDate): Omit<OwnPost, 'deputyship'> => ({
  id: p.id,
  role: p.role,
  authority: p.authorityCode,
  authorityId: p.authorityId,
  office: p.office,
  institutionId: p.institutionId,
  organisationId: p.organisationId,
  expertId: p.expertId,
  from: p.fromDay,
  to: heldOf(p).to,
  letter: shownLetterOf(p, today),
});

/** A post as its holder's session shows it. */
export const presentOwn = (p: Post, today: LegalDate): OwnPost => ({ ...shownPost(p, today), deputyship: null });

function present(p: Post, holder: string, actor: Actor, today: LegalDate): PostView {
  const { to } = heldOf(p);
  const isOpen = to === null || to >= today;
  const may: PostView['may'] = [];
  if (isOpen && mayRole(actor.role, 'post.end')) may.push('end');
  if (isOpen && needsLetter(p.role) && mayRole(actor.role, 'post.renew')) may.push('renew');
  return { ...shownPost(p, today), accountId: p.accountId, holder, may };
}

/** The names of those who hold the posts, by account. */
export async function namesOfHolders(on: Reads, posts: readonly Post[]): Promise<Map<string, string>> {
  const accounts = await findAccounts(on, [...new Set(posts.map((p) => p.accountId))]);
  return new Map(accounts.map((a) => [a.id, a.name]));
}

async function requireParty(parties: Parties, field: PartyField, id: string): Promise<void> {
  const known = { institutionId: parties.institution, organisationId: parties.organisation, expertId: parties.expert };
  if (!(await known[field](id))) throw new Problem('post.party-unknown', { field, id });
}

/** The authority a post belongs to: the one named, or the installation's; none where it works for a party. */
async function authorityOf({ authorities }: PostsDeps, tx: Tx, wanted: NewPost) {
  if (partyFieldOf(wanted.role)) {
    if (wanted.authorityId !== undefined || wanted.office !== undefined) {
      throw new Problem('post.party-mismatch', { role: wanted.role, expected: partyFieldOf(wanted.role)! });
    }
    return { authorityCode: null, authorityId: null, office: null };
  }
  const named = wanted.authorityId;
  const own = named === undefined ? await authorities.requireAuthority(tx) : await authorities.loadAuthority(tx, named);
  return { authorityCode: own.code, authorityId: own.id, office: wanted.office ?? null };
}

const grantPost =
  (deps: PostsDeps) =>
  async (call: Call, wanted: NewPost, keepSession?: string): Promise<PostView> => {
    const { db, command, audit, parties } = deps;
    const { accountId, role, letter, institutionId = null, organisationId = null, expertId = null } = wanted;
    const party = { institutionId, organisationId, expertId };
    const period = { from: wanted.from, to: wanted.to };
    const field = partyFieldOf(role);
    unwrap(judgePost({ role, ...party, ...period, authorityId: null }));
    if (field) await requireParty(parties, field, party[field]!);
    // An authority that ends meanwhile meets the new post at the tree's guard.
    const guards = [accountGuard(accountId), ...(field ? [] : [treeGuard])];
    return command(call, { subjects: () => guards }, async (tx) => {
      const place = await authorityOf(deps, tx, wanted);
      const account = await findAccount(tx, accountId);
      if (!account) throw new Problem('request.not-found', { id: accountId, what: say('账号', 'account') });
      const now = db.sources.clock.now();
      const today = legalDateOf(now);
      unwrap(judgeFirstLetter({ role, from: period.from }, letter, await findRequiredFrom(tx), today));
      const letterUntil = letter?.lastDay ?? null;
      const held = (await findPostsOf(tx, accountId)).map(heldOf);
      const { authorityId } = place;
      unwrap(judgeGrant({ role, ...party, authorityId, from: period.from, to: earlier(period.to, letterUntil) }, held));
      const days = { fromDay: period.from, toDay: period.to, letterUntil, grantedAt: now, endedAt: null };
      const post: Post = { id: db.sources.ids.timed(), accountId, role, ...place, ...party, ...days };
      await insertPost(tx, post);
      await endSessions(tx, accountId, keepSession);
      const office = place.office === null ? {} : { office: place.office };
      const payload = { post: post.id, account: accountId, role, authority: place.authorityCode, authorityId };
      await audit.append(tx, call, { type: 'post.granted', payload: { ...payload, ...office, ...party, ...period } });
      if (letter) await recordLetter(deps, tx, call, post, letter);
      return present(post, account.name, call.actor, today);
    });
  };

const endPost =
  ({ db, command, audit, letterExpiry }: PostsDeps) =>
  async (call: Call, id: string, lastDay: LegalDate, keepSession?: string): Promise<PostView> => {
    const seen = await findPost(db, id);
    if (!seen) throw new Problem('request.not-found', { id, what: say('岗位', 'post') });
    const admins = seen.role === 'security-admin' ? [lastSecurityAdminGuard] : [];
    return command(call, { subjects: () => [accountGuard(seen.accountId), ...admins] }, async (tx) => {
      const post = (await findPost(tx, id))!;
      unwrap(judgeEnd(heldOf(post), lastDay));
      if (post.role === 'security-admin') await requireSuccessor(tx, post, lastDay);
      const now = db.sources.clock.now();
      if (!(await changePost(tx, post, { toDay: lastDay, endedAt: now }))) throw new Problem('request.conflict');
      await endSessions(tx, post.accountId, keepSession);
      await letterExpiry(tx, post, letterEnds(lastDay, post.letterUntil));
      const payload = { post: id, account: post.accountId, role: post.role, lastDay };
      await audit.append(tx, call, { type: 'post.ended', payload });
      const { name } = (await findAccount(tx, post.accountId))!;
      return present({ ...post, toDay: lastDay, endedAt: now }, name, call.actor, legalDateOf(now));
    });
  };

/** Posts: roles with a first and a last day. Granting and ending one ends the person's other sessions. */
export const createPosts = (deps: PostsDeps) => ({
  grant: grantPost(deps),
  end: endPost(deps),
  async list(call: Call, request: PostsRequest): Promise<Page<PostView>> {
    const today = legalDateOf(deps.db.sources.clock.now());
    const page = await postsPage(deps.db, request, today);
    const names = await namesOfHolders(deps.db, page.items);
    return mapPage(page, (p) => present(p, names.get(p.accountId)!, call.actor, today));
  },
});

/** Does the post hold on the day, with the letter that it needs? Nobody works, is told or is given work by one that does not. */
export const isInForce = (post: Post, requiredFrom: LegalDate | null, on: LegalDate): boolean =>
  isActive(heldOf(post), on) && isAuthorised(post, requiredFrom, on);

/** Of these, the posts for which nobody works on the day: not in force, or of an account that is disabled. */
export async function unmannedOf(on: Reads, posts: readonly Post[], day: LegalDate): Promise<Set<string>> {
  const requiredFrom = await findRequiredFrom(on);
  const disabled = new Set(
    await findDisabled(
      on,
      posts.map((p) => p.accountId),
    ),
  );
  const idle = posts.filter((p) => !isInForce(p, requiredFrom, day) || disabled.has(p.accountId));
  return new Set(idle.map((p) => p.id));
}

/** Is there somebody on the day who does what the post holds? */
export const isManned = async (on: Reads, post: Post, day: LegalDate): Promise<boolean> =>
  !(await unmannedOf(on, [post], day)).has(post.id);

/** The account's posts that are in force on the day. */
export async function activePosts(from: Reads, accountId: string, on: LegalDate): Promise<Post[]> {
  const requiredFrom = await findRequiredFrom(from);
  return (await findPostsOf(from, accountId)).filter((p) => isInForce(p, requiredFrom, on));
}

export type Posts = ReturnType<typeof createPosts>;
