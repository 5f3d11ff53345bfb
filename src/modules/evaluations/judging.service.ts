import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { changeOrRetry } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { say, sayList, type Wording } from '../../kernel/pure/wording';
import { sayEvidence, type EvaluationView } from './evaluations.contract';
import { moveEvaluation, resumeEvaluation } from './evaluations.rules';
import { createStepper, followWork, partiesOf, recordStep, type Body, type EvaluationDeps } from './stepping';
import { openStates } from './evaluations.states';
import { Evaluation, evidenceOf, loadEvaluation } from './evaluations.store';

/** Acceptance (采信), return, rejection, voiding, resuming. */
export function createJudging(deps: EvaluationDeps) {
  const { db, audit, sanctions, commissions, pledges } = deps;
  const { clock } = db.sources;
  const step = createStepper(deps);

  /** With the assignment: of two last evaluations that end at once, one must see the other's end to fulfil it. */
  const withAssignment = async (id: string): Promise<Subject[]> => {
    const { assignmentId } = await loadEvaluation(db, id);
    return [{ kind: 'record', id: assignmentId }];
  };
  const everybody = async (id: string): Promise<Subject[]> => [
    ...(await partiesOf(db, await loadEvaluation(db, id))),
    ...(await withAssignment(id)),
  ];

  async function fulfilIfDone(tx: Tx, call: Call, e: Evaluation): Promise<void> {
    const open = await tx.m.countBy(Evaluation, { assignmentId: e.assignmentId, state: In([...openStates, 'frozen']) });
    if (open === 0) await commissions.fulfil(tx, call, e.assignmentId);
  }

  /** Names everything that is missing at once: report, verification record, imagery, pledge. */
  async function missingFor(tx: Tx, id: string): Promise<Wording[]> {
    const there = await evidenceOf(tx, id);
    const kinds = ['report', 'verification-record', 'imagery'] as const;
    const missing = kinds.filter((k) => !there.some((v) => v.kind === k)).map((k) => sayEvidence(k));
    if (!(await pledges.isComplete(tx, id))) missing.push(sayEvidence('pledge'));
    return missing;
  }

  const accept = (call: Call, id: string): Promise<EvaluationView> =>
    step(
      call,
      id,
      async (tx, e) => {
        const shut = await sanctions.checkDoor(tx, call, 'acceptance', await partiesOf(tx, e));
        if (shut) return shut;
        const state = unwrap(moveEvaluation(e, 'accepted', say('采信', 'accept')));
        const missing = await missingFor(tx, id);
        if (missing.length > 0) throw new Problem('evaluation.evidence-missing', { missing: sayList(missing) });
        return { patch: { state, decidedAt: clock.now() }, type: 'evaluation.accepted' };
      },
      () => everybody(id),
      (tx, e) => fulfilIfDone(tx, call, e),
    );

  const returnReport = (call: Call, id: string, body: Body<'returnReport'>): Promise<EvaluationView> =>
    step(call, id, async (_tx, e) => {
      const state = unwrap(moveEvaluation(e, 'returned', say('退回补正', 'return for correction')));
      return {
        patch: { state, decisionReason: body.reason },
        type: 'evaluation.returned',
        payload: { reason: body.reason },
      };
    });

  const reject = (call: Call, id: string, body: Body<'reject'>): Promise<EvaluationView> =>
    step(
      call,
      id,
      async (_tx, e) => {
        const state = unwrap(moveEvaluation(e, 'rejected', say('不予采信', 'reject')));
        const patch = { state, decidedAt: clock.now(), decisionReason: body.reason };
        return { patch, type: 'evaluation.rejected', payload: { reason: body.reason } };
      },
      () => withAssignment(id),
      (tx, e) => fulfilIfDone(tx, call, e),
    );

  const voidEvaluation = (call: Call, id: string, body: Body<'voidEvaluation'>): Promise<EvaluationView> =>
    step(
      call,
      id,
      async (_tx, e) => {
        const state = unwrap(moveEvaluation(e, 'voided', say('作废', 'void')));
        const patch = {
          state,
          stateBefore: null,
          freezeReason: null,
          decidedAt: clock.now(),
          decisionReason: body.reason,
        };
        return { patch, type: 'evaluation.voided', payload: { reason: body.reason } };
      },
      () => withAssignment(id),
      async (tx, e) => {
        await pledges.voidFor(tx, call, id, body.reason);
        await fulfilIfDone(tx, call, e);
      },
    );

  const resume = (call: Call, id: string, body: Body<'resume'>): Promise<EvaluationView> =>
    step(
      call,
      id,
      async (tx, e) => {
        const state = unwrap(resumeEvaluation(e));
        const shut = await sanctions.checkDoor(tx, call, 'assignment', await partiesOf(tx, e));
        if (shut) return shut;
        const patch = { state, stateBefore: null, freezeReason: null };
        return { patch, type: 'evaluation.resumed', payload: { reason: body.reason } };
      },
      () => everybody(id),
      (tx, e) => commissions.resumeWith(tx, call, e.assignmentId, body.reason),
    );

  /** Voids what is open of an assignment that is released, in that transaction. */
  async function voidAll(tx: Tx, call: Call, assignmentId: string, reason: string): Promise<void> {
    const open = await tx.m.find(Evaluation, { where: { assignmentId, state: In([...openStates, 'frozen']) } });
    for (const e of open) {
      const patch = {
        state: 'voided',
        stateBefore: null,
        freezeReason: null,
        decidedAt: clock.now(),
        decisionReason: reason,
      } as const;
      await changeOrRetry(tx, Evaluation, e, patch);
      await followWork(deps, tx, e);
      await recordStep(audit, tx, call, e, 'evaluation.voided', { reason });
      await pledges.voidFor(tx, call, e.id, reason);
    }
  }

  return { accept, returnReport, reject, voidEvaluation, resume, voidAll };
}
