import { done } from '../support/client';
import { aCaseSubject, anEvaluation } from '../support/line-builders';
import { aReadyInstitution, anInstitution, anOrganisation, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// Figures for those who steer: what is counted is what stands in the registers and on the line today.

let whole: Whole;
let institution: ReadyInstitution;
beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
}, 60_000);
afterAll(() => whole.close());

const dashboard = (by = whole.lead) => done(by.get('/dashboard'));

let licence = 0;
async function mine(content: Record<string, unknown>): Promise<string> {
  licence += 1;
  const paper = { from: '2025-01-01', paper: '登记表', province: '山东省', name: `示例统计矿山${licence}` };
  return (await done(whole.bureau.post('/mines', { ...paper, ...content }), 201)).id as string;
}

test('large and medium mines on the lists stand against the goals of 2028', async () => {
  const before = (await dashboard()).goals;
  expect(before).toMatchObject({
    by: '2028-12-31',
    citation: '自然资规〔2024〕1号（三）',
    classes: [
      { sizeClass: 'large', goalPercent: 90 },
      { sizeClass: 'medium', goalPercent: 80 },
    ],
  });
  const operatorId = (await anOrganisation(whole)).id;
  const licensed = (n: number) => ({ operation: 'producing', operatorId, licenceNumber: `C37000020091200000001${n}` });
  await mine({ sizeClass: 'large', ...licensed(10), list: '示例名录', status: 'on-list' });
  await mine({ sizeClass: 'large', ...licensed(11) });
  const dated = await mine({ sizeClass: 'large', ...licensed(12), list: '示例名录', status: 'on-list' });
  const removed = { level: 'provincial', list: '示例名录', status: 'removed', from: '2025-06-01' };
  const announced = { announcementNumber: '示例公告', announcedOn: '2025-06-01' };
  const entries = { paper: '公告', items: [{ ...removed, ...announced }] };
  await done(whole.bureau.put(`/mines/${dated}/list-entries`, entries, { 'if-match': '"1"' }));
  await mine({ sizeClass: 'large', operation: 'closed', list: '示例名录', status: 'on-list' });
  await mine({ sizeClass: 'medium', operation: 'producing', operatorId });
  await mine({ sizeClass: 'small', ...licensed(13), list: '示例名录', status: 'on-list' });
  const [large, medium] = (await dashboard()).goals.classes;
  const [largeBefore, mediumBefore] = before.classes;
  expect(large).toEqual({
    ...largeBefore,
    producing: largeBefore.producing + 3,
    listed: largeBefore.listed + 1,
  });
  expect(medium).toEqual({ ...mediumBefore, unclear: mediumBefore.unclear + 1 });
});

test('evaluations are counted by state, and the institution that has them by its load', async () => {
  await anEvaluation(whole, institution, { state: 'assigned' });
  await anEvaluation(whole, institution, { state: 'accepted' });
  const figures = await dashboard();
  expect(figures.evaluations).toEqual(
    expect.arrayContaining([
      { state: 'assigned', count: 1 },
      { state: 'accepted', count: 1 },
    ]),
  );
  expect(figures.load).toEqual([
    { institutionId: institution.id, name: expect.stringContaining('示例') as string, open: 1, total: 2 },
  ]);
});

test('a bar is counted in the month in which it began, and as long as it holds', async () => {
  const barred = await anInstitution(whole);
  await aCaseSubject(whole, { kind: 'institution', id: barred.id }, { state: 'served' });
  const { bars } = await dashboard();
  expect(bars.holding).toEqual({ institution: 1, person: 0 });
  expect(bars.begun).toHaveLength(24);
  expect(bars.begun.filter((b: { institution: number }) => b.institution > 0)).toEqual([
    { month: whole.today().slice(0, 7), institution: 1, person: 0 },
  ]);
});

test('conditions that admitted institutions do not meet are named rule by rule, with who does not meet them', async () => {
  const outside = await anInstitution(whole);
  const { judged, rules } = await done(whole.lead.get('/dashboard/conditions'));
  expect(judged).toBe(1);
  const readiness = await done(whole.lead.get(`/institutions/${institution.id}/readiness`));
  const unmet = (readiness.rules as { rule: string; met: boolean }[]).filter((r) => !r.met).map((r) => r.rule);
  expect(unmet).not.toEqual([]);
  const named = rules as { rule: string; unmet: { institutionId: string; name: string }[] }[];
  expect(named.map((r) => r.rule).sort()).toEqual(unmet.sort());
  const who = [{ institutionId: institution.id, name: expect.stringContaining('示例') as string }];
  for (const rule of named) expect(rule.unmet).toEqual(who);
  expect(JSON.stringify(rules)).not.toContain(outside.id);
});

test('institutions have no dashboard', async () => {
  expect((await institution.clerk.get('/dashboard')).status).toBe(403);
});
