import {
  anInstitution,
  anOrganisation,
  bureau,
  codes,
  expertActor,
  institutionActor,
  registerApp,
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
beforeEach(async () => {
  registers = await registerApp();
});
afterEach(() => registers.database.drop());

const body = (wished: object) => ({ from: '2020-01-01', paper: '营业执照', ...wished });

describe('registering an assessor', () => {
  test('by code, with evidence; the log names it in the open', async () => {
    const { as, audited } = registers;
    const organisationId = await anOrganisation(registers, {
      uscc: codes.publicInstitution,
      name: '示例地质院',
      legalForm: 'public-institution',
    });
    const evidence = {
      legalPersonEvidence: { kind: 'public-institution-certificate', number: '示例证 1 号', validTo: '2027-12-31' },
      experience: '完成 12 座矿山的评估。',
    };
    const reply = await as(bureau).post('/institutions', body({ uscc: codes.publicInstitution, ...evidence }));
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      organisationId,
      uscc: codes.publicInstitution,
      name: '示例地质院',
      legalForm: 'public-institution',
      record: { ...evidence, office: null, from: '2020-01-01', lastDay: null },
    });
    const entry = (await audited()).find((e) => e.type === 'institution.registered')!;
    expect(JSON.parse(entry.leaf)).toMatchObject({
      subjects: [`institution:${codes.publicInstitution}`],
    });
    const { id } = reply.body;
    const again = await as(bureau).post('/institutions', body({ organisationId }));
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ type: '/problems/institution/already-registered', id });
  });

  test.each([
    ['a self-employed person', codes.selfEmployed, '个体工商户'],
    ['a state organ', codes.organ, '机关'],
  ])('%s is refused with the reason, whatever is decided', async (_what, uscc, reason) => {
    await anOrganisation(registers, { uscc });
    const reply = await registers.as(bureau).post('/institutions', body({ uscc, manualDecision: '同意纳入。' }));
    expect(reply.status).toBe(422);
    expect(reply.body.type).toBe('/problems/institution/not-eligible');
    expect(reply.body.detail).toContain(reason);
  });

  test.each([
    ['a private non-enterprise unit', codes.privateUnit, 'other'],
    ['a social group that is no industry association', codes.association, 'other'],
  ])('%s needs a written decision', async (_what, uscc, legalForm) => {
    await anOrganisation(registers, { uscc, legalForm });
    const bare = await registers.as(bureau).post('/institutions', body({ uscc }));
    expect(bare.status).toBe(422);
    expect(bare.body.type).toBe('/problems/institution/manual-decision-needed');
    const decided = await registers
      .as(bureau)
      .post('/institutions', body({ uscc, manualDecision: '经处务会研究同意。' }));
    expect(decided.status).toBe(201);
    expect(decided.body.manualDecision).toBe('经处务会研究同意。');
  });

  test('an industry association needs none', async () => {
    await anOrganisation(registers, { uscc: codes.association, legalForm: 'industry-association' });
    await registers
      .as(bureau)
      .post('/institutions', body({ uscc: codes.association }))
      .expect(201);
  });

  test('code and organisation: one of them, and a registered one', async () => {
    const { as } = registers;
    const none = await as(bureau).post('/institutions', body({}));
    expect(none.status).toBe(422);
    expect(none.body.errors[0].pointer).toBe('/uscc');
    await as(bureau)
      .post('/institutions', body({ uscc: codes.enterprise, organisationId: 'x' }))
      .expect(422);
    const missing = await as(bureau).post('/institutions', body({ uscc: codes.enterprise }));
    expect(missing.status).toBe(422);
    expect(missing.body.type).toBe('/problems/institution/organisation-missing');
    await as(bureau)
      .post('/institutions', body({ organisationId: 'x' }))
      .expect(404);
  });
});

