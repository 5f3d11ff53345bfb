import { createHash } from 'node:crypto';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { canonicalize } from '../../kernel/pure/jcs';
import { say } from '../../kernel/pure/wording';
import { institutionOf, openSubjects, passDoor, subjectsOf, type PledgeDeps } from './acting';
import { paperFactsOf, type EvaluationFacts, type EvidenceFact, type PaperFacts } from './facts';
import type { PledgeView } from './pledges.contract';
import {
  DEMONSTRATION_NOTICE,
  INSTITUTION_FIELD,
  INSTITUTION_ROLE,
  pledgeInstitution1,
  TEMPLATE,
} from './pledge-institution-1';
import { judgeEvaluation, judgeOpen } from './pledges.rules';
import { currentPledgesOf, fileKey, Pledge, PledgeSigner } from './pledges.store';

const sha256Of = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** SHA-256 of the JCS of the list of {kind, sha256}, sorted by both. */
export function evidenceRoot(evidence: readonly EvidenceFact[]): string {
  const keyOf = ({ kind, sha256 }: EvidenceFact): string => `${kind} ${sha256}`;
  const sorted = [...evidence].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return sha256Of(canonicalize(sorted.map(({ kind, sha256 }) => ({ kind, sha256 }))));
}

const ACT = say('制作承诺书', 'make the pledge');

export function createPreparing(deps: PledgeDeps, present: (on: Reads, call: Call, p: Pledge) => Promise<PledgeView>) {
  const { db, command, audit, sanctions, blobs, papers, authority, facts } = deps;
  const { clock, ids } = db.sources;

  async function own(on: Reads, call: Call, evaluationId: string): Promise<EvaluationFacts> {
    const e = await facts.evaluation(on, evaluationId);
    if (call.actor.institutionId === e.institutionId) return e;
    throw new Problem('request.not-found', { what: say('评估', 'evaluation'), id: evaluationId });
  }

  /** What the paper would say now; throws where there may be none. */
  async function paperNow(on: Reads, e: EvaluationFacts): Promise<PaperFacts> {
    const paper = await paperFactsOf(facts, on, e);
    unwrap(judgeEvaluation(e, paper.team.length, ACT));
    await requireNoneOpen(on, e.id);
    return paper;
  }

  async function requireNoneOpen(on: Reads, evaluationId: string): Promise<void> {
    const open = (await currentPledgesOf(on, evaluationId)).find((p) => judgeOpen(p.state, ACT).ok);
    if (open) throw new Problem('pledge.open-already', { pledgeId: open.id });
  }

  /** Makes the paper outside any transaction and keeps it. */
  async function draft(e: EvaluationFacts, paper: PaperFacts): Promise<Pledge> {
    const id = ids.timed();
    const preparedAt = clock.now();
    const notice = authority.licensed ? null : DEMONSTRATION_NOTICE;
    const text = { ...paper, number: id, at: preparedAt, notice, evidenceRoot: evidenceRoot(paper.evidence) };
    const pdf = await papers.make(pledgeInstitution1(text));
    const sha256 = sha256Of(pdf);
    await blobs.putIfAbsent(fileKey(sha256), pdf);
    return {
      id,
      evaluationId: e.id,
      institutionId: e.institutionId,
      state: 'prepared',
      template: TEMPLATE,
      baseSha256: sha256,
      currentSha256: sha256,
      revision: 0,
      notice,
      voidReason: null,
      preparedAt,
      completedAt: null,
      version: 1,
    };
  }

  async function insert(tx: Tx, p: Pledge, institutionName: string): Promise<void> {
    await tx.m.insert(Pledge, p);
    const signer: PledgeSigner = {
      pledgeId: p.id,
      no: 1,
      kind: 'institution',
      partyId: p.institutionId,
      name: institutionName,
      role: INSTITUTION_ROLE,
      field: INSTITUTION_FIELD,
      signedAt: null,
      certificateId: null,
    };
    await tx.m.insert(PledgeSigner, signer);
  }

  async function preparePledge(call: Call, evaluationId: string): Promise<PledgeView> {
    const e = await own(db, call, evaluationId);
    await passDoor(deps, call, institutionOf(e));
    const paper = await paperNow(db, e);
    const p = await draft(e, paper);
    return command(call, { subjects: () => subjectsOf(p) }, async (tx) => {
      const shut = await sanctions.checkDoor(tx, call, 'pledge', [institutionOf(p)]);
      if (shut) return shut;
      const now = await paperNow(tx, await own(tx, call, evaluationId));
      // The paper must say what holds when it is entered, or nobody could sign it with a good conscience.
      if (canonicalize(now) !== canonicalize(paper)) throw new Problem('request.conflict');
      await insert(tx, p, paper.institution.name);
      const payload = { pledge: p.id, evaluation: evaluationId, template: p.template, file: p.baseSha256 };
      await audit.append(tx, call, { type: 'pledge.prepared', subjects: openSubjects(p), payload });
      return present(tx, call, p);
    });
  }

  return { preparePledge };
}
