import {
  anExpert,
  anInstitution,
  anOrganisation,
  bureau,
  codes,
  identityNumber,
  institutionActor,
  registerApp,
  type RegisterApp,
} from '../support/register-app';
import { Notification } from '../../src/modules/notifications/notifications.store';
import { Deadline } from '../../src/modules/policy/deadlines/deadlines.store';

const DAY = 24 * 3600_000;
let registers: RegisterApp;
let organisationId: string;
let id: string;
beforeEach(async () => {
  // Registered on Thursday, 1 January 2026; the calendar has no table, so weekends only.
  registers = await registerApp('2026-01-01T01:00:00.000Z');
  organisationId = await anOrganisation(registers, {
    uscc: codes.enterprise,
    name: '示例评估有限公司',
    legalForm: 'enterprise',
  });
  const body = { organisationId, from: '2020-01-01', paper: '登记表' };
  id = (await registers.as(bureau).post('/institutions', body).expect(201)).body.id as string;
  registers.clock.pass(60 * DAY);
});
afterEach(() => registers.database.drop());

// Today is 2 March 2026.
const clerk = () => registers.as(institutionActor(id));
const report = (wished: object = {}) => ({
  kind: 'name',
  happenedOn: '2026-02-02',
  note: '名称变更',
  fileIds: ['file-1'],
  proposal: { organisation: { name: '示例新名有限公司' } },
  ...wished,
});
const get = async (address: string, actor: object = bureau) =>
  (await registers.as(actor).get(address).expect(200)).body;
const told = async () =>
  (await registers.database.db.m.find(Notification, { order: { id: 'ASC' } })).map((n) => [n.kind, n.toKind]);
const openDeadlines = () => registers.database.db.m.find(Deadline, { where: { kind: 'organisation.change-report' } });

