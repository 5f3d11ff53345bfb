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
beforeEach(async () => {
  registers = await registerApp();
});
afterEach(() => registers.database.drop());

const body = (wished: object = {}) => ({
  uscc: codes.enterprise,
  name: '示例矿业有限公司',
  legalForm: 'enterprise',
  from: '2020-05-01',
  paper: '营业执照',
  ...wished,
});

describe('registering an organisation', () => {
  test('reply, stored state, audit entry', async () => {
    const { as, audited } = registers;
    const reply = await as(bureau).post('/organisations', body({ legalRepresentative: '示例甲', phone: '0571-1' }));
    expect(reply.status).toBe(201);
    expect(reply.headers.etag).toBe('"1"');
    expect(reply.body).toMatchObject({
      uscc: codes.enterprise,
      version: 1,
      asOf: '2026-03-02',
      record: {
        name: '示例矿业有限公司',
        from: '2020-05-01',
        lastDay: null,
        paper: '营业执照',
        legalRepresentative: '示例甲',
      },
      formerNames: [],
    });
    const again = await as(bureau).get(`/organisations/${reply.body.id}`).expect(200);
    expect(again.body.record).toEqual(reply.body.record);
    const [entry] = await audited();
    expect(entry!.type).toBe('organisation.registered');
    expect(JSON.parse(entry!.leaf)).toMatchObject({ subjects: [`organisation:${codes.enterprise}`] });
    expect(JSON.stringify(entry!.facts)).not.toContain('示例甲');
  });

  test.each([
    ['lower case', '91370000ma3x000106'],
    ['full width', '９１３７００００ＭＡ３Ｘ０００１０６'],
    ['spaces and hyphens', ' 9137 0000-MA3X 000106 '],
  ])('%s is normalised, then judged', async (_what, uscc) => {
    const reply = await registers.as(bureau).post('/organisations', body({ uscc })).expect(201);
    expect(reply.body.uscc).toBe(codes.enterprise);
  });

  test.each([
    ['a wrong check character', '91370000MA3X000107', '第18位校验码不符'],
    ['a wrong organisation code', '91350211M000100Y43', '校验'],
    ['15 digits', '370000000000015', '15位旧注册号'],
    ['a letter O', '9137OOOOMA3X000106', `可能应为 ${codes.enterprise}`],
    ['a letter that is not used', '91370000MA3X00010S', '不使用字母I、O、S、V、Z'],
  ])('%s is 422 and says why', async (_what, uscc, why) => {
    const reply = await registers.as(bureau).post('/organisations', body({ uscc }));
    expect(reply.status).toBe(422);
    expect(reply.body.type).toBe('/problems/request/unprocessable');
    expect(reply.body.errors).toHaveLength(1);
    expect(reply.body.errors[0].pointer).toBe('/uscc');
    expect(reply.body.errors[0].detail).toContain(why);
    expect(await registers.audited()).toEqual([]);
  });

  test('all faults of a body are told at once', async () => {
    const reply = await registers
      .as(bureau)
      .post('/organisations', { ...body({ uscc: 'X', from: '2025-02-30', name: ' \u200b ' }), colour: 'red' });
    expect(reply.status).toBe(400);
    const pointers = (reply.body.errors as { pointer: string }[]).map((e) => e.pointer).sort();
    expect(pointers).toEqual(['/colour', '/from', '/name', '/uscc']);
  });

  test('the same code in another spelling is the same body', async () => {
    const id = await anOrganisation(registers, { uscc: codes.enterprise });
    const reply = await registers
      .as(bureau)
      .post('/organisations', body({ uscc: codes.enterprise.toLowerCase(), name: '改名' }));
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ type: '/problems/organisation/already-registered', id, uscc: codes.enterprise });
    expect(await registers.audited()).toHaveLength(1);
  });

  test('the form must fit the code, the class the form', async () => {
    const form = await registers.as(bureau).post('/organisations', body({ legalForm: 'public-institution' }));
    expect(form.status).toBe(422);
    expect(form.body.type).toBe('/problems/organisation/form-does-not-fit');
    const cls = await registers.as(bureau).post('/organisations', body({ publicInstitutionClass: 'two' }));
    expect(cls.body.type).toBe('/problems/organisation/class-does-not-fit');
    const right = body({
      uscc: codes.publicInstitution,
      legalForm: 'public-institution',
      publicInstitutionClass: 'two',
    });
    await registers.as(bureau).post('/organisations', right).expect(201);
  });

  test('only the bureau registers', async () => {
    await registers.as(institutionActor('i')).post('/organisations', body()).expect(403);
  });
});

