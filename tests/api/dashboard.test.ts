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

interface Conditions {
  judged: number;
  admitted: number;
  next: string | null;
  rules: ConditionRule[];
  hints: ConditionRule[];
}
type ConditionRule = { rule: string; unmet: { institutionId: string; name: string }[] };
const conditions = (query = '', by = whole.lead): Promise<Conditions & { authority: string }> =>
  done(by.get(`/dashboard/conditions${query}`)) as never;

test('conditions that admitted institutions do not meet are named rule by rule, hints apart', async () => {
  const outside = await anInstitution(whole);
  const { judged, admitted, next, rules, hints } = await conditions();
  expect({ judged, admitted, next }).toEqual({ judged: 1, admitted: 1, next: null });
  const readiness = await done(whole.lead.get(`/institutions/${institution.id}/readiness`));
  const unmet = (effect: string): string[] =>
    (readiness.rules as { rule: string; met: boolean; effect: string }[])
      .filter((r) => !r.met && r.effect === effect)
      .map((r) => r.rule)
      .sort();
  expect(unmet('refuse')).not.toEqual([]);
  expect(unmet('inform')).not.toEqual([]);
  expect(rules.map((r) => r.rule).sort()).toEqual(unmet('refuse'));
  expect(hints.map((r) => r.rule).sort()).toEqual(unmet('inform'));
  const who = [{ institutionId: institution.id, name: expect.stringContaining('示例') as string }];
  for (const rule of [...rules, ...hints]) expect(rule.unmet).toEqual(who);
  expect(JSON.stringify([rules, hints])).not.toContain(outside.id);
});

test('all institutions of the register are judged, batch by batch, each once', async () => {
  const more = [];
  for (let n = 0; n < 4; n += 1) more.push((await aReadyInstitution(whole, { staff: 1 })).id);
  const all = [institution.id, ...more].sort();
  const judged: string[] = [];
  let after = '';
  let rounds = 0;
  for (let next: string | null = ''; next !== null; rounds += 1) {
    const reply: Conditions = await conditions(`?limit=2${after}`);
    expect(reply.admitted).toBe(5);
    expect(reply.judged).toBeLessThanOrEqual(2);
    const found = new Set(reply.rules.flatMap((r) => r.unmet.map((u) => u.institutionId)));
    expect(found.size).toBe(reply.judged);
    judged.push(...found);
    next = reply.next;
    after = `&after=${next}`;
  }
  expect(rounds).toBe(3);
  expect(judged.sort()).toEqual(all);
  expect((await conditions()).next).toBeNull();
});

test('an authority is answered by its own rules, about its own register', async () => {
  const body = { code: '330100', kind: 'natural-resources', name: '示例市自然资源局', parentBasis: '示例隶属文号' };
  const parentId = (await done(whole.admin.get('/authorities'))).items[0].id as string;
  const made = { ...body, parentId, from: '2025-01-01', paper: '示例文号' };
  const authorityId = (await done(whole.admin.post('/authorities', made), 201)).id as string;
  const [officer, lead] = await Promise.all(
    (['bureau', 'bureau-lead'] as const).map((role) => whole.enlist(role, { authorityId } as never)),
  );
  expect(await conditions('', lead)).toMatchObject({ authority: '330100', admitted: 0, judged: 0, rules: [] });
  await done(officer!.post('/pool-entries', { institutionId: institution.id, authorityId }), 201);
  const unmetUnder = async (authority: string): Promise<string[]> => {
    const { rules } = await done(whole.lead.get(`/institutions/${institution.id}/readiness?authority=${authority}`));
    return (rules as { rule: string; met: boolean }[]).filter((r) => !r.met).map((r) => r.rule);
  };
  const theirs = await unmetUnder('330100');
  expect(theirs.sort()).not.toEqual((await unmetUnder('370000')).sort());
  const { rules, hints, ...told } = await conditions('', lead);
  expect(told).toMatchObject({ authority: '330100', admitted: 1, judged: 1, next: null });
  expect([...rules, ...hints].map((r) => r.rule).sort()).toEqual(theirs);
});

test('institutions have no dashboard', async () => {
  expect((await institution.clerk.get('/dashboard')).status).toBe(403);
});
