import fs from 'node:fs';
import path from 'node:path';
import { addDays } from '../../src/kernel/pure/time';
import { createClient, done, type Json } from '../support/client';
import {
  anExpert,
  anInstitution,
  anEmployment,
  identityNumberOf,
  type AnInstitution,
} from '../support/register-builders';
import { aForeignAuthority, anOfficerOf } from '../support/officers';
import { runJob } from '../support/play-notices';
import { bytesOf, foreignRead, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// A clerk adds fifteen people by XLSX; every fault is told without a number; nothing of a number stays in the open.

let whole: Whole;
let institution: AnInstitution;
let clerk: Person;
beforeAll(async () => {
  whole = await wholeService();
  institution = await anInstitution(whole);
  clerk = await whole.enlist('institution', { institutionId: institution.id });
});
afterAll(() => whole.close());

const HEAD = ['序号', '姓名', '身份证号码', '职称', '职称证书', '专业', '专业材料', '聘用方式', '入职时间', '社保'];

function people(count: number): unknown[][] {
  return Array.from({ length: count }, (_, i) => {
    const n = 500 + whole.next();
    const number = identityNumberOf(n);
    whole.identities.push(number);
    const title = ['高级工程师', '正高级工程师', '副高', '工程师'][i % 4];
    const field = ['地质', '采矿、选矿', '生态,环境', '地质 采矿'][i % 4];
    return [
      i + 1,
      `示例清单人员其${n}`,
      number,
      title,
      '职称证书（示例）',
      field,
      '毕业证书（示例）',
      '全职',
      '2023年7月',
      '社保缴费证明（示例）',
    ];
  });
}

const sheet = (rows: unknown[][], more: object = {}) =>
  xlsxUpload(
    foreignXlsx({ sheets: { 人员: [['示例评估机构人员登记表'], HEAD, ...rows] }, merges: ['A1:J1'], ...more }),
  );

async function checked(by: Person, file: ReturnType<typeof sheet>, query = ''): Promise<Json> {
  const { id } = await done(by.upload(`/imports/staff${query}`, file), 202);
  return done(by.get(`/imports/${id}?wait=30`));
}

async function applied(by: Person, id: string, mode = 'all-or-nothing'): Promise<Json> {
  await done(by.post(`/imports/${id}/apply`, { mode }), 202);
  return done(by.get(`/imports/${id}?wait=30`));
}

/** Every file under the service's data, as bytes. */
const onDisk = (directory: string): Buffer[] =>
  fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)));

test('a clerk adds fifteen people; each waits for its own confirmation; nothing shows a number', async () => {
  const rows = people(15);
  const report = await checked(clerk, sheet(rows));
  expect(report).toMatchObject({
    state: 'checked',
    institutionId: institution.id,
    counts: { read: 15, good: 15, faulty: 0, repeated: 0, blank: 0 },
  });
  const staged = onDisk(whole.directory);
  for (const row of rows) {
    const number = Buffer.from(row[2] as string);
    expect(staged.some((bytes) => bytes.includes(number))).toBe(false);
  }
  const end = await applied(clerk, report.id as string);
  expect(end).toMatchObject({ state: 'finished', counts: { good: 15, applied: 15 } });
  const staff = await done(clerk.get(`/institutions/${institution.id}/staff`));
  expect(staff.items).toHaveLength(15);
  expect(staff.items.filter((m: Json) => m.confirmed)).toEqual([]);
  const byName = new Map((staff.items as Json[]).map((m) => [m.name, m]));
  expect(byName.get(rows[1]![1])).toMatchObject({
    titleLevel: 'full-senior',
    specialties: ['mining', 'mineral-processing'],
    kind: 'full-time',
  });
  expect(byName.get(rows[2]![1])).toMatchObject({
    titleLevel: 'deputy-senior',
    specialties: ['ecology', 'environment'],
  });
  const types = (await whole.audit()).map((row) => row.type);
  const count = (type: string): number => types.filter((t) => t === type).length;
  expect([count('expert.registered'), count('employment.recorded'), count('import.finished')]).toEqual([15, 15, 1]);
  const again = await done(clerk.upload('/imports/staff', sheet(rows)), 202);
  expect(again).toMatchObject({ id: report.id, repeated: true });
  const elsewhere = await checked(clerk, sheet([...rows].reverse()));
  expect(elsewhere.counts).toMatchObject({ good: 0, repeated: 15 });
});

