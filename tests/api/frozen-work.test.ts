import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import {
  aCase,
  aCaseSubject,
  anAssignment,
  anEvaluation,
  paperOn,
  statement,
  teamOf,
  type ACaseSubject,
} from '../support/line-builders';
import { aFile, anInstitution, aReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// What stands still goes on only by the ways that architecture 4 knows, and always finds one of them.

let whole: Whole;
let scan: string;

beforeAll(async () => {
  whole = await wholeService();
  scan = await aFile(whole.lead);
}, 60_000);
afterAll(() => whole.close());

const reason = { reason: '示例理由' };
const paper = (back = 0) => paperOn(whole.today(), back, scan);
const remedy = (subject: ACaseSubject, what: string, body: object) =>
  done(whole.secondLead.post(`/case-subjects/${subject.id}/${what}`, { ...paper(), ...body }));
const stay = (subject: ACaseSubject, until: string | null) => remedy(subject, 'stays', { from: whole.today(), until });
const bar = (kind: 'institution' | 'person', id: string) => aCaseSubject(whole, { kind, id }, { state: 'served' });
const evaluation = (id: string) => done(whole.bureau.get(`/evaluations/${id}`));
const assignment = (id: string) => done(whole.bureau.get(`/assignments/${id}`));

describe('a frozen assignment, its bar being stayed,', () => {
  test('is not answered before an officer has resumed it', async () => {
    const institution = await aReadyInstitution(whole);
    const offered = await anAssignment(whole, institution, { takenUp: false });
    await stay(await bar('institution', institution.id), null);
    const answer = await institution.clerk.post(`/assignments/${offered.id}/take-up`, { statement });
    expect(answer.body).toMatchObject({
      type: '/problems/assignment/wrong-state',
      state: 'frozen',
      wanted: 'taken-up',
    });
    const declined = await institution.clerk.post(`/assignments/${offered.id}/decline`, reason);
    expect(declined.body).toMatchObject({ type: '/problems/assignment/wrong-state', state: 'frozen' });
    expect(await done(whole.lead.post(`/assignments/${offered.id}/resume`, reason))).toMatchObject({
      state: 'offered',
    });
    await done(institution.clerk.post(`/assignments/${offered.id}/take-up`, { statement }));
  });

  test('that was taken up is not taken up twice, and has its evaluations once', async () => {
    const institution = await aReadyInstitution(whole);
    const taken = await anAssignment(whole, institution);
    await stay(await bar('institution', institution.id), null);
    const answer = await institution.clerk.post(`/assignments/${taken.id}/take-up`, { statement });
    expect(answer.status).toBe(409);
    expect((await assignment(taken.id)).evaluationIds).toEqual(taken.evaluationIds);
    expect(await done(whole.lead.post(`/assignments/${taken.id}/resume`, reason))).toMatchObject({ state: 'taken-up' });
    const again = await whole.lead.post(`/assignments/${taken.id}/resume`, reason);
    expect(again.body).toMatchObject({
      type: '/problems/assignment/wrong-state',
      state: 'taken-up',
      wanted: 'resumed',
    });
  });

  test('goes on with the evaluation that is resumed, and is fulfilled with it', async () => {
    const institution = await aReadyInstitution(whole);
    const made = await anEvaluation(whole, institution, { state: 'reported', evidence: true, pledged: true });
    await stay(await bar('institution', institution.id), null);
    expect((await assignment(made.assignmentId)).state).toBe('frozen');
    const resumed = await whole.lead.post(`/evaluations/${made.id}/resume`, reason);
    expect(resumed.body).toMatchObject({ state: 'reported', freezeReason: null });
    expect((await whole.traceOf(resumed)).types).toEqual(['assignment.resumed', 'evaluation.resumed']);
    expect((await assignment(made.assignmentId)).state).toBe('taken-up');
    await done(whole.bureau.post(`/evaluations/${made.id}/accept`));
    expect((await assignment(made.assignmentId)).state).toBe('fulfilled');
  });
});

describe('a frozen evaluation', () => {
  test('whose institution is free again but whose team holds a barred member gets out by another team', async () => {
    const institution = await aReadyInstitution(whole, { staff: 7 });
    const made = await anEvaluation(whole, institution, { state: 'desk-reviewed' });
    const ofInstitution = await bar('institution', institution.id);
    await bar('person', institution.staff[0]!.id);
    await stay(ofInstitution, null);
    const shut = await whole.lead.post(`/evaluations/${made.id}/resume`, reason);
    expect(shut.body).toMatchObject({ type: '/problems/sanctions/barred', subjectKind: 'person' });
    const same = await institution.clerk.post(`/evaluations/${made.id}/team`, teamOf(institution));
    expect(same.body).toMatchObject({ type: '/problems/sanctions/barred', subjectKind: 'person' });

    const changed = await institution.clerk.post(`/evaluations/${made.id}/team`, teamOf(institution, 1));
    expect(changed.body).toMatchObject({ state: 'frozen', freezeReason: 'institution-bar' });
    expect((await whole.traceOf(changed)).types).toEqual(['evaluation.team-changed']);
    const early = { from: whole.today(), to: whole.today(), pledgeReadOut: true, note: '示例' };
    expect((await institution.clerk.post(`/evaluations/${made.id}/on-site`, early)).body.type).toBe(
      '/problems/evaluation/frozen',
    );
    await done(whole.lead.post(`/evaluations/${made.id}/resume`, reason));
    expect(await evaluation(made.id)).toMatchObject({ state: 'desk-reviewed', freezeReason: null });
  });

  test('that was reported comes back to the new team, which is recorded', async () => {
    const institution = await aReadyInstitution(whole, { staff: 7 });
    const made = await anEvaluation(whole, institution, { state: 'reported', evidence: true, pledged: true });
    await bar('person', institution.staff[0]!.id);
    const changed = await institution.clerk.post(`/evaluations/${made.id}/team`, teamOf(institution, 1));
    expect(changed.body).toMatchObject({ state: 'returned', freezeReason: null });
    const { types } = await whole.traceOf(changed);
    expect(types).toEqual(
      expect.arrayContaining(['evaluation.resumed', 'evaluation.returned', 'evaluation.team-changed']),
    );
    const accepted = await whole.bureau.post(`/evaluations/${made.id}/accept`);
    expect(accepted.body.type).toBe('/problems/evaluation/wrong-state');
    await done(
      institution.clerk.post(`/evaluations/${made.id}/report`, { scoreHundredths: 8000, conclusion: 'meets' }),
    );
    // The word of the old team is void: the new one has to give its own.
    const missing = await whole.bureau.post(`/evaluations/${made.id}/accept`);
    expect(missing.body).toMatchObject({ type: '/problems/evaluation/evidence-missing', missing: '真实性承诺书' });
  });
});

test('of two last evaluations that end at once one sees the other, so that the assignment is fulfilled', async () => {
  const institution = await aReadyInstitution(whole);
  for (let round = 0; round < 5; round += 1) {
    const { id, evaluationIds } = await anAssignment(whole, institution, { mines: 2 });
    const ended = await Promise.all(evaluationIds.map((e) => whole.lead.post(`/evaluations/${e}/void`, reason)));
    expect(ended.map((r) => r.status)).toEqual([200, 200]);
    expect((await assignment(id)).state).toBe('fulfilled');
  }
});

test('a person sees the evaluations of the own teams and no others', async () => {
  const institution = await aReadyInstitution(whole, { staff: 6 });
  const mine = await anEvaluation(whole, institution, { state: 'team-named' });
  const others = await anEvaluation(whole, institution, { state: 'team-named', team: teamOf(institution, 1) });
  const expert = await whole.enlist('expert', { expertId: institution.staff[0]!.id });
  const seen = await done(expert.get('/evaluations?limit=200'));
  expect((seen.items as { id: string }[]).map((e) => e.id)).toEqual([mine.id]);
  expect(await done(expert.get(`/evaluations/${mine.id}`))).toMatchObject({ id: mine.id });
  expect((await expert.get(`/evaluations/${others.id}`)).status).toBe(404);
});

test('an engagement may end earlier, never later than it was made for', async () => {
  const { id } = await anInstitution(whole);
  const today = whole.today();
  const made = { subject: { kind: 'institution', id }, role: 'reviewer', from: today, to: addDays(today, 10) };
  const engagement = await done(whole.bureau.post('/engagements', made), 201);
  const at = `/engagements/${engagement.id}/end`;
  const longer = await whole.bureau.post(at, { lastDay: addDays(today, 11) });
  expect(longer.body).toMatchObject({ status: 409, type: '/problems/engagement/already-ended' });
  expect(await done(whole.bureau.post(at, { lastDay: addDays(today, 3) }))).toMatchObject({ to: addDays(today, 3) });
});

test('engagements that run end with the service of a bar, those to come keep no day', async () => {
  const { id } = await anInstitution(whole);
  const today = whole.today();
  const role = { subject: { kind: 'institution', id }, role: 'reviewer' };
  const running = await done(whole.bureau.post('/engagements', { ...role, from: today, to: null }), 201);
  const coming = await done(whole.bureau.post('/engagements', { ...role, from: addDays(today, 5), to: null }), 201);
  const { service } = await bar('institution', id);
  expect([...service!.frozen.engagements].sort()).toEqual([running.id, coming.id].sort());
  const longer = await whole.bureau.post(`/engagements/${running.id}/end`, { lastDay: addDays(today, 1) });
  expect(longer.body).toMatchObject({ status: 409, type: '/problems/engagement/already-ended', to: today });
});

describe('a case', () => {
  test('that was dismissed leads nobody to a decision', async () => {
    const { id } = await anInstitution(whole);
    const caseId = await aCase(whole, whole.today(), scan);
    const subject = await aCaseSubject(whole, { kind: 'institution', id }, { state: 'proposed', caseId });
    await done(whole.lead.post(`/cases/${caseId}/dismiss`, paper()));
    const version = { 'if-match': `"${subject.version}"` };
    const decided = await whole.lead.post(`/case-subjects/${subject.id}/decide`, { scanFileId: scan }, version);
    expect(decided.body).toMatchObject({ type: '/problems/case/wrong-state', state: 'dismissed' });
    const another = await anInstitution(whole);
    const party = { kind: 'institution', id: another.id };
    const notice = { ...paper(), subject: party, ground: 'other', defenceUntil: addDays(whole.today(), 5) };
    expect((await whole.inspector.post(`/cases/${caseId}/subjects`, notice)).body.type).toBe(
      '/problems/case/wrong-state',
    );
  });

  test('in which a decision stands is not dismissed, and its service may follow a transfer', async () => {
    const { id } = await anInstitution(whole);
    const caseId = await aCase(whole, whole.today(), scan);
    const subject = await aCaseSubject(whole, { kind: 'institution', id }, { state: 'decided', caseId });
    const dismissed = await whole.lead.post(`/cases/${caseId}/dismiss`, paper());
    expect(dismissed.body).toMatchObject({ type: '/problems/case/decision-stands', subjects: subject.id });
    await done(whole.lead.post(`/cases/${caseId}/transfer`, paper()));
    const service = { servedOn: addDays(whole.today(), -1), manner: 'direct', proof: '送达回证', proofFileId: scan };
    expect(await done(whole.inspector.post(`/case-subjects/${subject.id}/serve`, service))).toMatchObject({
      state: 'served',
    });
  });

  test('does not end on a day before the steps of its parties', async () => {
    const { id } = await anInstitution(whole);
    const { caseId } = await aCaseSubject(whole, { kind: 'institution', id }, { state: 'in-force' });
    const early = await whole.inspector.post(`/cases/${caseId}/close`, paper(1));
    expect(early.body).toMatchObject({ status: 422, type: '/problems/case/day-order', previous: whole.today() });
    expect(await done(whole.inspector.post(`/cases/${caseId}/close`, paper()))).toMatchObject({ state: 'closed' });
  });
});

describe('a changed decision', () => {
  const change = (lastBarredDay: string) => ({ lastBarredDay, decisionNumber: '示例变更函', reason: '示例变更' });
  const screen = async (uscc: string, asOf: string) =>
    (await done(whole.anyone.get(`/public/screening/${uscc}?asOf=${asOf}`))).verdict as string;

  test('is stayed as the old one was, until the stay is lifted', async () => {
    const institution = await anInstitution(whole);
    const subject = await bar('institution', institution.id);
    const today = whole.today();
    await stay(subject, null);
    await remedy(subject, 'change', change('2028-03-02'));
    expect(await screen(institution.uscc, today)).toBe('fit');
    expect(await screen(institution.uscc, '2028-03-02')).toBe('fit');
    const until = addDays(today, 30);
    await stay(subject, until);
    expect(await screen(institution.uscc, until)).toBe('fit');
    expect(await screen(institution.uscc, addDays(until, 1))).toBe('not-fit');
    expect(await screen(institution.uscc, '2028-03-02')).toBe('not-fit');
    expect(await screen(institution.uscc, '2028-03-03')).toBe('fit');
  });

  test('ends no earlier than it was served', async () => {
    const institution = await anInstitution(whole);
    const subject = await bar('institution', institution.id);
    const at = `/case-subjects/${subject.id}/change`;
    const early = await whole.secondLead.post(at, { ...paper(), ...change(addDays(whole.today(), -1)) });
    expect(early.body).toMatchObject({ status: 422, type: '/problems/case/end-before-start' });
    expect(await screen(institution.uscc, whole.today())).toBe('not-fit');
  });
});

test('of two decisions the door names the one that holds longer, and lists both', async () => {
  const institution = await anInstitution(whole);
  const party = { kind: 'institution' as const, id: institution.id };
  const first = await aCaseSubject(whole, party, { state: 'served', servedOn: addDays(whole.today(), -20) });
  const second = await aCaseSubject(whole, party, { state: 'served' });
  const refused = await whole.bureau.post('/engagements', { subject: party, role: 'adviser', from: whole.today() });
  expect(refused.body).toMatchObject({
    type: '/problems/sanctions/barred',
    decisionNumber: second.decisionNumber,
    lastBarredDay: second.service!.bar.lastBarredDay,
    freeFrom: second.service!.bar.freeFrom,
    decisions: [first.decisionNumber, second.decisionNumber],
  });
});