describe('an institution reports a change', () => {
  test('in time; the bureau confirms, and the register says it from the day on which it happened', async () => {
    const made = await clerk().post(`/institutions/${id}/changes`, report());
    expect(made.status).toBe(201);
    // Twenty working days from Monday 2 February, weekends only: Monday 2 March.
    expect(made.body).toMatchObject({
      state: 'reported',
      happenedOn: '2026-02-02',
      reportedOn: '2026-03-02',
      confirmedOn: null,
      dueOn: '2026-03-02',
      provisional: true,
      late: false,
      overdue: false,
    });
    expect((await get(`/organisations/${organisationId}`)).record.name).toBe('示例评估有限公司');
    expect((await get(`/institutions/${id}`)).reporting).toEqual({ owing: 0, overdue: 0, waiting: 1 });
    registers.clock.pass(DAY);
    const one = `/institution-changes/${made.body.id}`;
    await clerk().post(`${one}/confirm`, { paper: 'x' }, 1).expect(403);
    const confirmed = await registers.as(bureau).post(`${one}/confirm`, { paper: '变更通知书' }, 1).expect(200);
    expect(confirmed.body).toMatchObject({ state: 'confirmed', reportedOn: '2026-03-02', confirmedOn: '2026-03-03' });
    const now = await get(`/organisations/${organisationId}`);
    expect(now.record).toMatchObject({ name: '示例新名有限公司', from: '2026-02-02', paper: '变更通知书' });
    expect(now.formerNames).toMatchObject([{ name: '示例评估有限公司', lastDay: '2026-02-01' }]);
    // Confirmed by its own report: no second duty springs up.
    expect((await get('/institution-changes')).items).toHaveLength(1);
    const types = (await registers.audited()).map((e) => e.type);
    expect(types).toEqual(expect.arrayContaining(['institution.change-reported', 'institution.change-confirmed']));
    await registers.as(bureau).post(`${one}/return`, { reason: 'x', reportBy: '2026-04-01' }, 2).expect(409);
  });

  test('a day late: visible for good', async () => {
    const made = await clerk()
      .post(`/institutions/${id}/changes`, report({ happenedOn: '2026-01-30' }))
      .expect(201);
    expect(made.body).toMatchObject({ dueOn: '2026-02-27', late: true, lateWorkingDays: 1, overdue: false });
    const one = `/institution-changes/${made.body.id}`;
    await registers.as(bureau).post(`${one}/confirm`, { paper: '变更通知书' }, 1).expect(200);
    registers.clock.pass(200 * DAY);
    expect(await get(one)).toMatchObject({ state: 'confirmed', late: true, lateWorkingDays: 1 });
  });

  test('returned, it is owed again; put right, the first report counts', async () => {
    const made = await clerk().post(`/institutions/${id}/changes`, report()).expect(201);
    const one = `/institution-changes/${made.body.id}`;
    await registers.as(bureau).post(`${one}/return`, { reason: '缺证书', reportBy: '2026-03-01' }, 1).expect(422);
    await registers.as(bureau).post(`${one}/return`, { reason: '缺证书', reportBy: '2026-03-06' }, 1).expect(200);
    expect((await openDeadlines())[0]).toMatchObject({ dueOn: '2026-03-06', closedAt: null });
    registers.clock.pass(4 * DAY);
    expect(await get(one)).toMatchObject({ state: 'returned', overdue: false });
    registers.clock.pass(DAY);
    expect(await get(one)).toMatchObject({ overdue: true });
    expect((await get(`/institutions/${id}`)).reporting).toEqual({ owing: 1, overdue: 1, waiting: 0 });
    const again = { note: '补交证书', fileIds: ['file-2'], proposal: report().proposal };
    const reply = await clerk().post(`${one}/report`, again, 2).expect(200);
    expect(reply.body).toMatchObject({ state: 'reported', reportedOn: '2026-03-02', late: false, overdue: false });
    expect((await openDeadlines())[0]!.closedAt).not.toBeNull();
    expect((await told()).map(String).sort()).toEqual([
      'change.reported,role',
      'change.reported,role',
      'change.returned,institution',
    ]);
    expect(reply.body.steps.map((s: { act: string }) => s.act)).toEqual(['reported', 'returned', 'reported']);
  });

  test('what it may not: tomorrow’s change, another’s, without the new content, a file that is not there', async () => {
    const say = (wished: object) => clerk().post(`/institutions/${id}/changes`, report(wished));
    expect((await say({ happenedOn: '2026-03-03' })).body.type).toBe('/problems/change/in-future');
    expect((await say({ proposal: { organisation: { phone: '1' } } })).body.type).toBe(
      '/problems/change/content-does-not-fit',
    );
    await say({ fileIds: ['none'] }).expect(404);
    const other = await anInstitution(registers, codes.enterpriseTwo);
    await clerk().post(`/institutions/${other}/changes`, report()).expect(404);
    await registers.as(bureau).post(`/institutions/${id}/changes`, report()).expect(403);
    const made = await say({}).expect(201);
    await registers.as(institutionActor(other)).get(`/institution-changes/${made.body.id}`).expect(404);
    expect((await get('/institution-changes', institutionActor(other))).items).toEqual([]);
  });

  test('papers come with the report and stand once confirmed', async () => {
    const document = { kind: 'office-proof', from: '2026-02-01', paper: '租赁合同', fileId: 'file-3' };
    const body = report({ kind: 'evidence', proposal: { documents: [document] } });
    const made = await clerk().post(`/institutions/${id}/changes`, body).expect(201);
    const papers = `/organisations/${organisationId}/documents`;
    expect((await get(papers)).items).toEqual([]);
    await registers
      .as(bureau)
      .post(`/institution-changes/${made.body.id}/confirm`, { paper: '核对无误' }, 1)
      .expect(200);
    expect((await get(papers)).items).toMatchObject([{ kind: 'office-proof', fileId: 'file-3' }]);
  });

  test('the telephone is its own to keep', async () => {
    await clerk().put(`/institutions/${id}/phone`, { phone: '000-00000001' }, 1).expect(200);
    expect((await get(`/organisations/${organisationId}`)).record).toMatchObject({
      phone: '000-00000001',
      name: '示例评估有限公司',
      from: '2026-03-02',
    });
    expect((await get('/institution-changes')).items).toEqual([]);
    await registers.as(bureau).put(`/institutions/${id}/phone`, { phone: '1' }, 1).expect(403);
  });
});