test('faults name the column and never the number; a number cell is refused for its lost digits', async () => {
  const [one, two, three, four, five] = people(5) as [unknown[], unknown[], unknown[], unknown[], unknown[]];
  const wrong = String(two[2]).replace(/.$/, (c) => (c === '1' ? '2' : '1'));
  two[2] = wrong;
  whole.identities.push(wrong);
  three[2] = null;
  four[7] = '临时';
  const other = await anExpert(whole);
  await anEmployment(whole, other, (await anInstitution(whole)).id);
  Object.assign(five, { 1: other.name, 2: other.identity });
  const number = Number(String(one[2]).slice(0, 17));
  const file = sheet([one, two, three, four, five], { cells: { C5: { t: 'n', v: number } } });
  const report = await checked(clerk, file);
  expect(report.counts).toMatchObject({ read: 5, good: 1, faulty: 4 });
  const faults = (await done(clerk.get(`/imports/${report.id}/faults`))).items as Json[];
  expect(faults.map((f) => [f.row, (f.faults as Json[]).map((x) => x.column as string)])).toEqual([
    [4, ['C']],
    [5, ['C']],
    [6, ['H']],
    [7, ['H']],
  ]);
  expect(JSON.stringify(faults[1])).toContain('丢失');
  expect(JSON.stringify(faults[3])).toContain('全职');
  const told = JSON.stringify(faults);
  for (const n of whole.identities) expect(told).not.toContain(n);
  expect(await applied(clerk, report.id as string, 'good-rows')).toMatchObject({ counts: { applied: 1, faulty: 4 } });
});

test('the same persons with other content: each row is a fault that names its columns; nothing is changed', async () => {
  const rows = people(5);
  // Two rows begin with less than they will say.
  rows[2]![4] = rows[2]![6] = null;
  await applied(clerk, (await checked(clerk, sheet(rows))).id as string);
  const before = await done(clerk.get(`/institutions/${institution.id}/staff`));
  const next = rows.map((row) => [...row, null]);
  next[0]![3] = '正高级工程师';
  next[1]![10] = '参加示例矿山评估（示例）';
  Object.assign(next[2]!, { 4: '职称证书（示例）', 6: '毕业证书（示例）' });
  Object.assign(next[3]!, { 7: '兼职', 8: '2023年8月', 9: '另一份证明（示例）' });
  // What is left blank is not said, and therefore no difference.
  Object.assign(next[4]!, { 3: null, 4: null, 5: null, 6: null, 9: null });
  const file = foreignXlsx({ sheets: { 人员: [[...HEAD, '评估经历'], ...next] } });
  const report = await checked(clerk, xlsxUpload(file));
  expect(report.counts).toMatchObject({ read: 5, good: 0, faulty: 4, repeated: 1 });
  const told = (await done(clerk.get(`/imports/${report.id}/faults`))).items as Json[];
  const said = told.map((f) => [f.row, f.verdict, (f.faults as Json[]).map((x) => x.column as string).join('')]);
  expect(said).toEqual([
    [2, 'faulty', 'D'],
    [3, 'faulty', 'K'],
    [4, 'faulty', 'EG'],
    [5, 'faulty', 'HIJ'],
    [6, 'repeated', ''],
  ]);
  const reasons = told.map((f) => (f.faults as Json[])[0]!.reason as string);
  const cure = '；导入不改已登记的内容，请在人员记录上登记变更。';
  expect(reasons.slice(0, 4)).toEqual([
    `已登记，但以下列与登记不同：职称${cure}`,
    `已登记，但以下列与登记不同：绿色矿山评估经历${cure}`,
    `已登记，但以下列与登记不同：职称证书、专业材料${cure}`,
    `已登记，但以下列与登记不同：聘用方式、起始日、社保（登记的聘用期为 2023-07-01 至 今）${cure}`,
  ]);
  expect((await clerk.post(`/imports/${report.id}/apply`, { mode: 'good-rows' })).status).toBe(422);
  expect((await done(clerk.get(`/institutions/${institution.id}/staff`))).items).toEqual(before.items);
});

test('what is missing for a person to count is remarked on; the row stays good', async () => {
  const [one, two, three, four] = people(4) as [unknown[], unknown[], unknown[], unknown[]];
  one[10] = two[10] = four[10] = '参加示例矿山评估（示例）';
  two[4] = two[6] = null;
  three[9] = null;
  // A fault outweighs what is missing.
  Object.assign(four, { 4: null, 7: '临时' });
  const bytes = foreignXlsx({ sheets: { 人员: [[...HEAD, '评估经历'], one, two, three, four] } });
  const report = await checked(clerk, xlsxUpload(bytes));
  expect(report.counts).toMatchObject({ read: 4, good: 3, faulty: 1, repeated: 0 });
  expect((report.notes as string[]).join()).toContain('有 2 行通过但有提示');
  const faults = (await done(clerk.get(`/imports/${report.id}/faults`))).items as Json[];
  expect(faults.map((f) => f.row as number)).toEqual([5]);
  const remarks = (await done(clerk.get(`/imports/${report.id}/faults?verdict=remarked`))).items as Json[];
  const said = [
    '未填职称证书、专业材料，登记后暂不计入条件',
    '未填社保或编制材料，登记后暂不计入条件；未填绿色矿山评估经历，不能担任组长',
  ];
  expect(remarks.map((r) => [r.row, (r.faults as Json[]).map((f) => f.reason as string)])).toEqual([
    [3, [said[0]]],
    [4, [said[1]]],
  ]);
  const marks = async (): Promise<unknown[]> => {
    const { rows } = foreignRead(await bytesOf(clerk.get(`/imports/${report.id}/sheet`)));
    return rows.slice(1).map((row) => row[11]);
  };
  const remarked = said.map((text) => `通过；提示：${text}`);
  expect(await marks()).toEqual(['通过', ...remarked, expect.stringContaining('有误') as string]);
  // Somebody enters one of them by hand meanwhile: the row becomes a repetition, and its remark goes.
  const twin = foreignXlsx({ sheets: { 人员: [[...HEAD, '评估经历'], two] } });
  await applied(clerk, (await checked(clerk, xlsxUpload(twin))).id as string);
  const end = await applied(clerk, report.id as string, 'good-rows');
  expect(end.counts).toMatchObject({ good: 2, applied: 2, repeated: 1, faulty: 1 });
  expect((await marks())[1]).toContain('重复');
});

