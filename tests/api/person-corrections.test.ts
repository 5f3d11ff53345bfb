import { addDays } from '../../src/kernel/pure/time';
import { Notification } from '../../src/modules/notifications/notifications.store';
import { done } from '../support/client';
import { aFile, anExpert, anInstitution, type AnExpert } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// A person with an account reads what is on record of him and asks to have it put right; an officer decides.

let whole: Whole;
let expert: AnExpert;
let person: Person;
beforeAll(async () => {
  whole = await wholeService();
  await done(whole.admin.get('/session'));
});
beforeEach(async () => {
  expert = await anExpert(whole);
  person = await whole.enlist('expert', { expertId: expert.id });
  whole.clock.advance(1);
});
afterAll(() => whole.close());

const ask = (changes: object, more: object = {}) =>
  person.post('/experts/me/corrections', { from: whole.today(), changes, reason: '示例理由', ...more });
const paper = { paper: '更正登记表' };
const grant = (id: string, body: object = paper, by: Person = whole.bureau) =>
  by.post(`/expert-corrections/${id}/grant`, body);
const told = async (kind: 'correction.asked' | 'correction.decided', id: string): Promise<string[]> => {
  const rows = await whole.service.db.m.findBy(Notification, { kind, ref: `expert-correction:${id}` });
  return rows.map((n) => n.toKind);
};
const waits = async (by: Person, id: string): Promise<boolean> => {
  const { items } = await done(by.get('/work?kind=expert-correction&limit=200'));
  return (items as { ref: string }[]).some((w) => w.ref === id);
};

test('the own record and every body that names one, without knowing the own id', async () => {
  const own = await done(person.get('/experts/me'));
  expect(own).toMatchObject({ id: expert.id, record: { name: expert.name } });
  const naming = await done(person.get('/experts/me/employments'));
  expect(naming).toMatchObject({ expertId: expert.id, employments: [], corrections: [] });
  await done(whole.bureau.get('/experts/me'), 403);
});

test('asked with proof, waits for the office within the days of the profile, granted and recorded with its trail', async () => {
  const fileId = await aFile(person);
  const changes = { name: '示例更名人员', titleName: '正高级工程师', title: { fileId } };
  const reply = await ask(changes, { fileIds: [fileId] });
  expect(reply.status).toBe(201);
  const { id } = reply.body as { id: string };
  expect(reply.body).toMatchObject({ state: 'open', granted: null, decidedBy: null });
  const name = (reply.body.asked as { field: string }[]).find((a) => a.field === 'name');
  expect(name).toEqual({ field: 'name', label: '姓名', recorded: expert.name, wanted: '示例更名人员' });
  expect((await whole.traceOf(reply)).types).toEqual(['correction.asked']);
  // No names go into the log.
  for (const row of await whole.audit(reply.headers['x-request-id'])) {
    expect(JSON.stringify(row.facts)).not.toContain('示例更名人员');
  }
  expect(await waits(whole.bureau, id)).toBe(true);
  expect(await told('correction.asked', id)).toEqual(['role']);
  const owed = (await done(whole.bureau.get('/deadlines?limit=200'))).items as { ref: string; dueOn: string }[];
  // Ten working days from Monday, 2 March 2026.
  expect(owed.find((d) => d.ref === id)?.dueOn).toBe('2026-03-16');
  const { items } = await done(whole.bureau.get('/work?kind=expert-correction&limit=200'));
  expect(items).toContainEqual(expect.objectContaining({ ref: id, check: true, dueOn: '2026-03-16' }));
  const again = await ask({ phone: '13800000000' });
  expect(again.body).toMatchObject({ type: '/problems/correction/open', correctionId: id });

  // The officer sees the proof.
  await done(whole.bureau.get(`/files/${fileId}`));
  const granted = await grant(id);
  expect(granted.body).toMatchObject({
    ...{ state: 'granted', granted: ['name', 'titleName', 'title'], decidedBy: whole.bureau.accountId },
    decisionPaper: '更正登记表',
  });
  expect((await whole.traceOf(granted)).types).toEqual(['correction.granted', 'expert.amended']);
  const own = await done(person.get('/experts/me'));
  expect(own.record).toMatchObject({ name: '示例更名人员', titleLevel: 'full-senior', paper: '更正登记表' });
  // The days before keep what was recorded of them.
  const before = await done(person.get(`/experts/${expert.id}?asOf=${addDays(whole.today(), -1)}`));
  expect(before.record.name).toBe(expert.name);
  expect(await waits(whole.bureau, id)).toBe(false);
  expect(await told('correction.decided', id)).toEqual(['expert']);
  const { corrections } = await done(person.get('/experts/me/employments'));
  // Who decided is the office's own matter.
  expect(corrections).toMatchObject([{ id, state: 'granted', decidedBy: null, decisionPaper: '更正登记表' }]);
  expect((await grant(id)).body.type).toBe('/problems/correction/wrong-state');
});