describe('the authority learns of a change from elsewhere', () => {
  const renamed = { name: '示例新名有限公司', legalForm: 'enterprise', from: '2026-02-02', paper: '公示系统' };

  test('a registered change without a report opens a duty with its deadline', async () => {
    await registers.as(bureau).post(`/organisations/${organisationId}/versions`, renamed, 1).expect(201);
    const [duty] = (await get('/institution-changes')).items;
    expect(duty).toMatchObject({ kind: 'name', state: 'open', happenedOn: '2026-02-02', dueOn: '2026-03-02' });
    expect((await openDeadlines())[0]).toMatchObject({ ref: duty.id, dueOn: '2026-03-02', provisional: true });
    expect(await told()).toEqual([['change.owed', 'institution']]);
    const overdue = async (which: string) => (await get(`/institution-changes?overdue=${which}`)).items.length;
    expect([await overdue('true'), await overdue('false')]).toEqual([0, 1]);
    registers.clock.pass(DAY);
    expect([await overdue('true'), await overdue('false')]).toEqual([1, 0]);
    expect((await get('/institutions')).items[0].reporting).toEqual({ owing: 1, overdue: 1, waiting: 0 });
    const answered = await clerk().post(`/institution-changes/${duty.id}/report`, { note: '补报' }, 1).expect(200);
    expect(answered.body).toMatchObject({ late: true, lateWorkingDays: 1, overdue: false });
    await registers.as(bureau).post(`/institution-changes/${duty.id}/confirm`, { paper: '公示系统' }, 2).expect(200);
    expect((await get(`/institutions/${id}`)).reporting).toEqual({ owing: 0, overdue: 0, waiting: 0 });
  });

  test('a registered change with its report is confirmed at once, and once', async () => {
    const told = { ...renamed, reportedOn: '2026-02-20' };
    await registers.as(bureau).post(`/organisations/${organisationId}/versions`, told, 1).expect(201);
    await registers.as(bureau).post(`/organisations/${organisationId}/versions`, renamed, 2).expect(200);
    const { items } = await get('/institution-changes');
    expect(items).toMatchObject([{ state: 'confirmed', reportedOn: '2026-02-20', late: false }]);
  });

  test('what happened before it was an assessor, and bodies that are none, owe nothing', async () => {
    const old = { ...renamed, from: '2026-01-01' };
    await registers.as(bureau).post(`/organisations/${organisationId}/versions`, old, 1).expect(201);
    const other = await anOrganisation(registers, { uscc: codes.enterpriseTwo, legalForm: 'enterprise' });
    await registers.as(bureau).post(`/organisations/${other}/versions`, renamed, 1).expect(201);
    expect((await get('/institution-changes')).items).toEqual([]);
  });

  test('opened by hand, with more time; dropped with the reason', async () => {
    const body = { kind: 'owners', happenedOn: '2026-02-02', note: '公示系统所见', paper: '公示系统' };
    const post = (wished: object = {}) =>
      registers.as(bureau).post(`/institutions/${id}/change-duties`, { ...body, ...wished });
    expect((await post({ reportBy: '2026-03-01' })).body.type).toBe('/problems/change/shorter-than-term');
    const made = await post({ reportBy: '2026-03-10' }).expect(201);
    expect(made.body).toMatchObject({ state: 'open', dueOn: '2026-03-02', reportBy: '2026-03-10' });
    expect((await post()).body).toMatchObject({ type: '/problems/change/known', id: made.body.id });
    registers.clock.pass(8 * DAY);
    expect(await get(`/institution-changes/${made.body.id}`)).toMatchObject({ overdue: false, late: true });
    registers.clock.pass(DAY);
    expect(await get(`/institution-changes/${made.body.id}`)).toMatchObject({ overdue: true });
    const dropped = await registers
      .as(bureau)
      .post(`/institution-changes/${made.body.id}/drop`, { reason: '查明没有变更' }, 1)
      .expect(200);
    expect(dropped.body).toMatchObject({ state: 'dropped', overdue: false, late: false });
    expect((await openDeadlines())[0]!.closedAt).not.toBeNull();
    await post().expect(201);
  });

  test('owners who change are a change; the first list is none', async () => {
    const owner = { relation: 'shareholder', holderKind: 'person', name: '示例甲', from: '2020-01-01' };
    const put = (items: object[], version: number) =>
      registers
        .as(bureau)
        .put(`/organisations/${organisationId}/owners`, { paper: '章程', items }, version)
        .expect(200);
    await put([owner], 1);
    expect((await get('/institution-changes')).items).toEqual([]);
    await put(
      [
        { ...owner, lastDay: '2026-02-01' },
        { ...owner, name: '示例乙', from: '2026-02-02' },
      ],
      2,
    );
    expect((await get('/institution-changes')).items).toMatchObject([{ kind: 'owners', happenedOn: '2026-02-02' }]);
  });
});