describe('history of an organisation', () => {
  const renamed = { name: '示例新名有限公司', legalForm: 'enterprise', from: '2026-01-01', paper: '变更通知书' };

  test('asOf asks for the day, knownAt for what was on record', async () => {
    const { as, clock } = registers;
    const id = await anOrganisation(registers, {
      uscc: codes.enterprise,
      name: '示例旧名有限公司',
      legalForm: 'enterprise',
    });
    const before = '2026-03-02T01:00:30.000Z';
    clock.pass(60_000);
    const amended = await as(bureau).post(`/organisations/${id}/versions`, renamed, 1).expect(201);
    expect(amended.headers.etag).toBe('"2"');
    expect(amended.body.formerNames).toEqual([{ name: '示例旧名有限公司', from: '2020-01-01', lastDay: '2025-12-31' }]);
    const name = async (query: string) =>
      (await as(bureau).get(`/organisations/${id}?${query}`)).body.record?.name ?? null;
    expect(await name('asOf=2025-12-31')).toBe('示例旧名有限公司');
    expect(await name('asOf=2026-01-01')).toBe('示例新名有限公司');
    expect(await name(`asOf=2026-01-01&knownAt=${before}`)).toBe('示例旧名有限公司');
    expect(await name('asOf=2019-12-31')).toBeNull();
    const now = await as(bureau).get(`/organisations/${id}/history`).expect(200);
    expect(
      now.body.entries.map((e: { name: string; from: string; lastDay: string }) => [e.name, e.from, e.lastDay]),
    ).toEqual([
      ['示例旧名有限公司', '2020-01-01', '2025-12-31'],
      ['示例新名有限公司', '2026-01-01', null],
    ]);
    const then = await as(bureau).get(`/organisations/${id}/history?knownAt=${before}`).expect(200);
    expect(then.body.entries).toHaveLength(1);
    expect(then.body.entries[0]).toMatchObject({ name: '示例旧名有限公司', lastDay: null });
  });

  test('a correction of some days leaves the others as they were', async () => {
    const { as } = registers;
    const id = await anOrganisation(registers, { uscc: codes.enterprise, name: '甲', legalForm: 'enterprise' });
    const some = { ...renamed, name: '乙', from: '2021-01-01', lastDay: '2021-12-31' };
    registers.clock.pass(1000);
    await as(bureau).post(`/organisations/${id}/versions`, some, 1).expect(201);
    const history = await as(bureau).get(`/organisations/${id}/history`);
    expect(history.body.entries.map((e: { name: string }) => e.name)).toEqual(['甲', '乙', '甲']);
    const backwards = await as(bureau).post(`/organisations/${id}/versions`, { ...some, lastDay: '2020-12-31' }, 2);
    expect(backwards.status).toBe(422);
    expect(backwards.body.errors[0].pointer).toBe('/lastDay');
  });

  test('what an amendment leaves out stays as on its first day; null clears', async () => {
    const { as } = registers;
    const said = { name: '甲', legalForm: 'public-institution', publicInstitutionClass: 'one', address: '示例路1号' };
    const first = { ...said, legalRepresentative: '示例代表', phone: '000-00000001', registeredDivision: '370102' };
    const body = { uscc: codes.publicInstitution, from: '2020-01-01', paper: '登记证书', ...first };
    const { id } = (await as(bureau).post('/organisations', body).expect(201)).body;
    const amend = (version: number, change: object) =>
      as(bureau).post(`/organisations/${id}/versions`, { paper: '变更', ...change }, version);
    const on = async (day: string) => (await as(bureau).get(`/organisations/${id}?asOf=${day}`)).body.record;
    await amend(1, { from: '2026-01-01', name: '乙' }).expect(201);
    expect(await on('2026-01-01')).toMatchObject({ ...first, name: '乙' });
    await amend(2, { from: '2026-02-01', phone: null }).expect(201);
    expect(await on('2026-02-01')).toMatchObject({ ...first, name: '乙', phone: null });
    // Form and class are judged together as they then stand.
    const misfit = await amend(3, { from: '2026-02-01', legalForm: 'other' });
    expect(misfit.body.type).toBe('/problems/organisation/class-does-not-fit');
    await amend(3, { from: '2026-02-01', legalForm: 'other', publicInstitutionClass: null }).expect(201);
    const days = { from: '2018-01-01', lastDay: '2018-12-31' };
    const early = await amend(4, { ...days, address: '旧址' });
    expect(early.status).toBe(400);
    expect(early.body.errors).toEqual([
      { in: 'body', pointer: '/name', ...needed },
      { in: 'body', pointer: '/legalForm', ...needed },
    ]);
    await amend(4, { ...days, name: '旧名', legalForm: 'other' }).expect(201);
    expect(await on('2018-06-01')).toMatchObject({ name: '旧名', address: null, phone: null });
  });

  test('a new certificate type speaks for the legal personality, unless that is said', async () => {
    const { as } = registers;
    const id = await anOrganisation(registers, { uscc: codes.enterprise, legalForm: 'enterprise' });
    const amend = async (version: number, change: object) =>
      (
        await as(bureau)
          .post(`/organisations/${id}/versions`, { paper: '变更', ...change }, version)
          .expect(201)
      ).body.record.legalPersonality;
    expect(await amend(1, { from: '2021-01-01', legalPersonality: 'legal-person' })).toBe('legal-person');
    expect(await amend(2, { from: '2022-01-01', address: '示例路2号' })).toBe('legal-person');
    expect(await amend(3, { from: '2023-01-01', certificateType: '有限责任公司分公司' })).toBe('branch');
  });

  test('If-Match: needed, and no longer right once somebody else wrote', async () => {
    const { as } = registers;
    const id = await anOrganisation(registers, { uscc: codes.enterprise, legalForm: 'enterprise' });
    await as(bureau).post(`/organisations/${id}/versions`, renamed).expect(428);
    await as(bureau).post(`/organisations/${id}/versions`, renamed, 1).expect(201);
    const late = await as(bureau)
      .post(`/organisations/${id}/versions`, { ...renamed, name: '丙' }, 1)
      .expect(412);
    expect(late.body.current).toBe(2);
    expect((await as(bureau).get(`/organisations/${id}`)).body.record.name).toBe('示例新名有限公司');
  });

  test('two officers at once: one writes, the other learns', async () => {
    const { as } = registers;
    const id = await anOrganisation(registers, { uscc: codes.enterprise, legalForm: 'enterprise' });
    const replies = await Promise.all(
      ['丁', '戊'].map((name) => as(bureau).post(`/organisations/${id}/versions`, { ...renamed, name }, 1)),
    );
    const statuses = replies.map((r) => r.status).sort();
    expect(statuses[0]).toBe(201);
    expect([409, 412]).toContain(statuses[1]);
    const history = await as(bureau).get(`/organisations/${id}/history`);
    expect(history.body.entries).toHaveLength(2);
  });
});

