import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { mapPageAsync, type Page, type PageRequest } from '../../../kernel/http/page';
import { Problem, unwrap } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { findAccount } from '../accounts/accounts.store';
import type { Scope } from '../authorities/scope.service';
import { isAuthorised } from '../letters/letters.rules';
import { findRequiredFrom } from '../letters/letters.store';
import type { OwnPost } from '../posts/posts.contract';
import { presentOwn } from '../posts/posts.service';
import { findPost, findPostsOf, heldOf, type Post } from '../posts/posts.store';
import { accountGuard } from '../posts/security-admins';
import type { DeputyshipView, NewDeputyship } from './deputies.contract';
import { judgeAppointment, mayArrange, mayDeputise, type RepresentedPost } from './deputies.rules';
import {
  deputyshipsPage,
  findDeputyship,
  insertDeputyship,
  revokeDeputyship,
  standingDeputyships,
  type Deputyship,
} from './deputies.store';

export interface DeputiesDeps {
  db: Db;
  command: Command;
  audit: Audit;
  scope: Scope;
}

/** A post that one may act for today, in the name of its holder. */
export interface Representation {
  deputyship: Deputyship;
  post: Post;
  /** 被代办人. */
  holderName: string;
}

const representedOf = (post: Post): RepresentedPost => ({ ...heldOf(post), accountId: post.accountId });

/** What the person may act for on the day: asked anew with every request, so that it ends by itself. */
export async function representationsOf(on: Reads, accountId: string, day: LegalDate): Promise<Representation[]> {
  const standing = await standingDeputyships(on, accountId);
  if (standing.length === 0) return [];
  const requiredFrom = await findRequiredFrom(on);
  // Whoever may not work in his own post is nobody's deputy either.
  const own = (await findPostsOf(on, accountId)).filter((p) => isAuthorised(p, requiredFrom, day));
  const deputyPosts = own.map(heldOf);
  const found: Representation[] = [];
  for (const deputyship of standing) {
    const post = await findPost(on, deputyship.postId);
    const holder = await findAccount(on, deputyship.holderAccountId);
    if (!post || !holder || holder.disabled || !isAuthorised(post, requiredFrom, day)) continue;
    const days = { from: deputyship.fromDay, to: deputyship.toDay, revokedAt: deputyship.revokedAt };
    if (!mayDeputise(days, representedOf(post), deputyPosts, day)) continue;
    found.push({ deputyship, post, holderName: holder.name });
  }
  return found;
}

/** The deputyship as a post that one may choose. */
export function presentRepresentation({ deputyship, post, holderName }: Representation, today: LegalDate): OwnPost {
  const { id, fromDay, toDay, postId, holderAccountId } = deputyship;
  const of = { postId, accountId: holderAccountId, name: holderName };
  return { ...presentOwn(post, today), id, from: fromDay, to: toDay, deputyship: of };
}

/** Persons appoint and sign by themselves; a program does neither. */
export function requirePerson(actor: Actor): string {
  if (actor.via !== 'session' || actor.accountId === null) throw new Problem('sign-in.session-only');
  return actor.accountId;
}

