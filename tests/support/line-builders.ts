import { enrol, signPledge } from '../../src/cli/sign/sign-client';
import { connect } from '../../src/cli/sign/service-connection';
import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { done, newKey } from './client';
import { aP256Key } from './p256-key';
import { aFile, aMine, pdfFile, pictureFile, type ReadyInstitution } from './register-builders';
import type { Person, Whole } from './whole-service';

export const statement = {
  independent: true,
  noSelfAssessment: true,
  noFee: true,
  noOutsourcing: true,
  dealings: '无',
};

export interface ALot {
  id: string;
  mineIds: string[];
}

/** A lot of so many mines whose candidates are published. */
export async function aLot(
  whole: Whole,
  institutions: readonly { id: string }[],
  { mines = 1, mineIds }: { mines?: number; mineIds?: string[] } = {},
): Promise<ALot> {
  const ids = mineIds ?? [];
  for (let n = ids.length; mineIds === undefined && n < mines; n += 1) ids.push(await aMine(whole));
  const body = {
    name: `示例批次第${whole.next()}号`,
    purpose: 'producing-mine',
    purchase: { method: 'government-purchase', projectNumber: '示例采购项目' },
    mineIds: ids,
  };
  const { id } = await done(whole.bureau.post('/lots', body), 201);
  await done(whole.bureau.post(`/lots/${id}/candidates`, { institutionIds: institutions.map((i) => i.id) }));
  return { id: id as string, mineIds: ids };
}

export interface AnAssignment {
  id: string;
  lotId: string;
  mineIds: string[];
  evaluationIds: string[];
}

/** Offered, and taken up unless the test says otherwise; by default of a lot of its own. */
export async function anAssignment(
  whole: Whole,
  institution: ReadyInstitution,
  wished: { lot?: ALot; mineIds?: string[]; mines?: number; takenUp?: boolean; answerBy?: string } = {},
): Promise<AnAssignment> {
  const lot = wished.lot ?? (await aLot(whole, [institution], { mines: wished.mines }));
  const mineIds = wished.mineIds ?? lot.mineIds;
  const offer = { institutionId: institution.id, mineIds, answerBy: wished.answerBy ?? whole.today() };
  const { id } = await done(whole.bureau.post(`/lots/${lot.id}/assignments`, offer), 201);
  const known = { id: id as string, lotId: lot.id, mineIds };
  if (wished.takenUp === false) return { ...known, evaluationIds: [] };
  const taken = await done(institution.clerk.post(`/assignments/${id}/take-up`, { statement }));
  return { ...known, evaluationIds: taken.evaluationIds as string[] };
}

const evaluationStates = ['assigned', 'team-named', 'desk-reviewed', 'on-site', 'reported', 'accepted'] as const;
export type WishedState = (typeof evaluationStates)[number];

export interface AnEvaluation {
  id: string;
  lotId: string;
  assignmentId: string;
}

/** The first `size` of the staff, the very first as leader. */
export const teamOf = (institution: ReadyInstitution, from = 0, size = 5) => {
  const [leader, ...members] = institution.staff.slice(from, from + size).map((p) => p.id);
  return { leaderId: leader!, memberIds: members };
};

/** Report, verification record, imagery. */
export async function addAllEvidence(by: Person, evaluationId: string): Promise<void> {
  for (const [kind, file] of [
    ['report', pdfFile('评估报告.pdf')],
    ['verification-record', pdfFile('核查记录.pdf')],
    ['imagery', pictureFile()],
  ] as const) {
    const fileId = await aFile(by, file);
    await done(by.post(`/evaluations/${evaluationId}/evidence`, { kind, fileId }), 201);
  }
}

/** Makes the pledge and signs it with a key that stays here; the pledge's id. */
export async function aSignedPledge(whole: Whole, clerk: Person, evaluationId: string): Promise<string> {
  const { id } = await done(clerk.post(`/evaluations/${evaluationId}/pledges`), 201);
  const connection = connect({ baseUrl: whole.url, headers: clerk.cookieHeaders, newIdempotencyKey: newKey });
  const key = aP256Key();
  const certificate = await enrol(connection, key, '任意名称');
  await signPledge(connection, { pledgeId: id as string, key, certificate, confirm: () => true });
  return id as string;
}

/**
 * One mine's evaluation in this state, of an assignment of its own. `evidence` says whether it has its papers and
 * `pledged` whether its pledge is signed; an accepted one has both.
 */
