import { legalDate, type Instant } from '../../src/kernel/pure/time';
import { platformNumberOf } from '../../src/modules/experts/core/platform-number';
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
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
let here: string;
let there: string;
let person: { id: string; platformNumber: string };
beforeEach(async () => {
  registers = await registerApp();
  here = await anInstitution(registers, codes.enterprise, '甲评估公司');
  there = await anInstitution(registers, codes.enterpriseTwo, '乙评估公司');
  person = await anExpert(registers, identityNumber(1));
});
afterEach(() => registers.database.drop());

const body = (wished: object = {}) => ({
  platformNumber: person.platformNumber,
  institutionId: here,
  kind: 'full-time',
  from: '2025-01-01',
  paper: '劳动合同',
  ...wished,
});
const moment = (asOf: string, knownAt: Instant = LATEST) => ({ asOf: legalDate(asOf), knownAt });
const staff = (asOf: string, knownAt?: Instant) =>
  registers.experts.staffAt(registers.database.db, here, moment(asOf, knownAt));

describe('recording an employment', () => {
  test('it counts once the person confirms it', async () => {
    const { as, clock, experts, database } = registers;
    clock.pass(1000);
    const recorded = await as(institutionActor(here)).post('/employments', body()).expect(201);
    expect(recorded.body).toMatchObject({
      expertId: person.id,
      institutionId: here,
      confirmed: false,
      confirmedAt: null,
      lastDay: null,
    });
    expect(await staff('2025-06-01')).toEqual([
      {
        employmentId: recorded.body.id,
        expertId: person.id,
        institutionId: here,
        platformNumber: person.platformNumber,
        kind: 'full-time',
        confirmed: false,
        name: '示例人员',
        titleLevel: 'deputy-senior',
        specialties: ['geology', 'mining'],
      },
    ]);
    const before = clock.now();
    clock.pass(60_000);
    await as(expertActor('another')).post(`/employments/${recorded.body.id}/confirm`).expect(404);
    await as(institutionActor(here)).post(`/employments/${recorded.body.id}/confirm`).expect(403);
    const confirmed = await as(expertActor(person.id)).post(`/employments/${recorded.body.id}/confirm`).expect(200);
    expect(confirmed.body).toMatchObject({ confirmed: true, version: 2 });
    expect((await staff('2025-06-01'))[0]!.confirmed).toBe(true);
    expect((await staff('2025-06-01', before))[0]!.confirmed).toBe(false);
    await as(expertActor(person.id)).post(`/employments/${recorded.body.id}/confirm`).expect(409);
    expect(await experts.employmentAt(database.db, person.id, here, moment('2025-01-01'))).toMatchObject({
      confirmed: true,
    });
    expect(await experts.employmentAt(database.db, person.id, here, moment('2024-12-31'))).toBeUndefined();
    expect(await experts.employersOf(database.db, person.id, moment('2026-03-02'))).toHaveLength(1);
    expect((await registers.audited()).slice(-2).map((e) => e.type)).toEqual([
      'employment.recorded',
      'employment.confirmed',
    ]);
  });

  test('an officer confirms on a signed sheet that is there', async () => {
    const { as } = registers;
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    const bare = await as(bureau).post(`/employments/${id}/confirm`);
    expect(bare.status).toBe(422);
    expect(bare.body.type).toBe('/problems/employment/sheet-needed');
    await as(bureau).post(`/employments/${id}/confirm`, { signedSheetFileId: 'none', paper: '确认单' }).expect(404);
    await as(bureau).post(`/employments/${id}/confirm`, { signedSheetFileId: 'file-1', paper: '确认单' }).expect(200);
  });

  test('no two full-time employments on one day; only the bureau learns where the other is', async () => {
    const { as } = registers;
    await as(institutionActor(there))
      .post('/employments', body({ institutionId: there, lastDay: '2025-06-30' }))
      .expect(201);
    const asInstitution = await as(institutionActor(here)).post('/employments', body({ from: '2025-06-30' }));
    expect(asInstitution.status).toBe(409);
    expect(asInstitution.body).toMatchObject({
      type: '/problems/employment/full-time-elsewhere',
      from: '2025-01-01',
      lastDay: '2025-06-30',
    });
    expect(asInstitution.text).not.toContain('乙评估');
    expect(asInstitution.text).not.toContain(there);
    const asBureau = await as(bureau).post('/employments', body({ from: '2025-06-30' }));
    expect(asBureau.body).toMatchObject({ status: 409, employer: '乙评估公司', institutionId: there });
    const earlier = await as(bureau).post('/employments', body({ from: '2024-01-01' }));
    expect(earlier.status).toBe(409);
    await as(bureau)
      .post('/employments', body({ from: '2025-06-30', kind: 'part-time', lastDay: '2025-06-30' }))
      .expect(201);
    await as(bureau)
      .post('/employments', body({ from: '2025-07-01' }))
      .expect(201);
  });

  test('at one institution one employment a day, of whatever kind', async () => {
    const { as } = registers;
    await as(bureau)
      .post('/employments', body({ kind: 'outside' }))
      .expect(201);
    const reply = await as(bureau).post('/employments', body({ from: '2026-01-01', kind: 'part-time' }));
    expect(reply.status).toBe(409);
    expect(reply.body.type).toBe('/problems/employment/already-recorded');
  });

  test('two employers at once: one is recorded', async () => {
    const { as } = registers;
    const replies = await Promise.all([
      as(institutionActor(here)).post('/employments', body()),
      as(institutionActor(there)).post('/employments', body({ institutionId: there })),
    ]);
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
  });

  test('an end before the start, an unknown person, a mistyped number, somebody else’s institution', async () => {
    const { as } = registers;
    const backwards = await as(bureau).post('/employments', body({ lastDay: '2024-12-31' }));
    expect(backwards.status).toBe(422);
    expect(backwards.body.errors).toEqual([{ in: 'body', pointer: '/lastDay', detail: '截止日早于起始日。' }]);
    await as(bureau)
      .post('/employments', body({ lastDay: '2025-01-01' }))
      .expect(201);
    const digit = person.platformNumber.endsWith('0') ? '1' : '0';
    const mistyped = await as(bureau).post(
      '/employments',
      body({ platformNumber: person.platformNumber.slice(0, -1) + digit }),
    );
    expect(mistyped.status).toBe(422);
    expect(mistyped.body.errors[0].pointer).toBe('/platformNumber');
    const nobody = platformNumberOf(person.platformNumber.startsWith('LJ00000000') ? '00000001' : '00000000');
    const unknown = await as(bureau).post('/employments', body({ platformNumber: nobody }));
    expect(unknown.body.type).toBe('/problems/employment/person-missing');
    await as(institutionActor(there)).post('/employments', body()).expect(404);
    await as(bureau)
      .post('/employments', body({ institutionId: 'none' }))
      .expect(404);
  });
});

