import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, anEvaluation, paperOn } from '../support/line-builders';
import {
  aFile,
  aReadyInstitution,
  anInstitution,
  anOrganisation,
  type ReadyInstitution,
} from '../support/register-builders';
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

test('a mine stays listed by its record while another list than the one it names speaks of it', async () => {
  const largeNow = async () => (await dashboard()).goals.classes[0] as { producing: number; listed: number };
  const before = await largeNow();
  const operatorId = (await anOrganisation(whole)).id;
  const gone = { from: '2025-06-01', announcementNumber: '示例公告', announcedOn: '2025-06-01' };
  const left = (list: string) => [
    { level: 'national', list, status: 'on-list', from: '2025-01-01', lastDay: '2025-05-31' },
    { level: 'national', list, status: 'removed', ...gone },
  ];
  for (const [n, list] of ['示例国家级名录', '示例 名录'].entries()) {
    const licenceNumber = `C37000020091200000002${10 + n}`;
    const named = { list: '示例名录', status: 'on-list', operation: 'producing', operatorId, licenceNumber };
    const id = await mine({ sizeClass: 'large', ...named });
    const entries = { paper: '公告', items: left(list) };
    await done(whole.bureau.put(`/mines/${id}/list-entries`, entries, { 'if-match': '"1"' }));
    const shown = await done(whole.bureau.get(`/mines/${id}`));
    expect(shown.record.status).toBe(n === 0 ? 'on-list' : 'removed');
  }
  expect(await largeNow()).toEqual({ ...before, producing: before.producing + 2, listed: before.listed + 1 });
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

test('a decision that was changed is one decision', async () => {
  const before = (await dashboard()).bars;
  const barred = await anInstitution(whole);
  const subject = await aCaseSubject(whole, { kind: 'institution', id: barred.id }, { state: 'served' });
  const paper = paperOn(whole.today(), 0, await aFile(whole.lead));
  const lighter = { lastBarredDay: addDays(whole.today(), 30), decisionNumber: '示例变更〔2026〕1号', reason: '示例' };
  await done(whole.secondLead.post(`/case-subjects/${subject.id}/change`, { ...paper, ...lighter }));
  const { begun, holding } = (await dashboard()).bars;
  expect(begun.at(-1).institution - before.begun.at(-1).institution).toBe(1);
  expect(holding.institution - before.holding.institution).toBe(1);
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
