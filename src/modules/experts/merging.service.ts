import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { LATEST } from '../../kernel/db/moment';
import { changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { reopenDoubt } from './doubting';
import { settleDoubts } from './doubts.store';
import { heldDays, type EmploymentDeps } from './employments.service';
import { employmentsKnownAt } from './employments.views';
import { findByPlatformNumber, type Expert, findExpert } from './experts.store';
import type { PersonLine } from './line.port';
import type { DecideMerge, MergeConflict, MergeReply, ProposeMerge, UndoMerge } from './merging.contract';
import { conflictsBetween, judgeConfirmer, judgeUndoer, moveMerge } from './merging.rules';
import type { MergeState } from './merging.states';
import { ExpertMerge, pendingMerge, standingMerges } from './merging.store';
import { listMerges, showMerge } from './merging.views';
import { birthDaysOf } from './persons.views';
import { personBehind, type Together } from './together';
import { sinceMerge } from './undoing.views';

const eventOf: Record<MergeState, string> = {
  proposed: 'merge.proposed',
  withdrawn: 'merge.withdrawn',
  confirmed: 'merge.confirmed',
  refused: 'merge.refused',
  undone: 'merge.undone',
};

export interface MergeDeps extends EmploymentDeps {
  line: PersonLine;
}

export interface Merges {
  proposeMerge(call: Call, body: ProposeMerge): Promise<MergeReply>;
  withdrawMerge(call: Call, id: string, body: DecideMerge): Promise<MergeReply>;
  confirmMerge(call: Call, id: string, body: DecideMerge): Promise<MergeReply>;
  refuseMerge(call: Call, id: string, body: DecideMerge): Promise<MergeReply>;
  undoMerge(call: Call, id: string, body: UndoMerge): Promise<MergeReply>;
  readMerge(actor: Actor, id: string): Promise<MergeReply>;
  listMerges(actor: Actor, request: PageRequest & { state?: MergeState }): Promise<Page<MergeReply>>;
}

const load = (on: Reads, id: string): Promise<ExpertMerge> =>
  loadRecord(on, ExpertMerge, { id }, say('合并记录', 'merger'));

const guardsOf = (m: { fromId: string; intoId: string }): Subject[] => [
  { kind: 'person', id: m.fromId },
  { kind: 'person', id: m.intoId },
];

/** Facts that decide whether two persons may become one. */
export interface MergeFacts {
  conflicts: MergeConflict[];
  birthDaysDiffer: boolean;
}

export const createMergeFacts =
  ({ vault, line }: Pick<MergeDeps, 'vault' | 'line'>) =>
  async (on: Reads, from: Together, into: Together): Promise<MergeFacts> => {
    const side = async ({ ids }: Together) => ({
      employments: heldDays(await employmentsKnownAt(on, { expertIds: ids }, LATEST)),
      teams: await line.teams(on, ids),
    });
    const born = await birthDaysOf(on, vault, [from, into]);
    const [a, b] = [born.get(from.survivor) ?? null, born.get(into.survivor) ?? null];
    const conflicts = conflictsBetween(await side(from), await side(into));
    return { conflicts, birthDaysDiffer: a !== null && b !== null && a !== b };
  };

/** A proposal that waits, written by whoever finds that two registrations are one person. */
export async function insertMerge(
  tx: Tx,
  call: Call,
  { sources, audit, duties }: Pick<MergeDeps, 'sources' | 'audit' | 'duties'>,
  wished: { fromId: string; intoId: string; reason: string; paper: string },
): Promise<ExpertMerge> {
  const pending = await pendingMerge(tx, wished.fromId, wished.intoId);
  if (pending) throw new Problem('merge.pending', { mergeId: pending.id });
  const { clock, ids } = sources;
  const undecided = { decidedBy: null, decisionReason: null, confirmedAt: null };
  const standing = { undoneBy: null, undoneAt: null, undoReason: null, undoPaper: null };
  const proposed = { proposedBy: call.actor.accountId, proposedAt: clock.now() };
  const open = { state: 'proposed', ...proposed, ...undecided, ...standing, version: 1 } as const;
  const row: ExpertMerge = { id: ids.timed(), ...wished, ...open };
  await tx.m.insert(ExpertMerge, row);
  await duties.owe(tx, 'merge.confirm', row.id, [row.proposedBy]);
  const { fromId, intoId, reason, paper } = wished;
  const payload = { mergeId: row.id, from: fromId, into: intoId, reason, paper };
  await audit.append(tx, call, { type: 'merge.proposed', payload });
  return row;
}

/** Both persons as they stand, each by its surviving registration; refuses what is one person already. */
async function bothSides(tx: Tx, m: { fromId: string; intoId: string }): Promise<[Together, Together]> {
  const [from, into] = [await personBehind(tx, m.fromId, LATEST), await personBehind(tx, m.intoId, LATEST)];
  if (from.survivor === into.survivor) throw new Problem('merge.same-person');
  for (const [asked, person] of [[m.fromId, from] as const, [m.intoId, into] as const]) {
    if (person.survivor === asked) continue;
    const { id, platformNumber } = (await findExpert(tx, person.survivor))!;
    throw new Problem('expert.merged', { id, platformNumber });
  }
  requireGuarded(
    tx,
    [...from.ids, ...into.ids].map((id) => ({ kind: 'person', id })),
  );
  return [from, into];
}

/** Duplicates of one person, found out later: proposed by one officer, confirmed by another, undone by a correction. */
export function createMerging(deps: MergeDeps): Merges {
  const { db, command, audit, line, duties } = deps;
  const { clock } = deps.sources;
  const factsOf = createMergeFacts(deps);
  const show = (on: Reads, m: ExpertMerge): Promise<MergeReply> => showMerge(on, m, factsOf);

  const proposeMerge: Merges['proposeMerge'] = (call, { from, into, reason, paper }) => {
    const find = async (on: Reads, platformNumber: string): Promise<Expert> => {
      const found = await findByPlatformNumber(on, platformNumber);
      if (!found) throw new Problem('employment.person-missing', { platformNumber });
      return found;
    };
    const both = async (on: Reads) => ({ fromId: (await find(on, from)).id, intoId: (await find(on, into)).id });
    return command(call, { subjects: async () => guardsOf(await both(db)) }, async (tx) => {
      const pair = await both(tx);
      await bothSides(tx, pair);
      return show(tx, await insertMerge(tx, call, deps, { ...pair, reason, paper }));
    });
  };

  /** One step of a merge under the guards of both persons. */
  const step = (
    call: Call,
    id: string,
    to: 'confirmed' | 'refused' | 'withdrawn' | 'undone',
    work: (tx: Tx, m: ExpertMerge) => Promise<{ patch: Partial<ExpertMerge>; payload?: Record<string, unknown> }>,
  ): Promise<MergeReply> =>
    command(call, { subjects: async () => guardsOf(await load(db, id)) }, async (tx) => {
      const m = await load(tx, id);
      const state = unwrap(moveMerge(m.state, to));
      const { patch, payload = {} } = await work(tx, m);
      const changed = await changeRecord(tx, ExpertMerge, m, { ...patch, state });
      await duties.done(tx, 'merge.confirm', id);
      // Found to be one and yet not merged: the doors wait for another officer's decision.
      const reopened = to === 'confirmed' ? undefined : await reopenDoubt(tx, deps, { ...changed, state: to });
      const what = { mergeId: id, from: m.fromId, into: m.intoId, doubtId: reopened?.id ?? null };
      await audit.append(tx, call, { type: eventOf[to], payload: { ...what, ...payload } });
      return show(tx, changed);
    });

  const decided = (call: Call, reason: string) => ({ decidedBy: call.actor.accountId, decisionReason: reason });

  const confirmMerge: Merges['confirmMerge'] = (call, id, { reason }) =>
    step(call, id, 'confirmed', async (tx, m) => {
      unwrap(judgeConfirmer(call.actor.accountId, m.proposedBy));
      const [from, into] = await bothSides(tx, m);
      const { conflicts } = await factsOf(tx, from, into);
      if (conflicts.length > 0) {
        throw new Problem('merge.conflicts', { conflicts, list: conflicts.map((c) => c.text).join('；') });
      }
      const decidedNow = { ...decided(call, reason), decidedAt: clock.now() };
      for (const doubt of await settleDoubts(tx, [from.ids, into.ids], decidedNow)) {
        await duties.done(tx, 'screening.person', doubt);
      }
      const bars = await line.bars(tx, [...from.ids, ...into.ids]);
      // A bar on either holds for the person: what runs under the other registration stops here.
      if (bars.some((b) => b.holds)) for (const one of [from, into]) await line.stop(tx, call, one.survivor);
      return {
        patch: { ...decided(call, reason), confirmedAt: clock.now() },
        payload: { reason, barred: bars.some((b) => b.holds) },
      };
    });

  const refuseMerge: Merges['refuseMerge'] = (call, id, { reason }) =>
    step(call, id, 'refused', async (_tx, m) => {
      unwrap(judgeConfirmer(call.actor.accountId, m.proposedBy));
      return { patch: decided(call, reason), payload: { reason } };
    });

  const withdrawMerge: Merges['withdrawMerge'] = (call, id, { reason }) =>
    step(call, id, 'withdrawn', async () => ({ patch: decided(call, reason), payload: { reason } }));

  const undoMerge: Merges['undoMerge'] = (call, id, { reason, paper }) =>
    step(call, id, 'undone', async (tx, m) => {
      unwrap(judgeUndoer(call.actor.accountId, m));
      const person = await personBehind(tx, m.intoId, LATEST);
      requireGuarded(
        tx,
        person.ids.map((one) => ({ kind: 'person', id: one })),
      );
      const later = (await standingMerges(tx, person.ids, LATEST)).filter((o) => o.confirmedAt! > m.confirmedAt!);
      const list = await sinceMerge(tx, line, m, person.ids, later);
      if (list.length > 0) throw new Problem('merge.irreversible', { list: list.join('；') });
      const patch = { undoneBy: call.actor.accountId, undoneAt: clock.now(), undoReason: reason, undoPaper: paper };
      return { patch, payload: { reason, paper } };
    });

  return {
    proposeMerge,
    withdrawMerge,
    confirmMerge,
    refuseMerge,
    undoMerge,
    readMerge: async (_actor, id) => show(db, await load(db, id)),
    listMerges: (_actor, request) => listMerges(db, request, factsOf),
  };
}
