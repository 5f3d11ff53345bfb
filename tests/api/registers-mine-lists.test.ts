import type { Actor } from '../../src/kernel/call';
import { legalDate } from '../../src/kernel/pure/time';
import { LATEST } from '../../src/kernel/db/moment';
import {
  anOrganisation,
  bureau,
  codes,
  institutionActor,
  registerApp,
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
let operator: string;
let rival: string;
let id: string;
const licence = 'C3300002009064210023021';
const second = 'C3300002010014210023021';
const body = (wished: object = {}) => ({
  name: '示例石灰岩矿',
  province: '浙江省',
  licenceNumber: licence,
  operatorId: operator,
  from: '2020-01-01',
  paper: '采矿许可证',
  ...wished,
});
beforeEach(async () => {
  registers = await registerApp();
  operator = await anOrganisation(registers, { uscc: codes.enterprise, name: '示例矿业公司', legalForm: 'enterprise' });
  rival = await anOrganisation(registers, { uscc: codes.enterpriseTwo, name: '示例石料公司', legalForm: 'enterprise' });
  id = (await registers.as(bureau).post('/mines', body()).expect(201)).body.id as string;
});
afterEach(() => registers.database.drop());

const put = (what: string, items: object[], version: number, of = id) =>
  registers.as(bureau).put(`/mines/${of}/${what}`, { paper: '示例登记材料', items }, version);
const get = async (address: string, actor: object = bureau) =>
  (await registers.as(actor).get(address).expect(200)).body;
const mineActor = (organisationId: string): Partial<Actor> => ({
  role: 'mine',
  accountId: 'acc-mine',
  organisationId,
  via: 'session',
});

describe('what a mine is', () => {
  test('minerals as text or list, method, operation, region by code', async () => {
    const wished = {
      minerals: ['石灰岩', '白云岩'],
      miningMethod: 'open-pit',
      operation: 'producing',
      divisionCode: '330182',
    };
    const reply = await registers.as(bureau).post(`/mines/${id}/versions`, body(wished), 1).expect(201);
    expect(reply.body.record).toMatchObject({
      ...wished,
      minerals: '石灰岩、白云岩',
      mineralList: ['石灰岩', '白云岩'],
    });
    const facts = await registers.mines.at(registers.database.db, id, {
      asOf: legalDate('2026-01-01'),
      knownAt: LATEST,
    });
    expect(facts).toMatchObject({ miningMethod: 'open-pit', operation: 'producing', divisionCode: '330182' });
    const far = await registers.as(bureau).post(`/mines/${id}/versions`, body({ divisionCode: '370102' }), 2);
    expect(far.body).toMatchObject({ status: 422, type: '/problems/mine/division-not-in-province' });
    await registers
      .as(bureau)
      .post(`/mines/${id}/versions`, body({ minerals: [] }), 2)
      .expect(400);
  });

  test('operators and former operators, dated, by name', async () => {
    const sold = body({ operatorId: rival, from: '2025-07-01', paper: '转让批复' });
    const reply = await registers.as(bureau).post(`/mines/${id}/versions`, sold, 1).expect(201);
    expect(reply.body.operators).toEqual([
      {
        organisationId: operator,
        uscc: codes.enterprise,
        name: '示例矿业公司',
        from: '2020-01-01',
        lastDay: '2025-06-30',
        present: false,
      },
      {
        organisationId: rival,
        uscc: codes.enterpriseTwo,
        name: '示例石料公司',
        from: '2025-07-01',
        lastDay: null,
        present: true,
      },
    ]);
    const then = await get(`/mines/${id}?asOf=2025-06-30`);
    expect(then.operators.map((o: { present: boolean }) => o.present)).toEqual([true, false]);
  });
});

describe('licences', () => {
  const line = (wished: object = {}) => ({
    number: second,
    from: '2021-01-01',
    lastDay: '2026-12-31',
    issuer: '示例省自然资源厅',
    areaSquareMetres: 1_250_000,
    ...wished,
  });

  test('several at once; read as of a day, found by number', async () => {
    const reply = await put('licences', [line()], 1).expect(200);
    expect(reply.headers.etag).toBe('"2"');
    expect(reply.body.items).toMatchObject([{ number: second, areaSquareMetres: 1_250_000, holds: true }]);
    const numbers = async (query: string) =>
      (await get(`/mines/${id}?${query}`)).licences.map((l: { number: string }) => l.number);
    expect(await numbers('')).toEqual([licence, second]);
    expect(await numbers('asOf=2020-12-31')).toEqual([licence]);
    expect(await numbers('asOf=2027-01-01')).toEqual([licence]);
    const found = async (q: string) => (await get(`/mines?q=${q}`)).items.map((m: { id: string }) => m.id);
    expect(await found(second)).toEqual([id]);
    await put('licences', [], 2).expect(200);
    expect(await found(second)).toEqual([]);
    expect(await found(licence)).toEqual([id]);
    expect((await registers.audited()).map((e) => e.type)).toContain('mine.licences-recorded');
  });

  test('a licence stays findable when the record stops naming it and the list goes on', async () => {
    await put('licences', [line({ number: licence, from: '2020-01-01', lastDay: null })], 1).expect(200);
    await registers
      .as(bureau)
      .post(`/mines/${id}/versions`, body({ licenceNumber: null }), 2)
      .expect(201);
    const found = (await get(`/mines?q=${licence}`)).items.map((m: { id: string }) => m.id);
    expect(found).toEqual([id]);
  });

  test('one licence is one mine’s on any day, in the record and in the lists', async () => {
    const other = body({ name: '示例二号矿', licenceNumber: null, operatorId: rival });
    const otherId = (await registers.as(bureau).post('/mines', other).expect(201)).body.id as string;
    const taken = await put('licences', [line({ number: licence })], 1, otherId);
    expect(taken.body).toMatchObject({ status: 409, type: '/problems/mine/licence-of-another', mineId: id });
    await put('licences', [line()], 1).expect(200);
    const again = await registers.as(bureau).post('/mines', { ...other, name: '示例三号矿', licenceNumber: second });
    expect(again.body).toMatchObject({ status: 409, type: '/problems/mine/licence-of-another', mineId: id });
    // It ran out on 31 December 2026: from the next day on another mine may have it.
    await put('licences', [line({ from: '2027-01-01', lastDay: null })], 1, otherId).expect(200);
    const csv = `mine_name,province,licence_number\n示例四号矿,浙江省,${second}\n`;
    await registers.as(bureau).upload('/mines/imports', csv).expect(422);
  });
});

describe('standing in the lists', () => {
  const province = {
    level: 'provincial',
    list: '示例省绿色矿山名录',
    announcementNumber: '示例公告',
    announcedOn: '2023-05-20',
  };
  const national = { ...province, level: 'national', list: '全国绿色矿山名录' };
  const course = [
    { ...province, status: 'public-notice', from: '2023-05-01', lastDay: '2023-05-19' },
    { ...province, status: 'on-list', from: '2023-05-20', lastDay: '2025-08-31' },
    { ...province, status: 'correction', from: '2025-09-01' },
    { ...national, status: 'on-list', from: '2024-01-01' },
  ];

  test('several lists at once, each asked as of a day', async () => {
    await put('list-entries', course, 1).expect(200);
    const standing = async (asOf: string) =>
      Object.fromEntries(
        (await get(`/mines/${id}?asOf=${asOf}`)).listStatuses.map((s: { level: string; status: string }) => [
          s.level,
          s.status,
        ]),
      );
    expect(await standing('2023-04-30')).toEqual({});
    expect(await standing('2023-05-19')).toEqual({ provincial: 'public-notice' });
    expect(await standing('2023-05-20')).toEqual({ provincial: 'on-list' });
    expect(await standing('2026-01-01')).toEqual({ provincial: 'correction', national: 'on-list' });
    const overdue = async (asOf: string) =>
      (await get(`/mines/${id}/list-entries?asOf=${asOf}`)).items.find(
        (e: { status: string }) => e.status === 'correction',
      );
    expect(await overdue('2026-03-01')).toMatchObject({ correctBy: '2026-03-01', correctionOverdue: false });
    expect(await overdue('2026-03-02')).toMatchObject({ correctionOverdue: true });
    const wrong = await put('list-entries', [{ ...province, status: 'removed', from: '2024-01-01' }], 2);
    expect(wrong.body).toMatchObject({ status: 422, type: '/problems/mine/list-faulty', line: 1 });
    const leaf = (await registers.audited()).find((e) => e.type === 'mine.list-entries-recorded')!.leaf;
    expect(JSON.parse(leaf)).toMatchObject({ subjects: [`mine:${id}`] });
  });

  test('goes on from what a list imported before said, in record, list and facts', async () => {
    const csv = '\ufeffmine_name,province,list,status\n示例名录矿,浙江省,示例省绿色矿山名录,on list\n';
    await registers.as(bureau).upload('/mines/imports?from=2022-01-01', csv).expect(200);
    const found = (await get(`/mines?q=${encodeURIComponent('示例名录矿')}`)).items[0];
    expect(found).toMatchObject({ list: province.list, status: 'on-list' });
    const removed = { ...province, status: 'removed', from: '2026-01-01', announcedOn: '2026-01-01' };
    await put('list-entries', [removed], 1, found.id as string).expect(200);
    const now = await get(`/mines/${found.id}`);
    expect(now.record).toMatchObject({ list: province.list, status: 'removed' });
    expect(now.listStatuses).toMatchObject([
      { level: 'provincial', status: 'removed', announcementNumber: '示例公告' },
    ]);
    expect((await get(`/mines/${found.id}?asOf=2025-12-31`)).record.status).toBe('on-list');
    expect((await get(`/mines?q=${encodeURIComponent('示例名录矿')}`)).items[0].status).toBe('removed');
    const { db } = registers.database;
    const at = async (asOf: string) =>
      registers.mines.at(db, found.id as string, { asOf: legalDate(asOf), knownAt: LATEST });
    expect((await at('2025-12-31'))?.status).toBe('on-list');
    expect((await at('2026-01-01'))?.status).toBe('removed');
  });
});

describe('contacts', () => {
  const contact = { name: '示例联系人', role: '矿长', phone: '139 0000 5678', from: '2024-01-01' };

  test('as they are for those who call, masked for others, unseen for strangers', async () => {
    await put('contacts', [contact], 1).expect(200);
    const see = async (actor: object) => get(`/mines/${id}/contacts`, actor);
    expect((await see(bureau)).items).toMatchObject([{ name: '示例联系人', phone: '139 0000 5678', holds: true }]);
    expect(await see(mineActor(operator))).toMatchObject({ masked: false, items: [{ name: '示例联系人' }] });
    expect(await see(institutionActor('i'))).toMatchObject({
      masked: true,
      items: [{ name: '示*', phone: '139****5678' }],
    });
    await registers.as(mineActor(rival)).get(`/mines/${id}/contacts`).expect(404);
    const log = JSON.stringify(await registers.audited());
    expect(log).not.toContain('示例联系人');
    // The whole number: a few digits may stand in a salt by chance.
    expect(log).not.toContain(contact.phone);
    await put('contacts', [{ ...contact, phone: '12345' }], 2).expect(422);
    await put('contacts', [{ ...contact, lastDay: '2023-12-31' }], 2).expect(422);
  });

  test('an operator sees its own mines only, today’s', async () => {
    const other = body({ name: '示例二号矿', licenceNumber: null, operatorId: rival });
    const otherId = (await registers.as(bureau).post('/mines', other).expect(201)).body.id as string;
    const seen = async (actor: object, query = '') =>
      (await get(`/mines?${query}`, actor)).items.map((m: { id: string }) => m.id);
    expect(await seen(mineActor(operator))).toEqual([id]);
    expect(await seen(mineActor(rival))).toEqual([otherId]);
    expect(await seen(mineActor(operator), `q=${encodeURIComponent('二号')}`)).toEqual([]);
    expect(await seen({ role: 'mine', via: 'session' })).toEqual([]);
    await registers.as(mineActor(operator)).get(`/mines/${otherId}`).expect(404);
    await registers.as(mineActor(operator)).get(`/mines/${otherId}/history`).expect(404);
    await registers.as(mineActor(operator)).get(`/mines/${otherId}/licences`).expect(404);
    await registers.as(mineActor(operator)).get('/organisations').expect(403);
    const sold = body({ operatorId: rival, from: '2026-03-02', paper: '转让批复' });
    await registers.as(bureau).post(`/mines/${id}/versions`, sold, 1).expect(201);
    expect(await seen(mineActor(operator))).toEqual([]);
  });

  test('each operator sees the contacts of its own time, in every view; the bureau sees all', async () => {
    const { as, clock } = registers;
    const earlier = { ...contact, name: '示例前任', phone: '139 0000 1111' };
    // Nobody ended it when the mine passed on.
    await put('contacts', [earlier], 1).expect(200);
    clock.pass(1000);
    const sold = body({ operatorId: rival, from: '2026-02-01', paper: '转让批复' });
    await as(bureau).post(`/mines/${id}/versions`, sold, 2).expect(201);
    clock.pass(1000);
    const wish = (from: string) => ({ reason: '人员变动', items: [{ ...contact, name: '示例现任', from }] });
    const outside = await as(mineActor(rival)).post(`/mines/${id}/contact-proposals`, wish('2026-01-31'));
    expect(outside.body).toMatchObject({ status: 422, type: '/problems/mine/list-faulty', line: 1 });
    const made = await as(mineActor(rival)).post(`/mines/${id}/contact-proposals`, wish('2026-02-01')).expect(201);
    const paper = { paper: '矿山企业申请' };
    await as(bureau).post(`/mine-contact-proposals/${made.body.id}/accept`, paper, 1).expect(200);
    const everything = async (actor: object): Promise<string> => {
      const texts: string[] = [];
      for (const view of [
        '',
        '/contacts',
        '/history?superseded=true',
        '/diff?fromAsOf=2019-01-01',
        '/changes',
        '/licences',
      ])
        texts.push(JSON.stringify(await get(`/mines/${id}${view}`, actor)));
      for (const day of ['2025-01-01', '2026-01-31'])
        texts.push(JSON.stringify(await get(`/mines/${id}/contacts?asOf=${day}`, actor)));
      return texts.join('\n');
    };
    const found = async (actor: object) => {
      const all = await everything(actor);
      return ['示例前任', '139 0000 1111', '1111', '示例现任'].filter((text) => all.includes(text));
    };
    expect(await found(mineActor(rival))).toEqual(['示例现任']);
    // What the new operator proposed took nothing from what is on record of the former one.
    expect(await found(bureau)).toEqual(['示例前任', '139 0000 1111', '1111', '示例现任']);
    // The mine comes back, and with it the contacts of those days.
    const back = body({ operatorId: operator, from: '2026-03-01', paper: '转让批复' });
    await as(bureau).post(`/mines/${id}/versions`, back, 4).expect(201);
    expect(await found(mineActor(operator))).toEqual(['示例前任', '139 0000 1111', '1111']);
    await as(mineActor(rival)).get(`/mines/${id}/contacts`).expect(404);
  });

  test('the operator proposes; the bureau takes over or returns; each once', async () => {
    const mine = registers.as(mineActor(operator));
    const wish = { reason: '人员变动', items: [contact] };
    await registers.as(mineActor(rival)).post(`/mines/${id}/contact-proposals`, wish).expect(404);
    await registers.as(bureau).post(`/mines/${id}/contact-proposals`, wish).expect(403);
    const first = (await mine.post(`/mines/${id}/contact-proposals`, wish).expect(201)).body;
    expect(first).toMatchObject({ state: 'proposed', version: 1, organisationId: operator });
    const one = `/mine-contact-proposals/${first.id}`;
    await mine.post(`${one}/accept`, { paper: 'x' }, 1).expect(403);
    const accepted = await registers.as(bureau).post(`${one}/accept`, { paper: '矿山企业申请' }, 1).expect(200);
    expect(accepted.body).toMatchObject({ state: 'accepted', version: 2 });
    expect((await get(`/mines/${id}/contacts`)).items).toMatchObject([{ name: '示例联系人', paper: '矿山企业申请' }]);
    const again = await registers.as(bureau).post(`${one}/return`, { reason: '重复' }, 2);
    expect(again.body).toMatchObject({ status: 409, type: '/problems/mine/proposal-decided' });
    const next = (await mine.post(`/mines/${id}/contact-proposals`, wish).expect(201)).body;
    const returned = await registers
      .as(bureau)
      .post(`/mine-contact-proposals/${next.id}/return`, { reason: '电话有误' }, 1);
    expect(returned.body).toMatchObject({ state: 'returned', decisionReason: '电话有误' });
    const last = (await mine.post(`/mines/${id}/contact-proposals`, wish).expect(201)).body;
    await registers.as(mineActor(rival)).post(`/mine-contact-proposals/${last.id}/withdraw`, {}, 1).expect(404);
    await mine.post(`/mine-contact-proposals/${last.id}/withdraw`, {}, 1).expect(200);
    const states = async (actor: object, query = '') =>
      (await get(`/mine-contact-proposals?${query}`, actor)).items.map((p: { state: string }) => p.state);
    expect((await states(bureau)).sort()).toEqual(['accepted', 'returned', 'withdrawn']);
    expect(await states(bureau, 'state=returned')).toEqual(['returned']);
    expect(await states(mineActor(rival))).toEqual([]);
    await registers.as(institutionActor('i')).get('/mine-contact-proposals').expect(403);
  });
});