describe('ending an employment', () => {
  test('the last day still counts; what was known before stays readable', async () => {
    const { as, clock } = registers;
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    const before = clock.now();
    clock.pass(60_000);
    await as(institutionActor(there))
      .post(`/employments/${id}/end`, { lastDay: '2025-12-31', paper: '离职证明' })
      .expect(404);
    const early = await as(bureau).post(`/employments/${id}/end`, { lastDay: '2024-12-31', paper: '离职证明' });
    expect(early.status).toBe(422);
    expect(early.body.type).toBe('/problems/employment/ends-before-start');
    const ended = await as(institutionActor(here)).post(`/employments/${id}/end`, {
      lastDay: '2025-12-31',
      paper: '离职证明',
    });
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ from: '2025-01-01', lastDay: '2025-12-31', paper: '离职证明' });
    expect(await staff('2025-12-31')).toHaveLength(1);
    expect(await staff('2026-01-01')).toHaveLength(0);
    expect(await staff('2026-01-01', before)).toHaveLength(1);
    clock.pass(1000);
    const later = await as(bureau).post(`/employments/${id}/end`, { lastDay: '2026-01-31', paper: '更正' });
    expect(later.status).toBe(409);
    expect(later.body).toMatchObject({ type: '/problems/employment/already-ended', lastDay: '2025-12-31' });
    await as(bureau).post(`/employments/${id}/end`, { lastDay: '2025-11-30', paper: '更正' }).expect(200);
    expect(await staff('2025-12-31')).toHaveLength(0);
    await as(bureau)
      .post('/employments', body({ institutionId: there, from: '2025-12-01' }))
      .expect(201);
  });

  test('staff over HTTP, for the institution and the bureau', async () => {
    const { as } = registers;
    await as(bureau).post('/employments', body()).expect(201);
    const own = await as(institutionActor(here)).get(`/institutions/${here}/staff?asOf=2025-01-01`).expect(200);
    expect(own.body.items).toHaveLength(1);
    expect(own.body.asOf).toBe('2025-01-01');
    await as(institutionActor(there)).get(`/institutions/${here}/staff`).expect(404);
    await as(bureau).get('/institutions/none/staff').expect(404);
    expect((await as(bureau).get(`/institutions/${here}/staff?asOf=2024-12-31`)).body.items).toEqual([]);
  });

  test('acts on an employment raise the guards of both sides', async () => {
    const { as, database } = registers;
    const epochs = async () =>
      database.db.m.query<unknown[]>("SELECT kind, epoch FROM subject_guard WHERE kind <> 'record' ORDER BY kind");
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    await as(bureau).post(`/employments/${id}/end`, { lastDay: '2025-12-31', paper: '离职' }).expect(200);
    const rows = (await epochs()) as { kind: string; epoch: string | number }[];
    expect(rows.map((r) => [r.kind, Number(r.epoch)])).toEqual([
      ['institution', 2],
      ['person', 2],
    ]);
  });
});
