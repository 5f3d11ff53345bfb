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

const needed = {
  detail: expect.stringMatching(/^\w+（.+）：必填，没有填；/) as string,
  detailEn: expect.stringContaining('required') as string,
};

let registers: RegisterApp;
let operator: string;
let rival: string;
beforeEach(async () => {
  registers = await registerApp();
  operator = await anOrganisation(registers, { uscc: codes.enterprise, name: '示例矿业公司', legalForm: 'enterprise' });
  rival = await anOrganisation(registers, { uscc: codes.enterpriseTwo, name: '示例石料公司', legalForm: 'enterprise' });
});
afterEach(() => registers.database.drop());

const licence = 'C3300002009064210023021';
const body = (wished: object = {}) => ({
  name: '示例矿业公司一号石灰岩矿',
  province: '浙江省',
  sizeClass: 'large',
  licenceNumber: licence,
  operatorId: operator,
  from: '2020-01-01',
  paper: '采矿许可证',
  ...wished,
});
const post = (wished: object = {}) => registers.as(bureau).post('/mines', body(wished));
const moment = (asOf: string) => ({ asOf: legalDate(asOf), knownAt: LATEST });

describe('registering a mine', () => {
  test('province by name or code, licence normalised', async () => {
    const reply = await post({ licenceNumber: ' c330000 200906 4210023021' });
    expect(reply.status).toBe(201);
    expect(reply.body.record).toMatchObject({
      provinceCode: '330000',
      province: '浙江省',
      licenceNumber: licence,
      operatorId: operator,
    });
    const other = await post({ name: '另一矿', province: '330000', licenceNumber: null }).expect(201);
    expect(other.body.record.province).toBe('浙江省');
    await registers.as(institutionActor('i')).get(`/mines/${reply.body.id}`).expect(200);
    await registers.as(institutionActor('i')).post('/mines', body()).expect(403);
  });

  test.each([
    ['22 characters', licence.slice(0, -1), '23位，现为22位'],
    ['another first letter', `D${licence.slice(1)}`, '字母C开头'],
    ['month 13', `C330000200913${licence.slice(13)}`, '年份和月份'],
    ['a number with its digits lost', '3.30E+22', '位数已丢失'],
  ])('a licence number of %s is 422', async (_what, licenceNumber, why) => {
    const reply = await post({ licenceNumber });
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].pointer).toBe('/licenceNumber');
    expect(reply.body.errors[0].detail).toContain(why);
  });

  test('another operator’s licence is refused, on the days on which it is another’s', async () => {
    const { id } = (await post().expect(201)).body;
    const reply = await post({ name: '石料矿', operatorId: rival });
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ type: '/problems/mine/licence-of-another', mineId: id, licenceNumber: licence });
    const own = await post({ name: '二号矿' });
    expect(own.body.type).toBe('/problems/mine/licence-registered');
    registers.clock.pass(1000);
    const other = await post({ name: '石料矿', operatorId: rival, licenceNumber: null }).expect(201);
    const amend = body({ name: '石料矿', operatorId: rival, from: '2026-01-01' });
    const taken = await registers.as(bureau).post(`/mines/${other.body.id}/versions`, amend, 1);
    expect(taken.body.type).toBe('/problems/mine/licence-of-another');
    // The first mine gives the licence up from 2026 on; then it is free.
    await registers
      .as(bureau)
      .post(`/mines/${id}/versions`, body({ licenceNumber: null, from: '2026-01-01' }), 1)
      .expect(201);
    await registers.as(bureau).post(`/mines/${other.body.id}/versions`, amend, 1).expect(201);
  });

  test('the same name in the same province is the same mine unless licences differ', async () => {
    await post().expect(201);
    const twin = await post({ name: ' 示例矿业公司一号石灰岩矿 ', licenceNumber: null });
    expect(twin.body).toMatchObject({ status: 409, type: '/problems/mine/already-registered' });
    await post({ province: '安徽省', licenceNumber: null }).expect(201);
    await post({ licenceNumber: 'C3300002010014210023021' }).expect(201);
  });

  test('an operator who is not registered', async () => {
    const reply = await post({ operatorId: 'none' });
    expect(reply.body).toMatchObject({ status: 422, type: '/problems/mine/operator-missing' });
    expect((await registers.as(bureau).get('/mines')).body.items).toEqual([]);
  });

  test('two clerks enter one licence at once: one mine', async () => {
    const replies = await Promise.all([post({ name: '甲矿' }), post({ name: '乙矿', operatorId: rival })]);
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
  });
});

