import type { Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { LATEST } from '../../kernel/db/moment';
import { changeRecord, loadRecord } from '../../kernel/db/records';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { judgeParter, moveDoubt } from './doubts.rules';
import type { DoubtState } from './doubts.states';
import { ExpertDoubt } from './doubts.store';
import { involvedIn, listDoubts, showDoubt } from './doubts.views';
import { insertMerge, type MergeDeps } from './merging.service';
import type { DecideDoubt, DoubtReply } from './persons.contract';
import { togetherAt } from './together';

export interface Doubts {
  decideDoubt(call: Call, id: string, body: DecideDoubt): Promise<DoubtReply>;
  readDoubt(id: string): Promise<DoubtReply>;
  listDoubts(request: PageRequest & { state?: DoubtState }): Promise<Page<DoubtReply>>;
}

const WHAT = say('疑似同一人核实', 'check of possible duplicates');

/** Likeness asks a person: an officer decides, with reasons and a paper. One person found means a merge is proposed. */
export function createDoubts(deps: MergeDeps): Doubts {
  const { db, command, audit, line, duties } = deps;
  const { clock } = deps.sources;

  const decideDoubt: Doubts['decideDoubt'] = (call, id, { finding, reason, paper }) => {
    const subjects = async (): Promise<Subject[]> => {
      const { expertId, knownId } = await loadRecord(db, ExpertDoubt, { id }, WHAT);
      return [expertId, knownId].map((one) => ({ kind: 'person', id: one }));
    };
    return command(call, { subjects }, async (tx) => {
      const doubt = await loadRecord(tx, ExpertDoubt, { id }, WHAT);
      const state = unwrap(moveDoubt(doubt.state, finding));
      const { expertId, knownId } = doubt;
      const persons = await togetherAt(tx, [expertId, knownId], LATEST);
      if (finding === 'different') {
        const sides = [persons.get(expertId)!, persons.get(knownId)!] as const;
        unwrap(judgeParter(call.actor.accountId, await involvedIn(tx, expertId, sides)));
      }
      let mergeId: string | null = null;
      if (finding === 'same') {
        const [fromId, intoId] = [persons.get(expertId)!.survivor, persons.get(knownId)!.survivor];
        if (fromId === intoId) throw new Problem('merge.same-person');
        mergeId = (await insertMerge(tx, call, deps, { fromId, intoId, reason, paper })).id;
      }
      const decided = { decidedBy: call.actor.accountId, decidedAt: clock.now(), decisionReason: reason };
      const changed = await changeRecord(tx, ExpertDoubt, doubt, { state, ...decided, decisionPaper: paper });
      await duties.done(tx, 'screening.person', id);
      const payload = { doubtId: id, expertId, knownId, finding, reason, paper, mergeId };
      await audit.append(tx, call, { type: 'doubt.decided', payload });
      return showDoubt(tx, line, changed, clock);
    });
  };

  const readDoubt: Doubts['readDoubt'] = async (id) =>
    showDoubt(db, line, await loadRecord(db, ExpertDoubt, { id }, WHAT), clock);

  return { decideDoubt, readDoubt, listDoubts: (request) => listDoubts(db, line, request) };
}
