import { done, type Json } from '../support/client';
import { aFile, anInstitution, identityNumberOf, pdfFile, type AnInstitution } from '../support/register-builders';
import { bytesOf, foreignRead, foreignXlsx, xlsxUpload } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Whoever knows a public number may record an employment. Until the person, or a second officer, has confirmed it, the
// institution sees of the person what it recorded itself, the public number and the name; afterwards what is on record
// for the days of the employment; of an identity number never more than the mask.

let whole: Whole;
let here: AnInstitution;
let clerk: Person;
beforeAll(async () => {
  whole = await wholeService();
  here = await anInstitution(whole);
  clerk = await whole.enlist('institution', { institutionId: here.id });
});
afterAll(() => whole.close());

const etag = (version: number) => ({ 'if-match': `"${version}"` });

interface Registered {
  id: string;
  platformNumber: string;
  name: string;
  number: string;
}

/** Texts that nobody but the officers and the person may read; each is found again by search of the replies. */
const secrets = ['示例密证书', '示例密学历', '示例密经历', '示例密履历', '示例旧名人'];

const details = {
  titleLevel: 'full-senior',
  titleName: '正高级工程师',
  titleEvidence: '示例密证书',
  specialties: ['geology', 'mining'],
  specialtyEvidence: '示例密学历',
  specialtyProofs: [{ specialty: 'mining', evidence: '示例密履历' }],
  mineralAdminYears: 17,
  civilServant: true,
  assessmentExperience: '示例密经历',
};

/** Registered by the bureau, under another name in earlier years. */
async function aPerson(by: Person = whole.bureau): Promise<Registered> {
  const n = whole.next();
  const number = identityNumberOf(n);
  whole.identities.push(number);
  const identities = [{ kind: 'resident-id', number }];
  const first = { from: '2015-01-01', paper: '登记表', name: '示例旧名人', ...details };
  const { id, platformNumber } = await done(by.post('/experts', { identities, ...first }), 201);
  const name = `示例现名第${n}`;
  if (by === whole.bureau) {
    whole.clock.advance(1000);
    const renamed = { from: '2019-01-01', paper: '更名证明', name };
    await done(by.post(`/experts/${id}/versions`, renamed, etag(1)), 201);
  }
  return { id: id as string, platformNumber: platformNumber as string, name, number };
}

const employ = async (p: Registered, days: object = {}): Promise<string> => {
  const body = { platformNumber: p.platformNumber, institutionId: here.id, kind: 'part-time', from: '2018-01-01' };
  return (await done(clerk.post('/employments', { ...body, paper: '示例聘书', ...days }), 201)).id as string;
};

async function confirm(employmentId: string): Promise<void> {
  const signedSheetFileId = await aFile(whole.bureau, pdfFile(`${employmentId}.pdf`));
  await done(whole.bureau.post(`/employments/${employmentId}/sheet`, { signedSheetFileId, paper: '确认单' }));
  await done(whole.reviewer.post(`/employments/${employmentId}/confirm`, {}));
}

/** Which of the texts the reader finds in everything that he can read about the person. */
async function found(
  reader: Person,
  { id, name, platformNumber }: Registered,
  sought: readonly string[],
): Promise<string[]> {
  const ways = [
    `/experts/${id}`,
    `/experts/${id}?asOf=2016-01-01`,
    `/experts/${id}/history?superseded=true`,
    `/experts/${id}/diff?fromAsOf=2010-01-01&toAsOf=2018-01-01`,
    `/experts/${id}/diff?fromAsOf=2018-01-01`,
    `/experts/${id}/changes`,
    `/institutions/${here.id}/readiness`,
  ];
  const texts: string[] = [];
  for (const way of ways) texts.push((await reader.get(way)).text);
  texts.push((await reader.post('/experts/search', { name })).text);
  // Lists of all: the lines of this person.
  for (const day of ['2018-06-01', whole.today()]) {
    const { items } = await done(reader.get(`/institutions/${here.id}/staff?asOf=${day}`));
    texts.push(JSON.stringify((items as Json[]).filter((m) => m['expertId'] === id)));
  }
  for (const list of ['experts', `institutions/${here.id}/staff`]) {
    const { rows } = foreignRead(await bytesOf(reader.get(`/exports/${list}?format=xlsx`)));
    texts.push(JSON.stringify(rows.filter((row) => row.includes(platformNumber))));
  }
  const all = texts.join('\n');
  return sought.filter((text) => all.includes(text));
}

