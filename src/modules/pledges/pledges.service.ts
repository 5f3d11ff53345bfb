import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { changeOrRetry, changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { openSubjects, requireOwnPledge, subjectsOf, type PledgeDeps } from './acting';
import { createCompleting } from './completing.service';
import type { PledgeView } from './pledges.contract';
import { judgeOpen } from './pledges.rules';
import { currentPledgesOf, loadPledge, Pledge } from './pledges.store';
import { createPledgeViews } from './pledges.views';
import { createPreparing } from './preparing.service';
import { createSignatures } from './signatures.service';

function createVoiding(deps: PledgeDeps, show: (on: Reads, call: Call, p: Pledge) => Promise<PledgeView>) {
  const { db, command, audit } = deps;

  const recordVoid = (tx: Tx, call: Call, p: Pledge, reason: string): Promise<unknown> => {
    const payload = { pledge: p.id, evaluation: p.evaluationId, file: p.currentSha256, reason };
    return audit.append(tx, call, { type: 'pledge.voided', subjects: openSubjects(p), payload });
  };

  async function voidPledge(call: Call, id: string, body: { reason: string }): Promise<PledgeView> {
    const known = await loadPledge(db, id);
    requireOwnPledge(call, known);
    return command(call, { subjects: () => subjectsOf(known) }, async (tx) => {
      const p = await loadPledge(tx, id);
      unwrap(judgeOpen(p.state, say('作废', 'void')));
      await changeRecord(tx, Pledge, p, { state: 'void', voidReason: body.reason });
      await recordVoid(tx, call, p, body.reason);
      return show(tx, call, p);
    });
  }

  /** Voids what counts for the evaluation, complete or not, in the caller's transaction. */
  async function voidFor(tx: Tx, call: Call, evaluationId: string, reason: string): Promise<void> {
    for (const p of await currentPledgesOf(tx, evaluationId)) {
      await changeOrRetry(tx, Pledge, p, { state: 'void', voidReason: reason });
      await recordVoid(tx, call, p, reason);
    }
  }

  return { voidPledge, voidFor };
}

/** The institution's signed word: made, signed by prepare and complete, kept, voided. */
export function createPledges(deps: PledgeDeps) {
  const views = createPledgeViews(deps);
  const { present, ...shown } = views;
  return {
    ...shown,
    ...createPreparing(deps, present),
    ...createSignatures(deps),
    ...createCompleting(deps),
    ...createVoiding(deps, present),
    /** Is there a pledge of the evaluation that all have signed and nobody voided? */
    isComplete: (on: Reads, evaluationId: string): Promise<boolean> =>
      on.m.existsBy(Pledge, { evaluationId, state: 'complete' }),
  };
}

export type Pledges = ReturnType<typeof createPledges>;
