import { legalDate } from '../../src/kernel/pure/time';
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

const needed = {
  detail: expect.stringMatching(/^\w+（.+）：必填，没有填；/) as string,
  detailEn: expect.stringContaining('required') as string,
};

let registers: RegisterApp;
beforeEach(async () => {
  registers = await registerApp();
});
afterEach(() => registers.database.drop());

const number = identityNumber(1);
const last = identityNumber(3, '19800102');
const wide = (text: string): string => [...text].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');

const body = (wished: object = {}) => ({
  identities: [{ kind: 'resident-id', number }],
  documentSeen: true,
  from: '2020-01-01',
  paper: '登记表',
  name: '示例人员',
  titleLevel: 'full-senior',
  titleName: '教授级高级工程师',
  specialties: ['mining', 'geology', 'mining'],
  ...wished,
});

describe('registering a person', () => {
  test('a public number is given, the identity is sealed, hashed and masked', async () => {
    const { as, audited, database, logged } = registers;
    const reply = await as(bureau).post('/experts', body());
    expect(reply.status).toBe(201);
    expect(reply.body.platformNumber).toMatch(/^LJ\d{9}$/);
    expect(reply.body.identities).toEqual([
      {
        id: expect.any(String),
        kind: 'resident-id',
        mask: `110***********${number.slice(-4)}`,
        documentSeen: true,
        withdrawnFor: null,
      },
    ]);
    expect(reply.body.record).toMatchObject({ name: '示例人员', specialties: ['geology', 'mining'] });
    const rows = JSON.stringify(await database.db.m.query('SELECT * FROM expert_identity'));
    expect(rows).not.toContain(number);
    const entries = await audited();
    expect(entries.map((e) => e.type)).toEqual(['expert.registered']);
    for (const text of [JSON.stringify(entries), logged.join(''), reply.text]) expect(text).not.toContain(number);
    expect(JSON.stringify(entries)).not.toContain('示例人员');
    expect(JSON.parse(entries[0]!.leaf)).toEqual({ v: 1, type: 'sealed', facts: expect.any(String) });
  });

  const withX = [...Array(200).keys()].map((n) => identityNumber(n)).find((n) => n.endsWith('X'))!;
  test.each([
    ['full width', wide(last), last],
    ['spaces', `${last.slice(0, 6)} ${last.slice(6, 14)} ${last.slice(14)}`, last],
    ['a small x', withX.toLowerCase(), withX],
  ])('the same person in another spelling (%s, another name) is the same person', async (_what, typed, plain) => {
    const first = await anExpert(registers, plain, '张 三');
    const reply = await registers
      .as(bureau)
      .post('/experts', body({ identities: [{ kind: 'resident-id', number: typed }], name: '张叁' }));
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({
      type: '/problems/expert/already-registered',
      platformNumber: first.platformNumber,
      id: first.id,
      name: '张 三',
    });
    expect(reply.text).not.toContain(plain);
    expect(await registers.database.db.m.query('SELECT COUNT(*) AS n FROM expert')).toEqual([{ n: expect.anything() }]);
    const found = await registers.experts.byIdentity(registers.database.db, 'resident-id', typed);
    expect(found).toMatchObject(first);
  });

  test('an institution learns only the number that it needs to record an employment', async () => {
    const { platformNumber } = await anExpert(registers, number);
    const institutionId = await anInstitution(registers, codes.enterprise);
    const wished = body({ name: '甲', documentSeen: false });
    const reply = await registers.as(institutionActor(institutionId)).post('/experts', wished);
    expect(reply.status).toBe(409);
    expect(Object.keys(reply.body).sort()).toEqual(['detail', 'instance', 'platformNumber', 'status', 'title', 'type']);
    expect(reply.body.platformNumber).toBe(platformNumber);
  });

  test('an institution enters resident cards only: who employs a person is no witness to a further document', async () => {
    const as = registers.as(institutionActor(await anInstitution(registers, codes.enterprise)));
    const passport = body({ identities: [{ kind: 'passport', number: 'E12345678' }], documentSeen: false });
    for (const wished of [passport, body({ documentSeen: true })]) {
      const reply = await as.post('/experts', wished);
      expect(reply.body).toMatchObject({ status: 403, type: '/problems/expert/document-by-bureau' });
    }
  });

  test('two documents of one person are one person, found by either', async () => {
    const { as, experts, database } = registers;
    const identities = [
      { kind: 'resident-id', number },
      { kind: 'passport', number: 'E12345678' },
    ];
    const reply = await as(bureau).post('/experts', body({ identities })).expect(201);
    expect(reply.body.identities.map((i: { mask: string }) => i.mask)).toContain('E******78');
    await as(bureau)
      .post('/experts', body({ identities: [{ kind: 'passport', number: 'e1234 5678' }] }))
      .expect(409);
    expect((await experts.byIdentity(database.db, 'passport', 'Ｅ12345678'))?.id).toBe(reply.body.id);
    expect(await experts.byIdentity(database.db, 'passport', 'nonsense')).toBeUndefined();
    const twice = await as(bureau).post(
      '/experts',
      body({ identities: [identities[0], { kind: 'resident-id', number: last }] }),
    );
    expect(twice.status).toBe(422);
    expect(twice.body.errors[0]).toMatchObject({ pointer: '/identities/1/kind' });
  });

  test.each([
    ['a wrong check character', number.slice(0, 17) + (number.endsWith('1') ? '2' : '1'), '校验码不符'],
    ['15 digits', '110105800101001', '15位旧身份证号码'],
    ['a birthday that does not exist', identityNumber(1, '19800231'), '不是真实存在的日期'],
    ['a birthday to come', identityNumber(1, '20260303'), '晚于今日'],
  ])('%s is 422, says why and never repeats the number', async (_what, wrong, why) => {
    const reply = await registers
      .as(bureau)
      .post('/experts', body({ identities: [{ kind: 'resident-id', number: wrong }] }));
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0]).toMatchObject({ in: 'body', pointer: '/identities/0/number' });
    expect(JSON.stringify(reply.body.errors)).toContain(why);
    expect(reply.text).not.toContain(wrong);
    expect(registers.logged.join('')).not.toContain(wrong);
  });

  test('a doubtful number is taken once somebody saw the document', async () => {
    // 110111 (房山区) came into being in 1986.
    const doubtful = '110111197001010019';
    const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce(
      (t, w, i) => t + w * Number(doubtful[i]),
      0,
    );
    const typed = doubtful.slice(0, 17) + '10X98765432'[sum % 11];
    const identities = [{ kind: 'resident-id', number: typed }];
    const reply = await registers.as(bureau).post('/experts', body({ identities, documentSeen: false }));
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0]).toMatchObject({ pointer: '/documentSeen' });
    const seen = await registers
      .as(bureau)
      .post('/experts', body({ identities, documentSeen: true }))
      .expect(201);
    expect(seen.body.identities[0].documentSeen).toBe(true);
  });
});

