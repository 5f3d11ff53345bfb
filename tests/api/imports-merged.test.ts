import { done, type Json } from '../support/client';
import { identityNumber } from '../support/register-app';
import { anExpert, anInstitution, type AnExpert } from '../support/register-builders';
import { foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// One person may stand on a sheet under two documents, whose registrations were found to be one: one employment comes
// of it, whichever chunk the rows lie in and whenever the two were merged.

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

async function merge(from: AnExpert, into: AnExpert): Promise<void> {
  const pair = { from: from.platformNumber, into: into.platformNumber, reason: '示例认定', paper: '核实记录' };
  const { id } = await done(whole.bureau.post('/expert-merges', pair), 201);
  await done(whole.lead.post(`/expert-merges/${id}/confirm`, { reason: '复核无误' }));
}

const HEAD = ['姓名', '身份证号码', '聘用方式', '入职时间', '截止日', '社保'];
type Row = readonly unknown[];
const rowOf = ({ name, identity }: { name: string; identity: string }, from: string, to = '', kind = '全职'): Row => [
  ...[name, identity, kind, from, to, '社保缴费证明（示例）'],
];
let strangers = 0;
const others = (count: number): Row[] =>
  Array.from({ length: count }, () => {
    strangers += 1;
    const identity = identityNumber(strangers % 1000, `1990010${1 + Math.floor(strangers / 1000)}`);
    return rowOf({ name: `示例清单人员其${strangers}`, identity }, '2024年1月');
  });

async function uploaded(clerk: Person, rows: readonly Row[]): Promise<Json> {
  const file = xlsxUpload(foreignXlsx({ sheets: { 人员: [HEAD, ...rows.map((r) => [...r])] } }));
  const { id } = await done(clerk.upload('/imports/staff', file), 202);
  return done(clerk.get(`/imports/${id}?wait=30`));
}
async function applied(clerk: Person, id: string, mode: string): Promise<Json> {
  await done(clerk.post(`/imports/${id}/apply`, { mode }), 202);
  return done(clerk.get(`/imports/${id}?wait=30`));
}
const faultsOf = async (clerk: Person, id: string): Promise<string[]> =>
  ((await done(clerk.get(`/imports/${id}/faults?limit=200`))).items as { row: number; reasons: Json[] }[]).map(
    (f) => `${f.row} ${JSON.stringify(f)}`,
  );

async function aHouse(): Promise<{ clerk: Person; id: string }> {
  const { id } = await anInstitution(whole);
  return { id, clerk: await whole.enlist('institution', { institutionId: id }) };
}
const employmentsOf = async (p: AnExpert): Promise<Json[]> =>
  (await done(whole.bureau.get(`/experts/${p.id}`))).employments as Json[];

test('two rows of one merged person are told as one person before anything is registered', async () => {
  const { clerk } = await aHouse();
  const [a, b] = [await anExpert(whole), await anExpert(whole)];
  await merge(a, b);
  const same = { name: b.name };
  const report = await uploaded(clerk, [rowOf({ ...a, ...same }, '2024年1月'), rowOf({ ...b, ...same }, '2024年1月')]);
  expect(report['counts']).toMatchObject({ read: 2, good: 1, faulty: 1 });
  const [fault] = await faultsOf(clerk, report['id'] as string);
  expect(fault).toContain('与第 2 行说的是同一人员');
  await applied(clerk, report['id'] as string, 'good-rows');
  expect(await employmentsOf(b)).toHaveLength(1);
});

test('so it is when they lie a thousand rows apart', async () => {
  const { clerk } = await aHouse();
  const [a, b] = [await anExpert(whole), await anExpert(whole)];
  await merge(a, b);
  const rows = [rowOf({ ...a, name: b.name }, '2024年1月'), ...others(1100), rowOf(b, '2024年1月')];
  const report = await uploaded(clerk, rows);
  expect(report['counts']).toMatchObject({ read: 1102, good: 1101, faulty: 1 });
}, 60_000);

test.each(['good-rows', 'all-or-nothing'])('found to be one after the check: %s', async (mode) => {
  const { clerk } = await aHouse();
  const [one, b] = [await anExpert(whole, { name: '示例同一人' }), await anExpert(whole, { name: '示例同一人' })];
  const report = await uploaded(clerk, [rowOf(one, '2024年1月'), rowOf(b, '2024年1月')]);
  expect(report['counts']).toMatchObject({ good: 2, faulty: 0 });
  await merge(one, b);
  const end = await applied(clerk, report['id'] as string, mode);
  const employments = await employmentsOf(b);
  if (mode === 'good-rows') {
    expect(end).toMatchObject({ state: 'finished', counts: { applied: 1, faulty: 1 } });
    expect(employments).toHaveLength(1);
  } else {
    expect(end).toMatchObject({ state: 'checked', counts: { applied: 0 } });
    expect(employments).toEqual([]);
  }
});

test('found to be one after the check of a long sheet: nothing of it is registered in part', async () => {
  const { clerk } = await aHouse();
  const [a, b] = [await anExpert(whole, { name: '示例远亲' }), await anExpert(whole, { name: '示例远亲' })];
  const rows = [rowOf(a, '2024年1月'), ...others(700), rowOf(b, '2024年1月')];
  const report = await uploaded(clerk, rows);
  expect(report['counts']).toMatchObject({ good: 702 });
  await merge(a, b);
  const end = await applied(clerk, report['id'] as string, 'all-or-nothing');
  expect(end).toMatchObject({ state: 'checked', counts: { applied: 0 } });
  expect(await employmentsOf(b)).toEqual([]);
}, 60_000);

test('two stays of one person that do not touch are two employments', async () => {
  const { clerk } = await aHouse();
  const [a, b] = [await anExpert(whole, { name: '示例两度' }), await anExpert(whole, { name: '示例两度' })];
  const report = await uploaded(clerk, [rowOf(a, '2020年1月', '2021-01-31'), rowOf(b, '2023年1月')]);
  await merge(a, b);
  const end = await applied(clerk, report['id'] as string, 'good-rows');
  expect(end).toMatchObject({ state: 'finished', counts: { applied: 2 } });
  expect(await employmentsOf(b)).toHaveLength(2);
});
