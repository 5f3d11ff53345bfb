import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, anEvaluation, paperOn, teamOf } from '../support/line-builders';
import { aFile, aReadyInstitution, anInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let scan: string;
beforeAll(async () => {
  whole = await wholeService();
  scan = await aFile(whole.inspector);
});
afterAll(() => whole?.close());

const at = (back: number) => paperOn(whole.today(), back, scan);

test('whoever proposed or confirmed a decision does not lift it alone', async () => {
  const { id } = await anInstitution(whole);
  const subject = await aCaseSubject(whole, { kind: 'institution', id }, { state: 'served' });
  const today = whole.today();
  const acts: [string, object][] = [
    ['stays', { from: today }],
    ['annul', { from: today, reason: '示例' }],
    ['change', { lastBarredDay: today, decisionNumber: '示例变更1号', reason: '示例' }],
  ];
  for (const [what, body] of acts) {
    const reply = await whole.lead.post(`/case-subjects/${subject.id}/${what}`, { ...at(0), ...body });
    expect(reply.body).toMatchObject({ status: 403, type: '/problems/case/same-officer' });
  }
  const tomorrow = { ...at(0), from: addDays(today, 1), reason: '示例' };
  const early = await whole.secondLead.post(`/case-subjects/${subject.id}/annul`, tomorrow);
  expect(early.body).toMatchObject({ status: 422, type: '/problems/case/day-in-future' });
});

test('one decision begins one term: its number served again through another case is refused', async () => {
  const { id } = await anInstitution(whole);
  const party = { kind: 'institution' as const, id };
  const decisionNumber = '示例函〔2026〕重复号';
  await aCaseSubject(whole, party, { state: 'served', decisionNumber, servedOn: addDays(whole.today(), -2) });
  const again = await aCaseSubject(whole, party, { state: 'decided', decisionNumber });
  const service = { servedOn: whole.today(), manner: 'direct', proof: '送达回证', proofFileId: scan };
  const reply = await whole.inspector.post(`/case-subjects/${again.id}/serve`, service);
  expect(reply.body).toMatchObject({ status: 409, type: '/problems/case/decision-served', decisionNumber });
  const bars = (await done(whole.bureau.get('/bars?limit=200'))).items as { decisionNumber: string }[];
  expect(bars.filter((b) => b.decisionNumber === decisionNumber)).toHaveLength(1);
});

test('the work of a team stops at the door once a stay is over, though nothing froze it', async () => {
  const institution = await aReadyInstitution(whole, { staff: 7 });
  const barred = institution.staff[0]!;
  const subject = await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
  const today = whole.today();
  await done(whole.secondLead.post(`/case-subjects/${subject.id}/stays`, { ...at(0), from: today, until: today }));
  const evaluation = await anEvaluation(whole, institution, { state: 'team-named', team: teamOf(institution) });
  await whole.moveTo(`${addDays(today, 1)}T02:00:00.000Z`);
  const review = { reviewedOn: whole.today(), preconditionsMet: true, focus: '示例' };
  const reply = await institution.clerk.post(`/evaluations/${evaluation.id}/desk-review`, review);
  expect(reply.body).toMatchObject({ status: 409, type: '/problems/sanctions/barred', doorCode: 'work' });
});

test('text that is no text is refused with its place, in any command', async () => {
  const reply = await whole.inspector.post('/cases', { summary: 'x\ud800', source: '示例' });
  expect(reply.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer: '/summary' }] });
});
