import { done } from '../support/client';
import { aCaseSubject, aLot, anAssignment, anEvaluation, statement } from '../support/line-builders';
import { aReadyInstitution, anExpert, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// Lists of the line: whoever works with a lot, a case or a bar finds what belongs to it, and nobody sees more.

let whole: Whole;
let [first, second]: ReadyInstitution[] = [];
beforeAll(async () => {
  whole = await wholeService();
  [first, second] = [await aReadyInstitution(whole), await aReadyInstitution(whole, { staff: 1 })];
}, 60_000);
afterAll(() => whole.close());

const idsOf = (page: { items: { id: string }[] }): string[] => page.items.map((i) => i.id);

test('the assignments of a lot are listed by lot, institution and state; an institution sees its own only', async () => {
  const lot = await aLot(whole, [first!, second!], { mines: 2 });
  const [one, two] = [
    await anAssignment(whole, first!, { lot, mineIds: [lot.mineIds[0]!], takenUp: false }),
    await anAssignment(whole, second!, { lot, mineIds: [lot.mineIds[1]!], takenUp: false }),
  ];
  const reason = '人员不足';
  await done(second!.clerk.post(`/assignments/${two.id}/decline`, { reason }));
  const all = await done(whole.bureau.get(`/assignments?lotId=${lot.id}`));
  expect(idsOf(all).sort()).toEqual([one.id, two.id].sort());
  const declined = await done(whole.bureau.get(`/assignments?lotId=${lot.id}&state=declined`));
  expect(declined.items).toEqual([expect.objectContaining({ id: two.id, endReason: reason })]);
  expect(idsOf(await done(first!.clerk.get('/assignments')))).toEqual([one.id]);
  expect(idsOf(await done(first!.clerk.get(`/assignments?institutionId=${second!.id}`)))).toEqual([]);
  expect(idsOf(await done(whole.bureau.get('/lots?state=closed')))).not.toContain(lot.id);
  expect(idsOf(await done(whole.bureau.get('/lots?state=under-way')))).toContain(lot.id);
  const { name } = await done(whole.bureau.get(`/lots/${lot.id}`));
  const part = encodeURIComponent((name as string).slice(1, -1));
  expect(idsOf(await done(whole.bureau.get(`/lots?q=${part}`)))).toContain(lot.id);
  expect(idsOf(await done(whole.bureau.get(`/lots?q=${part}%25`)))).toEqual([]);
});

test('an assignment shows what the assessor declared when it took the work up', async () => {
  const taken = await anAssignment(whole, first!);
  const seen = await done(whole.bureau.get(`/assignments/${taken.id}`));
  expect(seen.statement).toEqual({ ...statement, statedAt: expect.any(String) as string });
  const waiting = await anAssignment(whole, first!, { takenUp: false });
  expect((await done(whole.bureau.get(`/assignments/${waiting.id}`))).statement).toBeNull();
});

test('an evaluation says why its report came back', async () => {
  const { id, lotId } = await anEvaluation(whole, first!, { state: 'reported' });
  const reason = '核查记录缺少选矿厂部分';
  await done(whole.bureau.post(`/evaluations/${id}/return`, { reason }));
  const seen = await done(first!.clerk.get(`/evaluations/${id}`));
  expect(seen).toMatchObject({ state: 'returned', decisionReason: reason, deskFocus: expect.any(String) as string });
  expect(idsOf(await done(whole.bureau.get(`/evaluations?lotId=${lotId}`)))).toEqual([id]);
  expect(idsOf(await done(second!.clerk.get(`/evaluations?lotId=${lotId}`)))).toEqual([]);
});

test('a bar is read by its id, with its case, its stays and the count of its term', async () => {
  const subject = await aCaseSubject(whole, { kind: 'person', id: (await anExpert(whole)).id }, { state: 'served' });
  const { items } = await done(whole.bureau.get(`/bars?caseId=${subject.caseId}`));
  expect(items).toHaveLength(1);
  const bar = await done(whole.bureau.get(`/bars/${items[0].id}`));
  expect(bar).toEqual(items[0]);
  expect(bar).toMatchObject({ caseSubjectId: subject.id, state: 'barred', stays: [], annulledFrom: null });
  const [year, month, day] = (bar.lastBarredDay as string).split('-').map(Number);
  expect(bar.steps.join()).toContain(`届满日为${year}年${month}月${day}日`);
  const before = await whole.bureau.get(`/bars/${items[0].id}?asOf=2020-01-01`);
  expect(before.body).toMatchObject({ status: 404, type: '/problems/request/not-found' });
  expect((await first!.clerk.get(`/bars/${items[0].id}`)).status).toBe(403);
});

test('a case lists its own steps, and cases are found by state', async () => {
  const { caseId } = await aCaseSubject(whole, { kind: 'institution', id: second!.id }, { state: 'notified' });
  const file = await done(whole.inspector.get(`/cases/${caseId}`));
  expect(file.steps.map((s: { step: string }) => s.step)).toEqual(['opened', 'investigating']);
  expect(file).toMatchObject({ source: expect.any(String) as string, subjects: [expect.any(String)] });
  expect(idsOf(await done(whole.inspector.get('/cases?state=investigating')))).toContain(caseId);
  expect(idsOf(await done(whole.inspector.get('/cases?state=closed')))).not.toContain(caseId);
});

test('engagements are listed for those who make them', async () => {
  const subject = { kind: 'person', id: (await anExpert(whole)).id };
  const made = await done(whole.bureau.post('/engagements', { subject, role: 'adviser', from: whole.today() }), 201);
  expect((await done(whole.bureau.get('/engagements'))).items).toEqual([made]);
  expect((await first!.clerk.get('/engagements')).status).toBe(403);
});