describe('reading persons', () => {
  test('a person, an institution and the bureau see what is theirs', async () => {
    const { as } = registers;
    const one = await anExpert(registers, identityNumber(10), '甲');
    const two = await anExpert(registers, identityNumber(11), '乙');
    const here = await anInstitution(registers, codes.enterprise, '甲评估');
    const there = await anInstitution(registers, codes.enterpriseTwo, '乙评估');
    const part = { platformNumber: one.platformNumber, kind: 'part-time', from: '2025-01-01', paper: '合同' };
    await as(bureau)
      .post('/employments', { ...part, institutionId: here })
      .expect(201);
    await as(bureau)
      .post('/employments', { ...part, institutionId: there })
      .expect(201);
    const employer = as(institutionActor(here));
    expect((await employer.get(`/experts/${one.id}`).expect(200)).body.employments).toHaveLength(1);
    await employer.get(`/experts/${two.id}`).expect(404);
    await employer.get(`/experts/${two.id}/history`).expect(404);
    expect((await employer.get('/experts')).body.items.map((x: { name: string }) => x.name)).toEqual(['甲']);
    const person = as(expertActor(one.id));
    expect((await person.get(`/experts/${one.id}`).expect(200)).body.employments).toHaveLength(2);
    await person.get(`/experts/${two.id}`).expect(404);
    expect((await person.get('/experts')).body.items).toHaveLength(1);
    expect((await as(bureau).get('/experts')).body).toMatchObject({ count: '2' });
    const byName = await as(bureau).post('/experts/search', { name: '乙' }).expect(200);
    expect(byName.body.items).toEqual([
      { id: two.id, platformNumber: two.platformNumber, name: '乙', titleLevel: 'deputy-senior', mergedInto: null },
    ]);
    const byNumber = await as(bureau).get(`/experts?number=${two.platformNumber.toLowerCase()}`);
    expect(byNumber.body.items).toHaveLength(1);
  });

  test('a title as of a day, as known at an instant', async () => {
    const { as, clock, experts, database } = registers;
    const { id } = await anExpert(registers, number);
    clock.pass(60_000);
    const amended = {
      from: '2026-02-01',
      paper: '职称证书',
      name: '示例人员',
      titleLevel: 'full-senior',
      specialties: ['ecology'],
    };
    await as(bureau).post(`/experts/${id}/versions`, amended, 1).expect(201);
    await as(bureau).post(`/experts/${id}/versions`, amended, 1).expect(412);
    await as(institutionActor('x')).post(`/experts/${id}/versions`, amended, 2).expect(403);
    const level = async (query: string) =>
      (await as(bureau).get(`/experts/${id}?${query}`)).body.record?.titleLevel ?? null;
    expect(await level('')).toBe('full-senior');
    expect(await level('asOf=2026-01-31')).toBe('deputy-senior');
    expect(await level('knownAt=2026-03-02T01:00:00.000Z')).toBe('deputy-senior');
    expect(await level('asOf=2019-12-31')).toBeNull();
    expect((await as(bureau).get(`/experts/${id}/history`)).body.entries).toHaveLength(2);
    const moment = { asOf: legalDate('2026-02-01'), knownAt: clock.now() };
    expect(await experts.at(database.db, id, moment)).toMatchObject({
      titleLevel: 'full-senior',
      specialties: ['ecology'],
    });
  });

  describe('what an amendment leaves out', () => {
    const first = {
      titleLevel: 'deputy-senior',
      titleName: '高级工程师',
      titleEvidence: '示例证书',
      specialties: ['geology', 'mining'],
      specialtyEvidence: '示例学历',
      specialtyProofs: [{ specialty: 'mining', evidence: '示例履历', fileId: null, from: null, lastDay: null }],
      mineralAdminYears: 6,
      civilServant: false,
      assessmentExperience: '示例经历',
    };
    const given = async () => {
      const { as } = registers;
      const { id } = (
        await as(bureau)
          .post('/experts', body({ name: '示例人员', ...first }))
          .expect(201)
      ).body;
      const amend = (version: number, said: object) =>
        as(bureau).post(`/experts/${id}/versions`, { paper: '材料', ...said }, version);
      const on = async (day: string) => (await as(bureau).get(`/experts/${id}?asOf=${day}`)).body.record;
      return { amend, on };
    };

    test('stays as on its first day; null and the empty list clear', async () => {
      const { amend, on } = await given();
      await amend(1, { from: '2026-01-01', name: '示例人员', assessmentExperience: '新经历' }).expect(201);
      const kept = { ...first, assessmentExperience: '新经历' };
      expect(await on('2026-01-01')).toMatchObject(kept);
      const cleared = { specialties: [], specialtyProofs: [], civilServant: null, mineralAdminYears: null };
      await amend(2, { from: '2026-02-01', ...cleared }).expect(201);
      expect(await on('2026-02-01')).toMatchObject({ ...kept, ...cleared, name: '示例人员' });
      expect(await on('2026-01-31')).toMatchObject(kept);
    });

    test('a new title name speaks for its level, a level that contradicts the name on record is refused', async () => {
      const { amend, on } = await given();
      await amend(1, { from: '2026-01-01', titleName: '正高级工程师' }).expect(201);
      expect(await on('2026-01-01')).toMatchObject({ ...first, titleName: '正高级工程师', titleLevel: 'full-senior' });
      const reply = await amend(2, { from: '2026-02-01', titleLevel: 'medium' });
      expect(reply.status).toBe(422);
      expect(reply.body.errors).toMatchObject([{ pointer: '/titleLevel' }]);
    });

    test('before the first entry: the name is needed, the rest is as in a registration', async () => {
      const { amend, on } = await given();
      const days = { from: '2018-01-01', lastDay: '2018-12-31' };
      const reply = await amend(1, { ...days, assessmentExperience: '旧经历' });
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({
        type: '/problems/request/invalid',
        errors: [{ in: 'body', pointer: '/name', ...needed }],
      });
      expect(await on('2018-06-01')).toBeNull();
      await amend(1, { ...days, name: '示例旧名' }).expect(201);
      expect(await on('2018-06-01')).toMatchObject({
        name: '示例旧名',
        titleLevel: 'none',
        titleName: null,
        specialties: [],
        specialtyProofs: [],
        civilServant: null,
      });
    });
  });
});
