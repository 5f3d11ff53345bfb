import type { Call } from '../../../kernel/call';
import type { Tx } from '../../../kernel/db/transaction';
import { Problem, unwrap } from '../../../kernel/problem';
import { findAccount } from '../accounts/accounts.store';
import { requirePerson } from '../deputies/deputies.service';
import type { Post } from '../posts/posts.store';
import { heldBy, workByIds, type WorkItem } from '../work/work.store';
import { giverGuard, isGone, loadPost, mayArrange, presentHandOver, receiversOf, type HandOverDeps } from './acting';
import type { HandOverView, NewHandOver } from './hand-overs.contract';
import { judgePreparation, MOST_ITEMS, MOST_RECEIVERS, type Signer } from './hand-overs.rules';
import { insertHandOver, type HandOver, type HandOverItem } from './hand-overs.store';
import { listOf, listSha256 } from './list';

interface Chosen {
  items: WorkItem[];
  /** Asked for, but not open or not the giver's. */
  notHeld: string[];
  receiverOf: Map<string, string>;
}

/** What is to be handed over: the items named, or everything that the giver holds. */
async function choose(tx: Tx, body: NewHandOver): Promise<Chosen> {
  if (body.items === undefined) {
    const items = await heldBy(tx, body.giverPostId, MOST_ITEMS + 1);
    return { items, notHeld: [], receiverOf: new Map(items.map((w) => [w.id, body.receiverPostId])) };
  }
  const ids = body.items.map((i) => i.workId);
  const found = await workByIds(tx, ids);
  const isHeld = (id: string): boolean =>
    found.get(id)?.postId === body.giverPostId && found.get(id)?.closedAt === null;
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  return {
    items: ids.filter(isHeld).map((id) => found.get(id)!),
    notHeld: [...ids.filter((id) => !isHeld(id)), ...twice],
    receiverOf: new Map(body.items.map((i) => [i.workId, i.receiverPostId ?? body.receiverPostId])),
  };
}

async function signerOf(tx: Tx, post: Post): Promise<Signer> {
  const account = await findAccount(tx, post.accountId);
  return { post: post.id, account: post.accountId, name: account?.name ?? '', role: post.role, office: post.office };
}

function byReceiver({ items, receiverOf }: Chosen): Map<string, WorkItem[]> {
  const grouped = new Map<string, WorkItem[]>();
  for (const item of items) {
    const receiver = receiverOf.get(item.id)!;
    grouped.set(receiver, [...(grouped.get(receiver) ?? []), item]);
  }
  return grouped;
}

/** Freezes the list: what it says is what is signed, whatever the work list says later. */
export function createPreparing(deps: HandOverDeps) {
  const { db, command, audit } = deps;
  const { clock, ids } = db.sources;

  async function freeze(
    tx: Tx,
    call: Call,
    giver: Post,
    chosen: Chosen,
    receivers: readonly Post[],
  ): Promise<HandOver> {
    const h: HandOver = {
      id: ids.timed(),
      state: 'prepared',
      giverPostId: giver.id,
      giverAccountId: giver.accountId,
      authorityId: giver.authorityId,
      institutionId: giver.institutionId,
      parties: [await signerOf(tx, giver)],
      itemCount: chosen.items.length,
      listSha256: '',
      preparedBy: call.actor.accountId,
      preparedAt: clock.now(),
      endedAt: null,
      cancelReason: null,
      version: 1,
    };
    for (const post of receivers) h.parties.push(await signerOf(tx, post));
    const items = chosen.items.map(({ id, kind, ref, openedAt }, at): HandOverItem => {
      const receiverPostId = chosen.receiverOf.get(id)!;
      return { handOverId: h.id, no: at + 1, workId: id, kind, ref, openedAt, receiverPostId, outcome: null };
    });
    h.listSha256 = listSha256(listOf(h, items));
    const unsigned = { signedAt: null, signedBy: null, scanFileId: null, scanSha256: null, paper: null };
    const parties = h.parties.map((p) => ({ handOverId: h.id, postId: p.post, accountId: p.account, ...unsigned }));
    await insertHandOver(tx, h, items, parties);
    return h;
  }

  /** Whoever has still to sign is told; who prepared the list knows, and for a giver who is gone the lead signs. */
  async function askToSign(tx: Tx, call: Call, h: HandOver): Promise<void> {
    const gone = await isGone(deps, tx, h);
    for (const { post: postId, account } of h.parties) {
      if (account === call.actor.accountId || (gone && postId === h.giverPostId)) continue;
      await deps.tell(tx, { to: { postId }, kind: 'handover.to-confirm', ref: `hand-over:${h.id}` });
    }
  }

  async function prepare(call: Call, body: NewHandOver): Promise<HandOverView> {
    requirePerson(call.actor);
    return command(call, { subjects: () => [giverGuard(body.giverPostId)] }, async (tx) => {
      const giver = await loadPost(tx, body.giverPostId);
      if (!(await mayArrange(deps, tx, call.actor, giver))) throw new Problem('hand-over.not-yours');
      const chosen = await choose(tx, body);
      const grouped = byReceiver(chosen);
      if (grouped.size > MOST_RECEIVERS) {
        throw new Problem('hand-over.too-many', { count: grouped.size, limit: MOST_RECEIVERS });
      }
      const receivers = await receiversOf(deps, tx, grouped);
      const facts = { giverAccountId: giver.accountId, notHeld: chosen.notHeld, count: chosen.items.length };
      unwrap(judgePreparation({ ...facts, receivers: receivers.map((r) => r.facts) }));
      const posts = receivers.map((r) => r.post);
      const h = await freeze(tx, call, giver, chosen, posts);
      const { itemCount: items, listSha256: list } = h;
      const payload = { handOver: h.id, giver: giver.id, receivers: posts.map((p) => p.id), items, list };
      await audit.append(tx, call, { type: 'hand-over.prepared', payload });
      await askToSign(tx, call, h);
      return presentHandOver(deps, tx, call, h);
    });
  }
  return { prepare };
}
