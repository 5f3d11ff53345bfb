import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import type { Subject } from '../../../kernel/db/guards';
import { Problem } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import type { Scope } from '../authorities/scope.service';
import type { Files } from '../letters/letters.service';
import { mayRole } from '../permissions';
import { isManned } from '../posts/posts.service';
import { findPost, type Post } from '../posts/posts.store';
import type { Tell } from '../telling.port';
import { fitsWork } from '../work/work.service';
import type { WorkItem } from '../work/work.store';
import type { HandOverRow, HandOverView } from './hand-overs.contract';
import { judgeCancelling, missingSigners, type Signing, type WantedReceiver } from './hand-overs.rules';
import { itemsOf, partiesOf, type HandOver, type HandOverParty } from './hand-overs.store';
import { listOf, type PaperMaker } from './list';

// What every act on a hand-over needs, whichever file it lives in.

export interface HandOverDeps {
  db: Db;
  command: Command;
  audit: Audit;
  scope: Scope;
  files: Files;
  papers: PaperMaker;
  tell: Tell;
}

export const WHAT = say('工作交接', 'hand-over');

/** Whoever moves what one post holds meets here: of two hand-overs of one item, the second sees what the first did. */
export const giverGuard = (postId: string): Subject => ({ kind: 'record', id: `hand-overs-of-${postId}` });

export const todayOf = ({ db }: Pick<HandOverDeps, 'db'>): LegalDate => legalDateOf(db.sources.clock.now());

export async function loadPost(on: Reads, id: string): Promise<Post> {
  const post = await findPost(on, id);
  if (!post) throw new Problem('request.not-found', { id, what: say('岗位', 'post') });
  return post;
}

const isLeadOver = async (
  { scope }: Pick<HandOverDeps, 'scope'>,
  on: Reads,
  actor: Actor,
  authorityId: string | null,
) =>
  authorityId !== null && mayRole(actor.role, 'hand-over.sign-for') && (await scope.includes(on, actor, authorityId));

/** The giver, never by a deputy, or the lead in whose scope the post lies. */
export async function mayArrange(
  deps: HandOverDeps,
  on: Reads,
  actor: Actor,
  giver: { accountId: string; authorityId: string | null },
): Promise<boolean> {
  if (actor.deputy) return false;
  return actor.accountId === giver.accountId || (await isLeadOver(deps, on, actor, giver.authorityId));
}

/** Parties and the lead see it; to others it does not exist. */
export async function requireSeen(
  deps: Pick<HandOverDeps, 'scope'>,
  on: Reads,
  { actor }: Pick<Call, 'actor'>,
  h: HandOver,
  parties: readonly HandOverParty[],
): Promise<void> {
  const isParty = parties.some((p) => p.accountId === actor.accountId);
  if (isParty || (await isLeadOver(deps, on, actor, h.authorityId))) return;
  throw new Problem('request.not-found', { id: h.id, what: WHAT });
}

/** Gone: the post has ended, or the account is disabled. */
export async function isGone(deps: HandOverDeps, on: Reads, h: HandOver): Promise<boolean> {
  const post = await loadPost(on, h.giverPostId);
  return !(await isManned(on, post, todayOf(deps)));
}

export function signingOf(h: HandOver, parties: readonly HandOverParty[]): Signing {
  const [giver, ...receivers] = h.parties;
  return {
    state: h.state,
    listSha256: h.listSha256,
    giver: giver!,
    receivers,
    signed: parties.filter((p) => p.signedAt !== null).map((p) => p.postId),
  };
}

/** The receivers with what each of them may not receive. */
export async function receiversOf(
  deps: HandOverDeps,
  on: Reads,
  wanted: ReadonlyMap<string, readonly WorkItem[]>,
): Promise<{ post: Post; facts: WantedReceiver }[]> {
  const found: { post: Post; facts: WantedReceiver }[] = [];
  for (const [postId, items] of wanted) {
    const post = await loadPost(on, postId);
    const unfit: string[] = [];
    // Work of one role and place is judged once: two thousand items are of a handful of places.
    const judged = new Map<string, boolean>();
    for (const item of items) {
      const place = `${item.role}/${item.authorityId ?? ''}/${item.institutionId ?? ''}`;
      const fits = judged.get(place) ?? (await fitsWork(on, post, item));
      judged.set(place, fits);
      if (!fits) unfit.push(item.id);
    }
    const isActive = await isManned(on, post, todayOf(deps));
    found.push({ post, facts: { postId, accountId: post.accountId, isActive, unfit } });
  }
  return found;
}

const textOf = (at: number | null): string | null => (at === null ? null : instantText(instant(at)));

export async function presentRow(deps: HandOverDeps, on: Reads, call: Call, h: HandOver): Promise<HandOverRow> {
  const parties = await partiesOf(on, h.id);
  const signing = signingOf(h, parties);
  const isOpen = judgeCancelling(h.state).ok;
  const missing = missingSigners(signing);
  const { accountId, deputy } = call.actor;
  const may: HandOverRow['may'] = [];
  const isDue = parties.some((p) => p.accountId === accountId && missing.includes(p.postId));
  if (isOpen && !deputy && isDue) may.push('sign');
  const giver = { accountId: h.giverAccountId, authorityId: h.authorityId };
  const isParty = parties.some((p) => p.accountId === accountId);
  const leads = !isParty && (await isLeadOver(deps, on, call.actor, h.authorityId));
  if (isOpen && leads && missing.includes(h.giverPostId) && (await isGone(deps, on, h))) may.push('sign-for-giver');
  if (isOpen && (await mayArrange(deps, on, call.actor, giver))) may.push('cancel');
  const inOrder = h.parties.map((s) => parties.find((p) => p.postId === s.post)!);
  return {
    id: h.id,
    state: h.state,
    giverPostId: h.giverPostId,
    itemCount: h.itemCount,
    listSha256: h.listSha256,
    preparedAt: instantText(instant(h.preparedAt)),
    endedAt: textOf(h.endedAt),
    signatures: inOrder.map((p) => ({
      side: p.postId === h.giverPostId ? 'giver' : 'receiver',
      postId: p.postId,
      accountId: p.accountId,
      signedAt: textOf(p.signedAt),
      signedBy: p.signedBy,
      scanFileId: p.scanFileId,
      scanSha256: p.scanSha256,
      paper: p.paper,
    })),
    may,
  };
}

export async function presentHandOver(deps: HandOverDeps, on: Reads, call: Call, h: HandOver): Promise<HandOverView> {
  const items = await itemsOf(on, h.id);
  const outcomes = items.flatMap(({ no, outcome }) => (outcome === null ? [] : [{ no, outcome }]));
  const list = listOf(h, items);
  const copied = { ...list, receivers: [...list.receivers], items: [...list.items] };
  return { ...(await presentRow(deps, on, call, h)), list: copied, outcomes };
}
