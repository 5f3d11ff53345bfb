import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { legalDate } from '../../kernel/pure/time';
import { sayEvidence, type EvaluationView } from './evaluations.contract';
import { moveEvaluation, standingIn } from './evaluations.rules';
import {
  createStepper,
  followWork,
  partiesOf,
  recordStep,
  requirePast,
  type Body,
  type EvaluationDeps,
  type Step,
} from './stepping';
import { evidenceMayGrow, openStates } from './evaluations.states';
import { Evaluation, Evidence, evidenceOf, loadEvaluation } from './evaluations.store';

const mediaTypes: Record<Evidence['kind'], RegExp> = {
  report: /^application\/pdf$/,
  'verification-record': /^application\/pdf$/,
  imagery: /^(image\/(jpeg|png)|video\/mp4|application\/zip)$/,
};

/** Pieces of evidence of one evaluation: pledge and report name each of them. */
const EVIDENCE_LIMIT = 200;

export function createWork(deps: EvaluationDeps) {
  const { db, audit, files, sanctions } = deps;
  const { clock, ids } = db.sources;
  const step = createStepper(deps);

  /** A stay that ends by itself leaves nothing frozen: so each step of the work asks at the door too. */
  const working = (call: Call, id: string, work: (tx: Tx, e: Evaluation) => Promise<Step>): Promise<EvaluationView> =>
    step(
      call,
      id,
      async (tx, e) => {
        const done = await work(tx, e);
        return (await sanctions.checkDoor(tx, call, 'work', await partiesOf(tx, e))) ?? done;
      },
      async () => partiesOf(db, await loadEvaluation(db, id)),
    );

  /** Opens one evaluation a mine; called where an assignment is taken up, in that transaction. */
  async function open(
    tx: Tx,
    call: Call,
    task: { assignmentId: string; lotId: string; institutionId: string; purpose: string; mineIds: readonly string[] },
  ): Promise<void> {
    for (const mineId of task.mineIds) {
      const e: Evaluation = {
        id: ids.timed(),
        lotId: task.lotId,
        assignmentId: task.assignmentId,
        institutionId: task.institutionId,
        mineId,
        purpose: task.purpose,
        state: 'assigned',
        stateBefore: null,
        freezeReason: null,
        teamNo: 0,
        deskReviewedOn: null,
        deskFocus: null,
        onSiteFrom: null,
        onSiteTo: null,
        onSiteNote: null,
        scoreHundredths: null,
        conclusion: null,
        reportedAt: null,
        decidedAt: null,
        decisionReason: null,
        version: 1,
      };
      await tx.m.insert(Evaluation, e);
      await followWork(deps, tx, e);
      await recordStep(audit, tx, call, e, 'evaluation.opened', { mine: mineId, assignment: task.assignmentId });
    }
  }

  /** Of these mines of the lot, those whose evaluation is under way or accepted: nobody else gets them. */
  async function minesInWork(on: Reads, lotId: string, mineIds: readonly string[]): Promise<string[]> {
    const rows = await on.m.find(Evaluation, {
      where: { lotId, mineId: In([...mineIds]), state: In([...openStates, 'frozen', 'accepted']) },
      select: { mineId: true },
    });
    return rows.map((r) => r.mineId);
  }

  async function idsOf(on: Reads, assignmentIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await on.m.find(Evaluation, {
      where: { assignmentId: In([...assignmentIds]) },
      select: { id: true, assignmentId: true },
      order: { id: 'ASC' },
    });
    const found = new Map<string, string[]>();
    for (const r of rows) found.set(r.assignmentId, [...(found.get(r.assignmentId) ?? []), r.id]);
    return found;
  }

  const deskReview = (call: Call, id: string, body: Body<'deskReview'>): Promise<EvaluationView> =>
    working(call, id, async (_tx, e) => {
      requirePast(db, body.reviewedOn);
      const state = unwrap(moveEvaluation(e, 'desk-reviewed', say('内业评估', 'desk review')));
      const patch = { state, deskReviewedOn: legalDate(body.reviewedOn), deskFocus: body.focus };
      return { patch, type: 'evaluation.desk-reviewed', payload: { reviewedOn: body.reviewedOn } };
    });

  const onSite = (call: Call, id: string, body: Body<'onSite'>): Promise<EvaluationView> =>
    working(call, id, async (_tx, e) => {
      const { from, to } = body;
      const state = unwrap(moveEvaluation(e, 'on-site', say('现场核查', 'go on site')));
      if (to < from) throw new Problem('evaluation.end-before-start', { from, to });
      requirePast(db, to);
      if (e.deskReviewedOn !== null && from < e.deskReviewedOn) {
        throw new Problem('evaluation.before-desk-review', { from, deskReviewedOn: e.deskReviewedOn });
      }
      const patch = { state, onSiteFrom: legalDate(from), onSiteTo: legalDate(to), onSiteNote: body.note };
      return { patch, type: 'evaluation.on-site', payload: { from, to, pledgeReadOut: body.pledgeReadOut } };
    });

  const addEvidence = (call: Call, id: string, body: Body<'addEvidence'>): Promise<EvaluationView> =>
    step(call, id, async (tx, e) => {
      unwrap(standingIn(e, evidenceMayGrow, say('提交材料', 'file evidence')));
      const file = await files.attach(tx, call, body.fileId, { kind: 'evaluation', ref: id });
      if (call.actor.role === 'institution' && file.institutionId !== e.institutionId) {
        throw new Problem('request.not-found', { what: say('文件', 'file'), id: body.fileId });
      }
      if (!mediaTypes[body.kind].test(file.mediaType)) {
        throw new Problem('evaluation.evidence-type', {
          kind: sayEvidence(body.kind),
          expected: mediaTypes[body.kind].source.replace(/[\\^$()]/g, ''),
          mediaType: file.mediaType,
        });
      }
      if ((await tx.m.countBy(Evidence, { evaluationId: id })) >= EVIDENCE_LIMIT) {
        throw new Problem('evaluation.evidence-full', { limit: EVIDENCE_LIMIT });
      }
      const row: Evidence = {
        id: ids.timed(),
        evaluationId: id,
        kind: body.kind,
        fileId: file.id,
        sha256: file.sha256,
        addedAt: clock.now(),
      };
      await tx.m.insert(Evidence, row);
      return { patch: {}, type: 'evaluation.evidence-added', payload: { kind: body.kind, sha256: file.sha256 } };
    });

  const report = (call: Call, id: string, body: Body<'report'>): Promise<EvaluationView> =>
    working(call, id, async (tx, e) => {
      const state = unwrap(moveEvaluation(e, 'reported', say('提交报告', 'report')));
      const there = await evidenceOf(tx, id);
      if (!there.some((v) => v.kind === 'report')) {
        throw new Problem('evaluation.evidence-missing', { missing: sayEvidence('report') });
      }
      const { scoreHundredths, conclusion } = body;
      const patch = { state, scoreHundredths, conclusion, reportedAt: clock.now() };
      const payload = { scoreHundredths, conclusion, evidence: there.map((v) => `${v.kind}:${v.sha256}`) };
      return { patch, type: 'evaluation.reported', payload };
    });

  return { open, idsOf, minesInWork, deskReview, onSite, addEvidence, report };
}