test('a person who leaves: reported by the institution that enters it, owed when the bureau does', async () => {
  const { platformNumber } = await anExpert(registers, identityNumber(1));
  const { platformNumber: second } = await anExpert(registers, identityNumber(2), '示例人员二');
  const employ = async (number: string): Promise<string> => {
    const body = { platformNumber: number, institutionId: id, kind: 'part-time', from: '2023-01-01', paper: '合同' };
    return (await registers.as(bureau).post('/employments', body).expect(201)).body.id as string;
  };
  const [one, two] = [await employ(platformNumber), await employ(second)];
  await clerk().post(`/employments/${one}/end`, { lastDay: '2026-01-30', paper: '解除合同' }).expect(200);
  await registers.as(bureau).post(`/employments/${two}/end`, { lastDay: '2026-02-02', paper: '社保记录' }).expect(200);
  const { items } = await get('/institution-changes?kind=staff-left');
  const of = (state: string) => items.find((c: { state: string }) => c.state === state);
  expect(of('confirmed')).toMatchObject({ happenedOn: '2026-01-30', reportedOn: '2026-03-02', late: true });
  expect(of('open')).toMatchObject({ happenedOn: '2026-02-02', reportedOn: null, dueOn: '2026-03-02' });
});

test('a paper that runs out is a deadline of its institution; renewed, the deadline moves; taken back, it goes', async () => {
  const paper = { kind: 'business-licence', from: '2021-01-01', lastDay: '2026-03-31', paper: '扫描件' };
  const added = await registers.as(bureau).post(`/organisations/${organisationId}/documents`, paper, 1).expect(201);
  const documentId = added.body.items[0].id as string;
  const open = () =>
    registers.database.db.m.find(Deadline, {
      where: { kind: 'document.expiry', ref: documentId },
      order: { id: 'ASC' },
    });
  expect(await open()).toMatchObject([{ dueOn: '2026-03-31', closedAt: null }]);
  const one = `/organisations/${organisationId}/documents/${documentId}`;
  const renewed = { ...paper, from: '2026-04-01', lastDay: '2031-03-31' };
  await registers.as(bureau).post(`${one}/versions`, renewed, 2).expect(201);
  expect((await open()).filter((d) => d.closedAt === null)).toMatchObject([{ dueOn: '2031-03-31' }]);
  await registers.as(bureau).post(`${one}/withdraw`, { paper: '登记有误' }, 3).expect(200);
  expect((await open()).filter((d) => d.closedAt === null)).toEqual([]);
});