test('whose list it is: a clerk’s own, an officer names it, others see nothing', async () => {
  const other = await anInstitution(whole);
  const file = sheet(people(1));
  expect((await clerk.upload(`/imports/staff?institutionId=${other.id}`, file)).status).toBe(404);
  expect((await whole.bureau.upload('/imports/staff', file)).status).toBe(422);
  expect((await clerk.upload('/imports/organisations', file)).status).toBe(403);
  const report = await checked(whole.bureau, file, `?institutionId=${other.id}`);
  expect(report).toMatchObject({ institutionId: other.id, counts: { good: 1 } });
  expect((await clerk.get(`/imports/${report.id}`)).status).toBe(404);
  expect((await done(clerk.get('/imports'))).items.map((i: Json) => i.kind)).not.toContain('organisations');
  await done(whole.bureau.post(`/imports/${report.id}/cancel`));
});

test('another kind of authority with the same division code sees, downloads and registers nothing', async () => {
  const ecology = await anOfficerOf(whole, 'bureau', await aForeignAuthority(whole));
  const file = sheet(people(1));
  const report = await checked(whole.bureau, file, `?institutionId=${institution.id}`);
  const at = `/imports/${report.id}`;
  for (const path of [at, `${at}/faults`, `${at}/sheet`]) expect((await ecology.get(path)).status).toBe(404);
  expect((await ecology.post(`${at}/apply`, { mode: 'good-rows' })).status).toBe(404);
  expect((await ecology.post(`${at}/cancel`)).status).toBe(404);
  expect((await done(ecology.get('/imports'))).items).toEqual([]);
  expect((await whole.reviewer.get(`${at}/sheet`)).status).toBe(200);
  await done(whole.bureau.post(`${at}/cancel`));
});

test('employments by sheet are recorded in one’s own name, and by a key that may record them', async () => {
  const [holder, deputy] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const days = { from: whole.today(), to: addDays(whole.today(), 3) };
  const wanted = { postId: holder.postId, deputyAccountId: deputy.accountId, ...days, reason: '示例出差' };
  const acting = { 'lujian-post': (await done(holder.post('/deputyships', wanted), 201)).id as string };
  const report = await checked(whole.bureau, sheet(people(1)), `?institutionId=${institution.id}`);
  const apply = `/imports/${report.id}/apply`;
  const refused = await deputy.post(apply, { mode: 'all-or-nothing' }, acting);
  expect([refused.status, refused.body.type]).toEqual([403, '/problems/sign-in/own-name']);
  const scopes = ['import.use', 'expert.register'];
  const keyed = async (more: string[]) => {
    const body = {
      name: '示例密钥',
      postId: clerk.postId,
      scopes: [...scopes, ...more],
      expiresOn: addDays(whole.today(), 30),
    };
    const { key } = await done(clerk.post('/api-keys', body), 201);
    whole.secrets.push(key as string);
    return createClient(whole.url).upload('/imports/staff', sheet(people(1)), { authorization: `Bearer ${key}` });
  };
  expect((await keyed([])).body.type).toBe('/problems/import/forbidden');
  expect((await keyed(['employment.record'])).status).toBe(202);
  expect(await applied(whole.bureau, report.id as string)).toMatchObject({ state: 'finished' });
});

test('whoever has an account is told of an employment by sheet, as of one by hand; for the others nothing is sent', async () => {
  const expert = await anExpert(whole);
  const person = await whole.enlist('expert', { expertId: expert.id });
  const [known, unknown] = people(2) as [unknown[], unknown[]];
  [known[1], known[2]] = [expert.name, expert.identity];
  const report = await checked(clerk, sheet([known, unknown]));
  expect(await applied(clerk, report.id as string)).toMatchObject({ state: 'finished' });
  await runJob(whole, 'notifications.place');
  const { items } = await done(person.get('/inbox'));
  expect(items.map((i: { kind: string }) => i.kind)).toEqual(['employment.to-confirm']);
  const employments = (await done(person.get('/experts/me/employments'))).employments;
  expect(items[0].ref).toBe(`employment:${employments[0].id}`);
  const sent = await whole.service.db.m.query<unknown[]>("SELECT id FROM notification WHERE kind LIKE 'employment.%'");
  expect(sent).toHaveLength(1);
});

test('nothing of the numbers came into the log', () => {
  const logged = whole.logged.join('\n');
  expect(logged).toContain('/imports/:kind');
  for (const number of whole.identities) expect(logged).not.toContain(number);
});