const ofStaff = async (id: string): Promise<Json> =>
  ((await done(clerk.get(`/institutions/${here.id}/staff`))).items as Json[]).find((m) => m['expertId'] === id)!;

test('of somebody it typed a number of, an institution reads number and name, and nothing else', async () => {
  const person = await aPerson();
  await employ(person);
  expect(await found(clerk, person, [...secrets, '更名证明', person.name])).toEqual([person.name]);
  const reply = await done(clerk.get(`/experts/${person.id}`));
  expect(reply).toMatchObject({
    platformNumber: person.platformNumber,
    name: person.name,
    limited: true,
    record: null,
    identities: [],
    openDoubts: null,
  });
  expect(reply.employments).toMatchObject([{ institutionId: here.id, confirmed: false }]);
  const item = (await done(clerk.post('/experts/search', { name: person.name }))).items;
  expect(item).toMatchObject([{ id: person.id, name: person.name, titleLevel: null }]);
  expect(await ofStaff(person.id)).toMatchObject({
    name: person.name,
    limited: true,
    confirmed: false,
    titleLevel: null,
    titleEvidence: null,
    specialties: [],
    specialtyEvidence: {},
  });
  expect((await done(clerk.get(`/experts/${person.id}/history`))).entries).toEqual([]);
  const { changes } = await done(clerk.get(`/experts/${person.id}/diff?fromAsOf=2010-01-01`));
  expect((changes as Json[]).map((c) => c['field'])).toEqual(['employments']);
  const own = { list: { field: 'employments' } };
  expect((await done(clerk.get(`/experts/${person.id}/changes`))).items).toMatchObject([own]);
  // Nor does it find the person by a name of former years.
  expect((await done(clerk.post('/experts/search', { name: '示例旧名人' }))).items).toEqual([]);
  // The officers read on.
  expect((await done(whole.bureau.get(`/experts/${person.id}`))).record).toMatchObject({ titleEvidence: '示例密证书' });
});

test('a sheet tells no more: right and wrong guesses get the same answer', async () => {
  const person = await aPerson();
  const HEAD = [
    '姓名',
    '身份证号码',
    '职称',
    '职称证书',
    '专业',
    '专业材料',
    '绿色矿山评估经历',
    '聘用方式',
    '入职时间',
  ];
  const right = [person.name, person.number, '正高级工程师', '示例密证书', '地质、采矿', '示例密学历', '示例密经历'];
  const wrong = [person.name, person.number, '工程师', '不是这个', '生态', '不是这个', '不是这个'];
  const told = async (row: unknown[]): Promise<unknown> => {
    const file = xlsxUpload(foreignXlsx({ sheets: { 人员: [HEAD, [...row, '兼职', '2024年1月']] } }));
    const { id } = await done(clerk.upload('/imports/staff', file), 202);
    const { counts } = await done(clerk.get(`/imports/${id}?wait=30`));
    const notes = (await done(clerk.get(`/imports/${id}/faults`))).items;
    await done(clerk.post(`/imports/${id}/cancel`));
    return { counts, notes };
  };
  const before = [await told(right), await told(wrong)];
  expect(before[0]).toEqual(before[1]);
  await employ(person, { from: '2024-01-01' });
  const after = [await told(right), await told(wrong)];
  expect(after[0]).toEqual(after[1]);
});

test('what its own clerks recorded it reads; what officers add to it only once the employment is confirmed', async () => {
  const person = await aPerson(clerk);
  const employment = await employ(person);
  const own = await done(clerk.get(`/experts/${person.id}`));
  expect(own).toMatchObject({ limited: false, record: { titleEvidence: '示例密证书' } });
  expect(own.identities).toMatchObject([{ mask: expect.stringMatching(/^370\*+/) }]);
  expect(await ofStaff(person.id)).toMatchObject({ limited: false, titleEvidence: '示例密证书' });
  whole.clock.advance(1000);
  const amended = { from: '2020-01-01', paper: '核查记录', assessmentExperience: '示例核查所得' };
  await done(whole.bureau.post(`/experts/${person.id}/versions`, amended, etag(1)), 201);
  expect(await found(clerk, person, ['示例核查所得'])).toEqual([]);
  await confirm(employment);
  expect(await found(clerk, person, ['示例核查所得'])).toEqual(['示例核查所得']);
});