describe('what a report does not name stays', () => {
  const whole = {
    ...{ name: '示例评估有限公司', legalForm: 'enterprise', legalRepresentative: '示例甲', address: '示例路1号' },
    ...{
      phone: '000-00000000',
      certificateType: '有限责任公司',
      businessScope: '示例范围',
      registeredDivision: '370102',
    },
  };
  const told = async (kind: string, proposal: object, happenedOn = '2026-02-02'): Promise<void> => {
    const made = await clerk().post(`/institutions/${id}/changes`, report({ kind, happenedOn, proposal })).expect(201);
    registers.clock.pass(60_000);
    const confirm = `/institution-changes/${made.body.id}/confirm`;
    await registers.as(bureau).post(confirm, { paper: '变更通知书' }, 1).expect(200);
  };
  const body = async (asOf: string) => (await get(`/organisations/${organisationId}?asOf=${asOf}`)).record;
  const version = async (): Promise<number> => (await get(`/organisations/${organisationId}`)).version;

  beforeEach(async () => {
    const all = { ...whole, from: '2020-01-01', paper: '登记证书' };
    await registers.as(bureau).post(`/organisations/${organisationId}/versions`, all, 1).expect(201);
    const owner = { relation: 'shareholder', holderKind: 'person', name: '示例乙', from: '2020-01-01' };
    const owners = { paper: '章程', items: [owner] };
    await registers
      .as(bureau)
      .put(`/organisations/${organisationId}/owners`, owners, await version())
      .expect(200);
    const file = { from: '2020-01-01', paper: '登记表', office: '示例场所', experience: '示例业绩' };
    await registers.as(bureau).post(`/institutions/${id}/versions`, file, 1).expect(201);
  });

  test.each([
    ['name', { name: '示例新名有限公司' }],
    ['legal-representative', { legalRepresentative: '示例丙' }],
    ['address', { address: '示例路2号' }],
    ['legal-form', { certificateType: '有限责任公司（国有独资）' }],
    ['business-scope', { businessScope: '示例新范围' }],
  ])('%s: the other items, the owners, the evidence and the telephone', async (kind, organisation) => {
    const before = await get(`/organisations/${organisationId}/owners`);
    const evidence = (await get(`/institutions/${id}`)).record;
    await told(kind, { organisation });
    expect(await body('2026-02-02')).toMatchObject({ ...whole, ...organisation, from: '2026-02-02' });
    expect(await body('2026-02-01')).toMatchObject(whole);
    expect((await get(`/organisations/${organisationId}/owners`)).items).toEqual(before.items);
    expect((await get(`/institutions/${id}`)).record).toEqual(evidence);
  });

  test('null clears what it names and nothing else', async () => {
    await told('address', { organisation: { address: null } });
    expect(await body('2026-02-02')).toMatchObject({ ...whole, address: null });
  });

  test('what was said of later days stays: a change reported late does not undo a later one', async () => {
    const later = { legalRepresentative: '示例丁', from: '2026-02-20', paper: '公示系统', reportedOn: '2026-02-25' };
    await registers
      .as(bureau)
      .post(`/organisations/${organisationId}/versions`, later, await version())
      .expect(201);
    await told('legal-representative', {
      organisation: { legalRepresentative: '示例丙', address: '示例路3号' },
    });
    expect(await body('2026-02-19')).toMatchObject({ legalRepresentative: '示例丙', address: '示例路3号' });
    expect(await body('2026-02-20')).toMatchObject({ legalRepresentative: '示例丁', address: '示例路3号' });
  });

  test('a certificate type reported late does not undo a personality stated later', async () => {
    const post = async (said: object, from: string): Promise<void> => {
      const entry = { ...said, from, paper: '登记证书', reportedOn: '2026-02-25' };
      await registers
        .as(bureau)
        .post(`/organisations/${organisationId}/versions`, entry, await version())
        .expect(201);
    };
    await post({ certificateType: null, legalPersonality: null }, '2026-01-15');
    await post({ legalPersonality: 'legal-person' }, '2026-02-20');
    await told('legal-form', { organisation: { certificateType: '其他' } });
    expect(await body('2026-02-19')).toMatchObject({ certificateType: '其他', legalPersonality: null });
    expect(await body('2026-02-20')).toMatchObject({ certificateType: '其他', legalPersonality: 'legal-person' });
  });

  test('a report of the items of another kind is refused', async () => {
    const other = report({ kind: 'legal-representative', proposal: { organisation: { name: '示例' } } });
    const { body: refused } = await clerk().post(`/institutions/${id}/changes`, other);
    expect(refused.type).toBe('/problems/change/content-does-not-fit');
  });

  test('a known paper is renewed: its other items stay, the other papers stay, its deadline moves', async () => {
    const papers = `/organisations/${organisationId}/documents`;
    const licence = {
      ...{ kind: 'business-licence', number: '示例1号', issuer: '示例局', fileId: 'file-1' },
      ...{ from: '2021-01-01', lastDay: '2026-03-31', paper: '扫描件' },
    };
    const add = async (wished: object = {}) =>
      (
        await registers
          .as(bureau)
          .post(papers, { ...licence, ...wished }, await version())
          .expect(201)
      ).body.items;
    const documentId = (await add())[0].id as string;
    await add({ kind: 'office-proof', lastDay: null });
    const renewal = { documentId, from: '2026-04-01', lastDay: '2031-03-31', fileId: 'file-2', paper: '换发' };
    await told('evidence', { documents: [renewal] });
    const { items } = await get(`${papers}?asOf=2026-04-01`);
    expect(items).toHaveLength(2);
    expect(items.find((d: { id: string }) => d.id === documentId)).toMatchObject({
      ...{ kind: 'business-licence', number: '示例1号', issuer: '示例局', fileId: 'file-2' },
      ...{ from: '2026-04-01', lastDay: '2031-03-31', standing: 'in-force' },
    });
    const before = (await get(`${papers}?asOf=2026-03-31`)).items.find((d: { id: string }) => d.id === documentId);
    expect(before).toMatchObject({ fileId: 'file-1', lastDay: '2026-03-31' });
    const due = await registers.database.db.m.find(Deadline, { where: { kind: 'document.expiry', ref: documentId } });
    expect(due.filter((d) => d.closedAt === null)).toMatchObject([{ dueOn: '2031-03-31' }]);
    const foreign = { ...renewal, documentId: 'none' };
    const lost = report({ kind: 'evidence', proposal: { documents: [foreign] } });
    await clerk().post(`/institutions/${id}/changes`, lost).expect(404);
    const endless = report({
      kind: 'evidence',
      proposal: { documents: [{ ...renewal, from: '2031-04-01', lastDay: undefined }] },
    });
    const { body: refused } = await clerk().post(`/institutions/${id}/changes`, endless).expect(422);
    expect(JSON.stringify(refused)).toContain('/proposal/documents/0/lastDay');
    const bare = report({ kind: 'evidence', proposal: { documents: [{ from: '2026-01-01', paper: 'x' }] } });
    await clerk().post(`/institutions/${id}/changes`, bare).expect(422);
  });
});