/** Deputies: appointed for a named post and named days, revocable at once. */
export function createDeputies({ db, command, audit, scope }: DeputiesDeps) {
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  async function arranges(on: Reads, actor: Actor, post: Post): Promise<boolean> {
    const isInScope = post.authorityId !== null && (await scope.includes(on, actor, post.authorityId));
    const { accountId, role, deputy } = actor;
    return mayArrange({ accountId, role, isDeputy: deputy !== undefined }, { accountId: post.accountId, isInScope });
  }

  async function present(on: Reads, d: Deputyship, actor: Actor): Promise<DeputyshipView> {
    const post = (await findPost(on, d.postId))!;
    const named = async (accountId: string) => ({ accountId, name: (await findAccount(on, accountId))?.name ?? '' });
    const isOpen = d.revokedAt === null && d.toDay >= today();
    return {
      id: d.id,
      postId: d.postId,
      role: post.role,
      office: post.office,
      holder: await named(d.holderAccountId),
      deputy: await named(d.deputyAccountId),
      from: d.fromDay,
      to: d.toDay,
      reason: d.reason,
      appointedBy: d.appointedBy,
      revoked: d.revokedAt !== null,
      may: isOpen && (await arranges(on, actor, post)) ? ['revoke'] : [],
    };
  }

  async function appoint(call: Call, body: NewDeputyship): Promise<DeputyshipView> {
    const appointer = requirePerson(call.actor);
    const seen = await findPost(db, body.postId);
    if (!seen) throw new Problem('request.not-found', { id: body.postId, what: say('岗位', 'post') });
    const guards = [accountGuard(seen.accountId), accountGuard(body.deputyAccountId)];
    return command(call, { subjects: () => guards }, async (tx) => {
      const post = (await findPost(tx, body.postId))!;
      if (!(await arranges(tx, call.actor, post))) throw new Problem('deputyship.not-yours');
      const deputy = await findAccount(tx, body.deputyAccountId);
      if (!deputy || deputy.disabled)
        throw new Problem('request.not-found', { id: body.deputyAccountId, what: say('账号', 'account') });
      const requiredFrom = await findRequiredFrom(tx);
      const own = (await findPostsOf(tx, deputy.id)).filter((p) => isAuthorised(p, requiredFrom, today()));
      const same = (await standingDeputyships(tx, deputy.id)).filter((d) => d.postId === post.id);
      const { from, to, reason } = body;
      const appointment = {
        post: representedOf(post),
        deputyAccountId: deputy.id,
        deputyPosts: own.map(heldOf),
        appointerAccountId: appointer,
        others: same.map((d) => ({ from: d.fromDay, to: d.toDay })),
        from,
        to,
        today: today(),
      };
      unwrap(judgeAppointment(appointment));
      const days = { fromDay: from, toDay: to };
      const made = { appointedBy: appointer, appointedAt: clock.now(), revokedAt: null, revokedBy: null };
      const sides = { postId: post.id, holderAccountId: post.accountId, deputyAccountId: deputy.id };
      const row: Deputyship = { id: ids.timed(), ...sides, ...days, reason, ...made };
      await insertDeputyship(tx, row);
      const payload = { deputyship: row.id, post: post.id, for: post.accountId, by: deputy.id, from, to, reason };
      await audit.append(tx, call, { type: 'deputyship.appointed', payload });
      return present(tx, row, call.actor);
    });
  }

  async function revoke(call: Call, id: string): Promise<DeputyshipView> {
    requirePerson(call.actor);
    return command(call, {}, async (tx) => {
      const d = await findDeputyship(tx, id);
      if (!d) throw new Problem('request.not-found', { id, what: say('代办', 'deputyship') });
      if (!(await arranges(tx, call.actor, (await findPost(tx, d.postId))!))) throw new Problem('deputyship.not-yours');
      const now = clock.now();
      if (!(await revokeDeputyship(tx, id, now, call.actor.accountId))) throw new Problem('deputyship.revoked-already');
      const payload = { deputyship: id, post: d.postId, for: d.holderAccountId, by: d.deputyAccountId };
      await audit.append(tx, call, { type: 'deputyship.revoked', payload });
      return present(tx, { ...d, revokedAt: now }, call.actor);
    });
  }

  async function list(call: Call, request: PageRequest & { postId?: string }): Promise<Page<DeputyshipView>> {
    const accountId = requirePerson(call.actor);
    const { postId } = request;
    if (postId !== undefined) {
      const post = await findPost(db, postId);
      if (!post) throw new Problem('request.not-found', { id: postId, what: say('岗位', 'post') });
      if (!(await arranges(db, call.actor, post))) throw new Problem('deputyship.not-yours');
    }
    const page = await deputyshipsPage(db, postId === undefined ? { accountId } : { postId }, request);
    return mapPageAsync(page, (d) => present(db, d, call.actor));
  }

  return { appoint, revoke, list };
}

export type Deputies = ReturnType<typeof createDeputies>;