test('after confirmation it reads what is on record for the days of the employment, masked; a dispute closes it', async () => {
  const person = await aPerson();
  const employment = await employ(person, { from: '2020-01-01', lastDay: '2024-12-31' });
  await confirm(employment);
  const reply = await done(clerk.get(`/experts/${person.id}`));
  expect(reply).toMatchObject({ limited: false, record: { titleEvidence: '示例密证书' } });
  expect(reply.identities).toHaveLength(1);
  // The name of years before the employment is not its business, nor is what came after.
  const none = [person.number, person.number.slice(6, 14), '示例旧名人', '示例后来证书'];
  expect(await found(clerk, person, [...none, '示例密证书'])).toEqual(['示例密证书']);
  whole.clock.advance(1000);
  const later = { from: '2025-06-01', paper: '职称证书', titleEvidence: '示例后来证书' };
  await done(whole.bureau.post(`/experts/${person.id}/versions`, later, etag(2)), 201);
  expect(await found(clerk, person, none)).toEqual([]);
  expect(await done(clerk.get(`/experts/${person.id}`))).toMatchObject({ limited: true, record: null });
  expect(await done(clerk.get(`/experts/${person.id}?asOf=2022-01-01`))).toMatchObject({ limited: false });
  const objection = { reason: '从未受聘', paper: '书面异议' };
  const { id } = await done(whole.bureau.post(`/employments/${employment}/objections`, objection), 201);
  expect(await found(clerk, person, ['示例密证书'])).toEqual([]);
  await done(whole.lead.post(`/employment-objections/${id}/dismiss`, { reason: '示例核查', paper: '核查记录' }));
  expect(await found(clerk, person, ['示例密证书'])).toEqual(['示例密证书']);
});

test('of the papers of a person it reads those of entries that it sees', async () => {
  const person = await aPerson();
  const [before, during] = [await aFile(whole.bureau, pdfFile('旧.pdf')), await aFile(whole.bureau, pdfFile('新.pdf'))];
  const amend = async (from: string, fileId: string): Promise<void> => {
    whole.clock.advance(1000);
    const { version } = await done(whole.bureau.get(`/experts/${person.id}`));
    const entry = { from, paper: '证书', title: { fileId } };
    await done(whole.bureau.post(`/experts/${person.id}/versions`, entry, etag(version as number)), 201);
  };
  await amend('2019-06-01', before);
  await amend('2021-01-01', during);
  const employment = await employ(person, { from: '2022-01-01' });
  const statuses = async () =>
    Promise.all([before, during].map(async (id) => (await clerk.get(`/files/${id}`)).status));
  expect(await statuses()).toEqual([404, 404]);
  await confirm(employment);
  expect(await statuses()).toEqual([404, 200]);
});

test('who moved on to another institution makes nothing there his former one’s', async () => {
  const other = await anInstitution(whole);
  const both = await whole.enlist('institution', { institutionId: other.id });
  const own = { accountId: both.accountId, role: 'institution', institutionId: here.id, from: whole.today() };
  const { id: postId } = await done(whole.admin.post('/posts', own), 201);
  await both.signIn(both.username, both.password);
  const at = (post: string) => ({ 'lujian-post': post });
  const number = identityNumberOf(whole.next());
  whole.identities.push(number);
  const body = {
    identities: [{ kind: 'resident-id', number }],
    from: '2020-01-01',
    paper: '登记表',
    name: '示例两处人',
  };
  const made = await done(both.post('/experts', { ...body, ...details }, at(both.postId)), 201);
  const wanted = { platformNumber: made.platformNumber, institutionId: here.id, kind: 'part-time', from: '2024-01-01' };
  await done(both.post('/employments', { ...wanted, paper: '聘书' }, at(postId as string)), 201);
  // The same account works for two: whose entry it was is not known, so nobody reads it as his own.
  expect(await done(clerk.get(`/experts/${made.id}`))).toMatchObject({ limited: true, record: null });
});