describe('reading assessors', () => {
  test('evidence as of a day, as known at an instant; the name follows the organisation', async () => {
    const { as, clock } = registers;
    const id = await anInstitution(registers, codes.enterprise, '示例评估公司');
    clock.pass(60_000);
    const amended = { from: '2026-01-01', paper: '材料', office: '办公用房 300 平方米' };
    await as(bureau).post(`/institutions/${id}/versions`, amended).expect(428);
    await as(bureau).post(`/institutions/${id}/versions`, amended, 1).expect(201);
    const office = async (query: string) => (await as(bureau).get(`/institutions/${id}?${query}`)).body.record.office;
    expect(await office('')).toBe('办公用房 300 平方米');
    expect(await office('asOf=2025-12-31')).toBeNull();
    expect(await office('knownAt=2026-03-02T01:00:00.000Z')).toBeNull();
    const history = await as(bureau).get(`/institutions/${id}/history`).expect(200);
    expect(history.body.entries).toHaveLength(2);
    const sealed = (await registers.audited()).find((e) => e.type === 'institution.amended')!;
    expect(JSON.parse(sealed.leaf)).toEqual({ v: 1, type: 'sealed', facts: expect.any(String) });
  });

  test('what an amendment leaves out stays as on its first day; null clears', async () => {
    const { as } = registers;
    await anOrganisation(registers, { uscc: codes.enterprise, legalForm: 'enterprise' });
    const legalPersonEvidence = { kind: 'business-licence', number: '示例照 1 号', validTo: null, fileId: null };
    const first = { legalPersonEvidence, experience: '完成 12 座矿山的评估。', office: '200 平方米', training: '每年' };
    const { id } = (
      await as(bureau)
        .post('/institutions', body({ uscc: codes.enterprise, ...first }))
        .expect(201)
    ).body;
    const amend = (version: number, said: object) =>
      as(bureau)
        .post(`/institutions/${id}/versions`, { paper: '材料', ...said }, version)
        .expect(201);
    await amend(1, { from: '2026-01-01', office: '300 平方米' });
    const on = async (day: string) => (await as(bureau).get(`/institutions/${id}?asOf=${day}`)).body.record;
    expect(await on('2026-01-01')).toMatchObject({ ...first, office: '300 平方米' });
    expect(await on('2025-12-31')).toMatchObject(first);
    await amend(2, { from: '2026-02-01', training: null, legalPersonEvidence: null });
    const cleared = { legalPersonEvidence: null, training: null, experience: first.experience, office: '300 平方米' };
    expect(await on('2026-02-01')).toMatchObject(cleared);
    // A correction of former days keeps what those days said, not what the latest do.
    await amend(3, { from: '2025-01-01', lastDay: '2025-12-31', experience: '更正' });
    expect(await on('2025-06-01')).toMatchObject({ ...first, experience: '更正' });
    expect(await on('2026-02-01')).toMatchObject(cleared);
    // Nothing was in force before the first day.
    await amend(4, { from: '2019-01-01', lastDay: '2019-12-31', office: '旧址' });
    expect(await on('2019-06-01')).toMatchObject({ office: '旧址', legalPersonEvidence: null, experience: null });
    // By type: entries of one millisecond come in any order.
    const entries = await registers.audited();
    expect(entries.filter((e) => e.type === 'institution.amended')).toHaveLength(4);
  });

  test('an institution sees itself and nobody else', async () => {
    const { as } = registers;
    const one = await anInstitution(registers, codes.enterprise, '甲评估');
    const two = await anInstitution(registers, codes.enterpriseTwo, '乙评估');
    const own = as(institutionActor(one));
    await own.get(`/institutions/${one}`).expect(200);
    await own.get(`/institutions/${two}`).expect(404);
    await own.get(`/institutions/${two}/history`).expect(404);
    expect((await own.get('/institutions')).body.items.map((i: { id: string }) => i.id)).toEqual([one]);
    const all = (await as(bureau).get('/institutions')).body.items.map((i: { name: string }) => i.name);
    expect(all.sort()).toEqual(['乙评估', '甲评估'].sort());
    const found = await as(bureau).get(`/institutions?q=${encodeURIComponent('乙')}`);
    expect(found.body.items).toEqual([
      {
        id: two,
        organisationId: expect.any(String),
        uscc: codes.enterpriseTwo,
        name: '乙评估',
        reporting: { owing: 0, overdue: 0, waiting: 0 },
      },
    ]);
    await as({ role: 'institution', institutionId: null }).get(`/institutions/${one}`).expect(404);
    await as({ role: 'mine' }).get('/institutions').expect(403);
  });

  test('a person who is no clerk of it reads no evidence', async () => {
    const id = await anInstitution(registers, codes.enterprise);
    await registers.as(expertActor('exp-1')).get(`/institutions/${id}`).expect(404);
    expect((await registers.as(expertActor('exp-1')).get('/institutions')).body.items).toEqual([]);
  });

  test('the front door', async () => {
    const { institutions, database } = registers;
    const id = await anInstitution(registers, codes.enterprise, '示例评估公司');
    const { db } = database;
    const moment = { asOf: '2026-03-02', knownAt: registers.clock.now() } as never;
    const ref = await institutions.byCode(db, codes.enterprise);
    expect(ref).toEqual(await institutions.load(db, id));
    expect(ref).toMatchObject({ id, uscc: codes.enterprise });
    expect(await institutions.byCode(db, codes.enterpriseTwo)).toBeUndefined();
    expect(await institutions.nameAt(db, id, moment)).toBe('示例评估公司');
    expect(await institutions.at(db, id, moment)).toMatchObject({ legalForm: 'enterprise', office: null });
    await expect(institutions.load(db, 'none')).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
