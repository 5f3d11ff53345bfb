import { personsBehind, type Call } from '../../../kernel/call';
import type { Reads } from '../../../kernel/db/database';
import type { Subject } from '../../../kernel/db/guards';
import { changeRecord } from '../../../kernel/db/records';
import { SubjectsChanged, type Tx } from '../../../kernel/db/transaction';
import { Problem, unwrap } from '../../../kernel/problem';
import { requirePerson } from '../deputies/deputies.service';
import { moveWork, workByIds, type WorkItem } from '../work/work.store';
import { giverGuard, isGone, presentHandOver, receiversOf, requireSeen, signingOf, type HandOverDeps } from './acting';
import type { HandOverView, SigningForGiver } from './hand-overs.contract';
import { judgeReceivers, judgeSigning, judgeSigningForGiver, outcomeOf, stateAfterSigning } from './hand-overs.rules';
import {
  HandOver,
  itemsOf,
  loadHandOver,
  partiesOf,
  setOutcome,
  signParty,
  type HandOverItem,
  type HandOverParty,
} from './hand-overs.store';
import type { HandOverOutcome } from './hand-overs.states';

const scans = ['application/pdf', 'image/jpeg', 'image/png'];

/** How a party signs: by the own account, or on paper where the lead confirms it. */
type Paper = Pick<HandOverParty, 'scanFileId' | 'scanSha256' | 'paper'>;
const byAccount: Paper = { scanFileId: null, scanSha256: null, paper: null };

/** Signatures; the last one moves the work, in its own transaction. */
export function createSigning(deps: HandOverDeps) {
  const { db, command, audit, files } = deps;
  const { clock } = db.sources;

  const guards = async (id: string): Promise<Subject[]> => {
    const { giverPostId } = await loadHandOver(db, id);
    return [giverGuard(giverPostId), { kind: 'record', id }];
  };

  /** The receivers are judged again: a post may have ended since the list was frozen. */
  async function requireReceivers(tx: Tx, h: HandOver, moving: readonly [HandOverItem, WorkItem][]): Promise<void> {
    const wanted = new Map<string, WorkItem[]>(h.parties.slice(1).map((p) => [p.post, []]));
    for (const [{ receiverPostId }, item] of moving) wanted.get(receiverPostId)!.push(item);
    const receivers = await receiversOf(deps, tx, wanted);
    unwrap(
      judgeReceivers(
        h.giverAccountId,
        receivers.map((r) => r.facts),
      ),
    );
  }

  async function move(tx: Tx, call: Call, h: HandOver): Promise<Record<HandOverOutcome, number>> {
    const items = await itemsOf(tx, h.id);
    const now = await workByIds(
      tx,
      items.map((i) => i.workId),
    );
    const of = (wanted: HandOverOutcome): HandOverItem[] =>
      items.filter((i) => outcomeOf(now.get(i.workId), h.giverPostId) === wanted);
    const moving = of('moved').map((i): [HandOverItem, WorkItem] => [i, now.get(i.workId)!]);
    await requireReceivers(tx, h, moving);
    for (const receiver of new Set(moving.map(([i]) => i.receiverPostId))) {
      const ids = moving.filter(([i]) => i.receiverPostId === receiver).map(([i]) => i.workId);
      // Done or assigned by somebody at this very moment: look again, so that the list says what became of it.
      if ((await moveWork(tx, ids, h.giverPostId, receiver)) !== ids.length) throw new SubjectsChanged();
      // Whose signature just moved it has it before his eyes.
      if (h.parties.find((p) => p.post === receiver)!.account === call.actor.accountId) continue;
      await deps.tell(tx, { to: { postId: receiver }, kind: 'work.assigned', ref: `hand-over:${h.id}` });
    }
    const counted = { moved: 0, closed: 0, elsewhere: 0 };
    for (const outcome of Object.keys(counted) as HandOverOutcome[]) {
      const numbers = of(outcome).map((i) => i.no);
      await setOutcome(tx, h.id, numbers, outcome);
      counted[outcome] = numbers.length;
    }
    return counted;
  }

  async function enter(
    tx: Tx,
    call: Call,
    h: HandOver,
    parties: readonly HandOverParty[],
    posts: readonly string[],
    paper: Paper,
  ): Promise<HandOverView> {
    const state = unwrap(stateAfterSigning(signingOf(h, parties), posts));
    const signed = { signedAt: clock.now(), signedBy: call.actor.accountId, ...paper };
    for (const post of posts) {
      if (
        !(await signParty(
          tx,
          parties.find((p) => p.postId === post)!,
          signed,
        ))
      )
        throw new SubjectsChanged();
    }
    const facts = { handOver: h.id, posts, list: h.listSha256, scan: paper.scanSha256, paper: paper.paper };
    await audit.append(tx, call, { type: 'hand-over.signed', payload: facts });
    const counts = state === 'completed' ? await move(tx, call, h) : undefined;
    const changed = await changeRecord(tx, HandOver, h, { state, endedAt: counts ? clock.now() : null });
    if (counts) {
      const payload = { handOver: h.id, giver: h.giverPostId, list: h.listSha256, ...counts };
      await audit.append(tx, call, { type: 'hand-over.completed', payload });
    }
    return presentHandOver(deps, tx, call, changed);
  }

  async function seen(on: Reads, call: Call, id: string): Promise<{ h: HandOver; parties: HandOverParty[] }> {
    const h = await loadHandOver(on, id);
    const parties = await partiesOf(on, id);
    await requireSeen(deps, on, call, h, parties);
    return { h, parties };
  }

  async function sign(call: Call, id: string, { listSha256 }: { listSha256: string }): Promise<HandOverView> {
    const accountId = requirePerson(call.actor);
    return command(call, { subjects: () => guards(id) }, async (tx) => {
      const { h, parties } = await seen(tx, call, id);
      const person = { accountId, isDeputy: call.actor.deputy !== undefined };
      const posts = unwrap(judgeSigning(signingOf(h, parties), person, listSha256));
      return enter(tx, call, h, parties, posts, byAccount);
    });
  }

  async function signForGiver(call: Call, id: string, body: SigningForGiver): Promise<HandOverView> {
    requirePerson(call.actor);
    return command(call, { subjects: () => guards(id) }, async (tx) => {
      const { h, parties } = await seen(tx, call, id);
      const lead = { persons: personsBehind(call.actor), isGiverGone: await isGone(deps, tx, h) };
      unwrap(judgeSigningForGiver(signingOf(h, parties), lead, body.listSha256));
      const scan = await files.attach(tx, call, body.scanFileId, { kind: 'hand-over', ref: id });
      if (!scans.includes(scan.mediaType)) throw new Problem('hand-over.scan-type', { mediaType: scan.mediaType });
      const paper = { scanFileId: scan.id, scanSha256: scan.sha256, paper: body.paper };
      return enter(tx, call, h, parties, [h.giverPostId], paper);
    });
  }

  return { sign, signForGiver };
}