describe('history of a mine', () => {
  test('what an amendment leaves out stays as on its first day; null clears', async () => {
    const { as } = registers;
    const { id, record } = (await post({ sizeClass: 'medium', minerals: ['石灰岩', '白云岩'] }).expect(201)).body;
    const amend = (version: number, change: object) =>
      as(bureau).post(`/mines/${id}/versions`, { paper: '变更', ...change }, version);
    const on = async (day: string) => (await as(bureau).get(`/mines/${id}?asOf=${day}`)).body.record;
    const entry = { from: expect.anything(), lastDay: null, recordedAt: expect.anything(), paper: '变更' };
    await amend(1, { from: '2025-01-01', note: '示例备注' }).expect(201);
    expect(await on('2025-01-01')).toEqual({ ...record, ...entry, note: '示例备注' });
    await amend(2, { from: '2025-07-01', operatorId: rival }).expect(201);
    await amend(3, { from: '2025-08-01', sizeClass: null }).expect(201);
    expect(await on('2025-08-01')).toEqual({
      ...record,
      ...entry,
      note: '示例备注',
      operatorId: rival,
      sizeClass: null,
    });
    const days = { from: '2018-01-01', lastDay: '2018-12-31' };
    const early = await amend(4, { ...days, note: '旧' });
    expect(early.status).toBe(400);
    expect(early.body.errors).toEqual([
      { in: 'body', pointer: '/name', ...needed },
      { in: 'body', pointer: '/province', ...needed },
    ]);
    await amend(4, { ...days, name: '示例旧矿', province: '山东省' }).expect(201);
    expect(await on('2018-06-01')).toMatchObject({ name: '示例旧矿', operatorId: null, licenceNumber: null });
  });

  test('the operator changes, the licence stays; former operators are found', async () => {
    const { as, clock, mines, database } = registers;
    const { id } = (await post().expect(201)).body;
    clock.pass(60_000);
    const sold = body({ operatorId: rival, from: '2025-07-01', paper: '转让批复' });
    await as(bureau).post(`/mines/${id}/versions`, sold).expect(428);
    await as(bureau).post(`/mines/${id}/versions`, sold, 1).expect(201);
    await as(bureau).post(`/mines/${id}/versions`, sold, 1).expect(412);
    const { db } = database;
    const holder = async (query: string) =>
      (await as(bureau).get(`/mines/${id}?${query}`)).body.record?.operatorId ?? null;
    expect(await holder('asOf=2025-06-30')).toBe(operator);
    expect(await holder('asOf=2025-07-01')).toBe(rival);
    expect(await holder('asOf=2025-07-01&knownAt=2026-03-02T01:00:30.000Z')).toBe(operator);
    expect(await holder('asOf=2019-12-31')).toBeNull();
    expect((await mines.at(db, id, moment('2025-07-01')))?.operatorId).toBe(rival);
    expect(await mines.operatedBy(db, operator, moment('2025-06-30'))).toEqual([id]);
    expect(await mines.isOperator(db, operator, moment('2025-07-01'))).toBe(false);
    const day = legalDate;
    expect(await mines.operatedWithin(db, operator, day('2025-06-30'), day('2026-06-30'))).toEqual([
      { id, name: body().name },
    ]);
    expect(await mines.operatedWithin(db, operator, day('2025-07-01'), day('2026-07-01'))).toEqual([]);
    expect(await mines.operatorsWithin(db, id, day('2025-06-30'), day('2025-07-01'))).toEqual([operator, rival].sort());
    expect(await mines.operatorsWithin(db, id, day('2025-07-01'), day('2025-07-01'))).toEqual([rival]);
    expect((await as(bureau).get(`/mines/${id}/history`)).body.entries).toHaveLength(2);
    await expect(mines.load(db, 'none')).rejects.toMatchObject({ code: 'request.not-found' });
  });

  test('lists by name, licence and province', async () => {
    await post().expect(201);
    await post({ name: '安徽某矿', province: '安徽', licenceNumber: null, operatorId: null }).expect(201);
    const names = async (query: string) =>
      (await registers.as(bureau).get(`/mines?${query}`).expect(200)).body.items.map((m: { name: string }) => m.name);
    expect(await names(`q=${encodeURIComponent('石灰岩')}`)).toEqual([body().name]);
    expect(await names(`q=${licence.slice(0, 8)}`)).toEqual([body().name]);
    expect(await names(`province=${encodeURIComponent('安徽省')}`)).toEqual(['安徽某矿']);
    expect(await names('limit=1')).toHaveLength(1);
    await registers.as(bureau).get('/mines?province=x').expect(422);
  });
});