describe('finding organisations', () => {
  test('by any name borne, by code, page by page', async () => {
    const { as } = registers;
    const id = await anOrganisation(registers, {
      uscc: codes.enterprise,
      name: '示例（Lv）矿业100%',
      legalForm: 'enterprise',
    });
    await anOrganisation(registers, { uscc: codes.enterpriseTwo, name: '另一公司' });
    registers.clock.pass(1000);
    const renamed = { name: '新名', legalForm: 'enterprise', from: '2026-01-01', paper: '变更' };
    await as(bureau).post(`/organisations/${id}/versions`, renamed, 1).expect(201);
    const found = async (q: string) =>
      (
        await as(bureau)
          .get(`/organisations?q=${encodeURIComponent(q)}`)
          .expect(200)
      ).body.items.map((o: { name: string }) => o.name);
    expect(await found('(lv) 矿业')).toEqual(['新名']);
    expect(await found('100%')).toEqual(['新名']);
    expect(await found('%')).toEqual(['新名']);
    expect(await found('_')).toEqual([]);
    expect(await found('9115')).toEqual(['另一公司']);
    const first = (await as(bureau).get('/organisations?limit=1')).body;
    expect(first).toMatchObject({ count: '2', previous: null });
    const second = (await as(bureau).get(`/organisations?limit=1&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items].map((o: { uscc: string }) => o.uscc)).toEqual(
      [codes.enterprise, codes.enterpriseTwo].sort(),
    );
    expect(second.next).toBeNull();
  });

  test('an unknown id is 404, an unknown parameter 400', async () => {
    await registers.as(bureau).get('/organisations/none').expect(404);
    await registers.as(bureau).get('/organisations?colour=red').expect(400);
    await registers.as(bureau).get('/organisations/none?asOf=2025-02-30').expect(422);
  });
});