test('a part is granted with the reason for the rest; all is refused with reasons; one is withdrawn', async () => {
  const fileIds = [await aFile(person)];
  const first = await done(ask({ name: '示例某丙', phone: '13800000001' }, { fileIds }), 201);
  const bare = await grant(first.id as string, { ...paper, fields: ['phone'] });
  expect(bare.body.type).toBe('/problems/correction/reason-needed');
  const strange = await grant(first.id as string, { ...paper, fields: ['titleName'], reason: '示例' });
  expect(strange.body.type).toBe('/problems/correction/field-not-asked');
  const part = await grant(first.id as string, { ...paper, fields: ['phone'], reason: '姓名与证件不符' });
  expect(part.body).toMatchObject({ state: 'granted', granted: ['phone'], decisionReason: '姓名与证件不符' });
  expect((await done(person.get('/experts/me'))).record).toMatchObject({ name: expert.name, phone: '13800000001' });

  const second = await done(ask({ name: '示例某丁' }, { fileIds }), 201);
  const refused = await whole.bureau.post(`/expert-corrections/${second.id}/refuse`, { reason: '示例理由', ...paper });
  expect(refused.body).toMatchObject({ state: 'refused', granted: [] });
  expect((await whole.traceOf(refused)).types).toEqual(['correction.refused']);

  const third = await done(ask({ phone: '13800000002' }), 201);
  await done(person.post(`/expert-corrections/${third.id}/withdraw`));
  expect(await waits(whole.bureau, third.id as string)).toBe(false);
  expect((await grant(third.id as string)).body).toMatchObject({ status: 409, state: 'withdrawn' });
  expect((await done(person.get('/experts/me'))).record).toMatchObject({ name: expert.name, phone: '13800000001' });
});

test('faults are told when it is asked, not when it is decided', async () => {
  const fileIds = [await aFile(person)];
  const contradiction = await ask({ titleName: '高级工程师', titleLevel: 'medium' }, { fileIds });
  expect(contradiction.status).toBe(422);
  expect(contradiction.body.errors[0].pointer).toBe('/changes/titleLevel');
  expect((await ask({ name: '示例某戊' })).body.type).toBe('/problems/correction/proof-needed');
  expect((await ask({ name: expert.name }, { fileIds })).body.type).toBe('/problems/correction/nothing');
  expect((await ask({}, { fileIds })).body.type).toBe('/problems/correction/nothing');
  expect((await ask({ phone: '13800000003' }, { from: '2019-12-31' })).body.type).toBe('/problems/correction/no-entry');
  // Another's papers prove nothing of this person.
  const foreign = await aFile(whole.bureau);
  expect((await ask({ name: '示例某戊' }, { fileIds: [foreign] })).status).toBe(404);
  expect((await done(person.get('/expert-corrections'))).items).toEqual([]);
});

test('an entry that has ended is put right on its own days, and what came after stays', async () => {
  const { version } = await done(whole.bureau.get(`/experts/${expert.id}`));
  const later = { from: '2025-01-01', paper: '更名材料', name: '示例新名人员' };
  await done(whole.bureau.post(`/experts/${expert.id}/versions`, later, { 'if-match': `"${String(version)}"` }), 201);
  const asked = await done(ask({ name: '示例旧名人员' }, { from: '2020-01-01', fileIds: [await aFile(person)] }), 201);
  expect(asked).toMatchObject({ from: '2020-01-01', lastDay: '2024-12-31' });
  await done(grant(asked.id as string));
  const nameOn = async (day: string) =>
    (await done(person.get(`/experts/${expert.id}?asOf=${day}`))).record.name as string;
  expect(await nameOn('2024-12-31')).toBe('示例旧名人员');
  expect(await nameOn('2025-01-01')).toBe('示例新名人员');
});

test('others do not see it, and nobody decides the own request', async () => {
  const asked = await done(ask({ phone: '13800000004' }), 201);
  const path = `/expert-corrections/${asked.id}`;
  const stranger = await whole.enlist('expert', { expertId: (await anExpert(whole)).id });
  await done(stranger.get(path), 404);
  await done(stranger.post(`${path}/withdraw`), 404);
  expect((await done(stranger.get('/expert-corrections'))).items).toEqual([]);
  const clerk = await whole.enlist('institution', { institutionId: (await anInstitution(whole)).id });
  await done(clerk.get(path), 403);
  await done(grant(asked.id as string, paper, whole.lead), 403);
  const post = { accountId: person.accountId, role: 'bureau', from: '2026-01-01' };
  const { id: postId } = await done(whole.admin.post('/posts', post), 201);
  await person.signIn(person.username, person.password);
  const own = await person.post(`${path}/grant`, paper, { 'lujian-post': postId });
  expect(own.body.type).toBe('/problems/correction/own');
});

test('a telephone is read in full by whose work needs it, by others in part', async () => {
  const asked = await done(ask({ phone: '13812345678' }), 201);
  await done(grant(asked.id as string));
  const partner = await whole.enlist('partner');
  const phoneFor = async (by: Person) => (await done(by.get(`/experts/${expert.id}`))).record.phone as string;
  expect(await phoneFor(whole.bureau)).toBe('13812345678');
  expect(await phoneFor(partner)).toBe('138****5678');
  const { entries } = await done(partner.get(`/experts/${expert.id}/history`));
  expect(JSON.stringify(entries)).not.toContain('13812345678');
  const changes = await done(partner.get(`/experts/${expert.id}/changes`));
  expect(JSON.stringify(changes)).not.toContain('13812345678');
});
