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
  secondOfficer,
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
        disputed: false,
        evidenceMissing: ['insurance-or-establishment'],
        name: '示例人员',
        titleLevel: 'deputy-senior',
        titleName: null,
        titleEvidence: null,
        specialties: ['geology', 'mining'],
        specialtyEvidence: {},
        mineralAdminYears: null,
        civilServant: null,
        assessmentExperience: null,
        birthDay: '1980-01-01',
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

  test('a signed sheet is entered by one officer and checked by another; both are named', async () => {
    const { as } = registers;
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    const bare = await as(secondOfficer).post(`/employments/${id}/confirm`);
    expect(bare.body).toMatchObject({ status: 422, type: '/problems/employment/sheet-needed' });
    const sheet = { signedSheetFileId: 'file-1', paper: '确认单' };
    await as(institutionActor(there)).post(`/employments/${id}/sheet`, sheet).expect(404);
    await as(bureau)
      .post(`/employments/${id}/sheet`, { ...sheet, signedSheetFileId: 'none' })
      .expect(404);
    const entered = await as(institutionActor(here)).post(`/employments/${id}/sheet`, sheet).expect(200);
    expect(entered.body).toMatchObject({ sheetRecorded: true, confirmed: false, confirmation: null });
    expect((await staff('2025-06-01'))[0]!.confirmed).toBe(false);
    // Who recorded the employment, and who uploaded the file, are no second person.
    for (const accountId of ['acc-bureau', 'acc-scanner']) {
      const same = await as({ ...bureau, accountId }).post(`/employments/${id}/confirm`);
      expect(same.body).toMatchObject({ status: 409, type: '/problems/employment/second-person-needed' });
    }
    const confirmed = await as(secondOfficer).post(`/employments/${id}/confirm`, { paper: '核对无误' }).expect(200);
    const hands = { by: 'signed-sheet', sheetEnteredBy: `acc-${here.slice(-8)}`, checkedBy: 'acc-second' };
    expect(confirmed.body).toMatchObject({ confirmed: true, confirmation: hands });
    expect((await registers.audited()).map((e) => e.type)).toContain('employment.confirmed');
    await as(bureau).post(`/employments/${id}/sheet`, sheet).expect(409);
  });

  test('who enters a sheet does not check it', async () => {
    const { as } = registers;
    const { id } = (await as(institutionActor(here)).post('/employments', body()).expect(201)).body;
    await as(secondOfficer)
      .post(`/employments/${id}/sheet`, { signedSheetFileId: 'file-1', paper: '确认单' })
      .expect(200);
    const same = await as(secondOfficer).post(`/employments/${id}/confirm`);
    expect(same.body.type).toBe('/problems/employment/second-person-needed');
    await as(bureau).post(`/employments/${id}/confirm`).expect(200);
  });

  test('one sheet speaks for one person, however often it is uploaded', async () => {
    const { as } = registers;
    const other = await anExpert(registers, identityNumber(2));
    const sheet = { signedSheetFileId: 'file-1', paper: '确认单' };
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    await as(bureau).post(`/employments/${id}/sheet`, sheet).expect(200);
    const another = await as(bureau)
      .post('/employments', body({ platformNumber: other.platformNumber }))
      .expect(201);
    const reused = await as(bureau).post(`/employments/${another.body.id}/sheet`, sheet);
    expect(reused.body).toMatchObject({ status: 409, type: '/problems/employment/sheet-of-another' });
    const part = await as(bureau)
      .post('/employments', body({ institutionId: there, kind: 'part-time' }))
      .expect(201);
    await as(bureau).post(`/employments/${part.body.id}/sheet`, sheet).expect(200);
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

describe('what each kind of employment needs', () => {
  const given = { insuranceEvidence: '社保', establishmentEvidence: '编制', retirementEvidence: '退休证' };
  test.each([
    ['full-time', {}, ['insurance-or-establishment']],
    ['full-time', { insuranceEvidence: given.insuranceEvidence }, []],
    ['full-time', { establishmentEvidence: given.establishmentEvidence }, []],
    ['full-time', { retirementEvidence: given.retirementEvidence }, ['insurance-or-establishment']],
    ['retired-reengaged', { insuranceEvidence: given.insuranceEvidence }, ['retirement']],
    ['retired-reengaged', { retirementEvidence: given.retirementEvidence }, []],
    ['part-time', {}, []],
    ['outside', {}, []],
  ])('%s with %p lacks %p', async (kind, papers, missing) => {
    const made = await registers
      .as(bureau)
      .post('/employments', body({ kind, ...papers }))
      .expect(201);
    expect(made.body.evidenceMissing).toEqual(missing);
    expect((await staff('2025-06-01'))[0]!.evidenceMissing).toEqual(missing);
  });
});

describe('striking out days', () => {
  const correction = { reason: '示例更正', paper: '更正登记表' };
  test('from a day on: earlier days hold, later ones are told and do not count, nothing is deleted', async () => {
    const { as, clock } = registers;
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    const before = clock.now();
    clock.pass(1000);
    await as(institutionActor(here)).post(`/employments/${id}/void`, correction).expect(403);
    for (const from of ['2024-12-31', '1999-01-01']) {
      const outside = await as(bureau).post(`/employments/${id}/void`, { ...correction, from });
      expect(outside.body).toMatchObject({ status: 422, type: '/problems/employment/void-outside' });
    }
    const kept = await as(bureau)
      .post(`/employments/${id}/void`, { ...correction, from: '2025-07-01' })
      .expect(200);
    expect(kept.body).toMatchObject({ from: '2025-01-01', lastDay: '2025-06-30', voided: null });
    expect(await staff('2025-06-30')).toHaveLength(1);
    expect(await staff('2025-07-01')).toHaveLength(0);
    expect(await staff('2025-07-01', before)).toHaveLength(1);
    const shown = (await as(bureau).get(`/experts/${person.id}`)).body.employments;
    expect(shown.map((e: { from: string; voided: string | null }) => [e.from, e.voided])).toEqual([
      ['2025-01-01', null],
      ['2025-07-01', '示例更正'],
    ]);
    // Struck days stand in nobody's way.
    await as(bureau)
      .post('/employments', body({ institutionId: there, from: '2025-07-01' }))
      .expect(201);
  });
  test('from the beginning: nothing holds, and nothing more can be done with it', async () => {
    const { as } = registers;
    const { id } = (await as(bureau).post('/employments', body()).expect(201)).body;
    const voided = await as(bureau).post(`/employments/${id}/void`, correction).expect(200);
    expect(voided.body.voided).toBe('示例更正');
    expect(await staff('2025-01-01')).toHaveLength(0);
    const acts: [string, object][] = [
      ['end', { lastDay: '2025-12-31', paper: '离职' }],
      ['void', correction],
      ['sheet', { signedSheetFileId: 'file-1', paper: '确认单' }],
    ];
    for (const [act, what] of acts) {
      const reply = await as(bureau).post(`/employments/${id}/${act}`, what);
      expect([act, reply.body.type]).toEqual([act, '/problems/employment/voided']);
    }
    await as(expertActor(person.id)).post(`/employments/${id}/confirm`).expect(409);
    await as(institutionActor(here)).get(`/experts/${person.id}`).expect(404);
    expect((await as(institutionActor(here)).get('/experts')).body.items).toEqual([]);
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