export async function anEvaluation(
  whole: Whole,
  institution: ReadyInstitution,
  wished: { state: WishedState; team?: object; evidence?: boolean; pledged?: boolean },
): Promise<AnEvaluation> {
  const { clerk } = institution;
  const made = await anAssignment(whole, institution);
  const id = made.evaluationIds[0]!;
  const day = whole.today();
  const accepted = wished.state === 'accepted';
  const evidence = wished.evidence ?? accepted;
  const steps: Record<WishedState, () => Promise<unknown>> = {
    assigned: async () => undefined,
    'team-named': () => done(clerk.post(`/evaluations/${id}/team`, wished.team ?? teamOf(institution))),
    'desk-reviewed': () => {
      const review = { reviewedOn: day, preconditionsMet: true, focus: '生态修复' };
      return done(clerk.post(`/evaluations/${id}/desk-review`, review));
    },
    'on-site': async () => {
      const visit = { from: day, to: day, pledgeReadOut: true, note: '首次会议宣读承诺书' };
      await done(clerk.post(`/evaluations/${id}/on-site`, visit));
      if (evidence) await addAllEvidence(clerk, id);
      if (wished.pledged ?? accepted) await aSignedPledge(whole, clerk, id);
    },
    reported: async () => {
      if (!evidence) {
        const fileId = await aFile(clerk, pdfFile('评估报告.pdf'));
        await done(clerk.post(`/evaluations/${id}/evidence`, { kind: 'report', fileId }), 201);
      }
      await done(clerk.post(`/evaluations/${id}/report`, { scoreHundredths: 8650, conclusion: 'meets' }));
    },
    accepted: () => done(whole.bureau.post(`/evaluations/${id}/accept`)),
  };
  for (const state of evaluationStates.slice(0, evaluationStates.indexOf(wished.state) + 1)) await steps[state]();
  return { id, lotId: made.lotId, assignmentId: made.id };
}

const caseStates = ['notified', 'heard', 'reviewed', 'proposed', 'decided', 'served', 'in-force'] as const;
export type WishedCaseState = (typeof caseStates)[number];

export interface CaseParty {
  kind: 'institution' | 'person';
  id: string;
}

export interface ServiceAnswer {
  bar: { id: string; servedOn: LegalDate; lastBarredDay: LegalDate; freeFrom: LegalDate };
  frozen: { assignments: string[]; evaluations: string[]; engagements: string[] };
}

export interface ACaseSubject {
  id: string;
  caseId: string;
  decisionNumber: string;
  version: number;
  /** What entering the service answered, once it is served. */
  service?: ServiceAnswer;
}

/** The step's day so many days before `until`, its paper and its scan. */
export const paperOn = (until: LegalDate, back: number, scanFileId: string) => ({
  day: addDays(until, -back),
  paper: '示例文书',
  scanFileId,
});

/** A case under investigation, opened forty days before `until`. */
export async function aCase(whole: Whole, until: LegalDate, scan: string): Promise<string> {
  const { inspector } = whole;
  const { id } = await done(inspector.post('/cases', { summary: '示例线索', source: '抽查核查' }), 201);
  await done(inspector.post(`/cases/${id}/open`, paperOn(until, 40, scan)));
  const officers = ['001', '002'].map((certificate) => ({ name: '示例调查人员', certificate }));
  await done(inspector.post(`/cases/${id}/investigate`, { ...paperOn(until, 30, scan), officers }));
  return id as string;
}

/** A party of a case of its own in this state; every step is entered by the officer whose it is. */
export async function aCaseSubject(
  whole: Whole,
  subject: CaseParty,
  wished: { state: WishedCaseState; servedOn?: LegalDate; decisionNumber?: string; caseId?: string },
): Promise<ACaseSubject> {
  const { inspector, reviewer, bureau, lead } = whole;
  const { servedOn = whole.today(), decisionNumber = `示例函〔2026〕${whole.next()}号` } = wished;
  const scan = await aFile(inspector);
  const on = (back: number) => paperOn(servedOn, back, scan);
  const caseId = wished.caseId ?? (await aCase(whole, servedOn, scan));
  let [id, version] = ['', 0];
  let service: ServiceAnswer | undefined;
  const at = (what: string): string => `/case-subjects/${id}/${what}`;
  const steps: Record<WishedCaseState, () => Promise<{ version: number }>> = {
    notified: async () => {
      const noticed = on(29);
      const term = await done(whole.anyone.get(`/calendar/working-days?from=${noticed.day}&days=5`));
      const defenceUntil = term.day as LegalDate;
      const notice = { ...noticed, subject, ground: 'untrue-conclusion', defenceUntil };
      const made = await done(inspector.post(`/cases/${caseId}/subjects`, notice), 201);
      id = made.id as string;
      return made;
    },
    heard: () => done(inspector.post(at('hear'), on(14))),
    reviewed: () => done(reviewer.post(at('review'), on(6))),
    proposed: () => {
      const days = { decidedOn: addDays(servedOn, -3), actDay: addDays(servedOn, -60) };
      return done(bureau.post(at('proposal'), { decisionNumber, ...days, reasons: '经核实，结论严重失实（示例）。' }));
    },
    decided: () => done(lead.post(at('decide'), { scanFileId: scan }, { 'if-match': `"${version}"` })),
    served: async () => {
      const body = { servedOn, manner: 'direct', proof: '送达回证', proofFileId: scan };
      return (service = await done(inspector.post(at('serve'), body)));
    },
    'in-force': () => done(inspector.post(at('in-force'), on(0))),
  };
  for (const state of caseStates.slice(0, caseStates.indexOf(wished.state) + 1)) ({ version } = await steps[state]());
  return { id, caseId, decisionNumber, version, ...(service ? { service } : {}) };
}
