import { legalDate, type Instant } from '../../src/kernel/pure/time';
import { LATEST } from '../../src/kernel/db/moment';
import {
  anExpert,
  anInstitution,
  bureau,
  codes,
  expertActor,
  identityNumber,
  institutionActor,
  registerApp,
  secondOfficer,
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
let here: string;
let person: { id: string; platformNumber: string };
let employment: string;
beforeEach(async () => {
  registers = await registerApp();
  here = await anInstitution(registers, codes.enterprise, '甲评估公司');
  person = await anExpert(registers, identityNumber(1));
  const body = { platformNumber: person.platformNumber, institutionId: here, kind: 'full-time', from: '2025-01-01' };
  const made = await registers.as(institutionActor(here)).post('/employments', { ...body, paper: '劳动合同' });
  employment = made.body.id as string;
});
afterEach(() => registers.database.drop());

const moment = (knownAt: Instant = LATEST) => ({ asOf: legalDate('2026-03-02'), knownAt });
const member = async (knownAt?: Instant) =>
  (await registers.experts.staffAt(registers.database.db, here, moment(knownAt)))[0];
const raise = (actor = expertActor(person.id), body: object = { reason: '从未受聘' }) =>
  registers.as(actor).post(`/employments/${employment}/objections`, body);
const confirm = () => registers.as(expertActor(person.id)).post(`/employments/${employment}/confirm`, {});
const typesOf = async () => (await registers.audited()).map((e) => e.type);

describe('objecting', () => {
  test('the employment does not count while the check is open, and cannot be confirmed', async () => {
    const { clock } = registers;
    await confirm().expect(200);
    const before = clock.now();
    clock.pass(1000);
    const made = await raise().expect(201);
    expect(made.body).toMatchObject({ state: 'open', employmentId: employment, paper: null, decidedBy: null });
    expect(await member()).toMatchObject({ confirmed: true, disputed: true });
    expect(await member(before)).toMatchObject({ confirmed: true, disputed: false });
    expect((await raise()).body).toMatchObject({
      status: 409,
      type: '/problems/objection/open',
      objectionId: made.body.id,
    });
    expect(await typesOf()).toContain('objection.raised');
  });
  test('what is objected to is not confirmed meanwhile', async () => {
    await raise().expect(201);
    expect((await confirm()).body.type).toBe('/problems/employment/disputed');
    const sheet = { signedSheetFileId: 'file-1', paper: '确认单' };
    const entered = await registers.as(bureau).post(`/employments/${employment}/sheet`, sheet);
    expect(entered.body.type).toBe('/problems/employment/disputed');
  });
  test('only the person, or an officer on the person’s paper', async () => {
    await raise(institutionActor(here)).expect(403);
    const other = await anExpert(registers, identityNumber(2));
    await raise(expertActor(other.id)).expect(404);
    expect((await raise(bureau)).body).toMatchObject({ status: 422, type: '/problems/objection/paper-needed' });
    const made = await raise(bureau, { reason: '从未受聘', paper: '书面异议' }).expect(201);
    expect(made.body.paper).toBe('书面异议');
  });
});

describe('what comes of it', () => {
  const finding = { reason: '经查属实', paper: '核查记录' };
  const decide = (id: string, act: string, actor: object = bureau, body: object = finding) =>
    registers.as(actor).post(`/employment-objections/${id}/${act}`, body);

  test('upheld from a day: earlier days count again, the later ones are struck out', async () => {
    await confirm().expect(200);
    const { id } = (await raise()).body;
    const upheld = await decide(id, 'uphold', bureau, { ...finding, from: '2026-01-01' }).expect(200);
    expect(upheld.body).toMatchObject({ state: 'upheld', voidFrom: '2026-01-01', decidedBy: 'acc-bureau' });
    expect(await member()).toBeUndefined();
    const shown = (await registers.as(expertActor(person.id)).get(`/experts/${person.id}`)).body.employments;
    expect(shown.map((e: { lastDay: string; voided: string }) => [e.lastDay, e.voided])).toEqual([
      ['2025-12-31', null],
      [null, '经查属实'],
    ]);
    expect(await typesOf()).toContain('objection.upheld');
  });
  test('upheld from the beginning', async () => {
    const { id } = (await raise()).body;
    expect((await decide(id, 'uphold').expect(200)).body.voidFrom).toBe('2025-01-01');
    expect(await member()).toBeUndefined();
    expect((await raise()).body.type).toBe('/problems/employment/voided');
  });
  test('dismissed with reasons: it counts again', async () => {
    await confirm().expect(200);
    const { id } = (await raise()).body;
    await decide(id, 'dismiss', bureau, { paper: '核查记录' }).expect(400);
    const dismissed = await decide(id, 'dismiss').expect(200);
    expect(dismissed.body).toMatchObject({ state: 'dismissed', decisionReason: '经查属实', voidFrom: null });
    expect(await member()).toMatchObject({ confirmed: true, disputed: false });
    for (const act of ['uphold', 'dismiss', 'withdraw']) {
      const again = await decide(id, act, act === 'withdraw' ? expertActor(person.id) : bureau, {
        ...(act === 'withdraw' ? {} : finding),
      });
      expect(again.body).toMatchObject({ status: 409, type: '/problems/objection/wrong-state', state: 'dismissed' });
    }
  });
  test('withdrawn by the person, or on paper', async () => {
    const { id } = (await raise()).body;
    expect((await decide(id, 'withdraw', bureau, {})).body.type).toBe('/problems/objection/paper-needed');
    await decide(id, 'withdraw', expertActor(person.id), {}).expect(200);
    expect(await member()).toMatchObject({ disputed: false });
    await confirm().expect(200);
  });
  test('nobody judges an entry he had a hand in', async () => {
    const sheet = { signedSheetFileId: 'file-1', paper: '确认单' };
    await registers.as(secondOfficer).post(`/employments/${employment}/sheet`, sheet).expect(200);
    await registers.as(bureau).post(`/employments/${employment}/confirm`, {}).expect(200);
    const { id } = (await raise()).body;
    for (const actor of [bureau, secondOfficer]) {
      for (const act of ['uphold', 'dismiss']) {
        expect((await decide(id, act, actor)).body.type).toBe('/problems/objection/second-person-needed');
      }
    }
    await decide(id, 'dismiss', { role: 'bureau-lead', accountId: 'acc-lead', via: 'session' }).expect(200);
  });
  test('two judges at once: one decides', async () => {
    const { id } = (await raise()).body;
    const both = await Promise.all([decide(id, 'uphold'), decide(id, 'dismiss', secondOfficer)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });
});

test('each reads the objections that concern him', async () => {
  const { id } = (await raise()).body;
  const there = await anInstitution(registers, codes.enterpriseTwo, '乙评估公司');
  const other = await anExpert(registers, identityNumber(2));
  const seen = async (actor: object, query = '') =>
    (await registers.as(actor).get(`/employment-objections${query}`).expect(200)).body.items.map(
      (o: { id: string }) => o.id,
    );
  expect(await seen(bureau)).toEqual([id]);
  expect(await seen(bureau, '?state=upheld')).toEqual([]);
  expect(await seen(institutionActor(here))).toEqual([id]);
  expect(await seen(expertActor(person.id), '?state=open')).toEqual([id]);
  expect(await seen(institutionActor(there))).toEqual([]);
  expect(await seen(expertActor(other.id))).toEqual([]);
});
