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
import { legalDate } from '../../src/kernel/pure/time';
import { LATEST } from '../../src/kernel/db/moment';

let registers: RegisterApp;
let id: string;
beforeEach(async () => {
  registers = await registerApp();
  id = await anOrganisation(registers, { uscc: codes.enterprise, name: '示例评估有限公司', legalForm: 'enterprise' });
});
afterEach(() => registers.database.drop());

const licence = (wished: object = {}) => ({
  kind: 'business-licence',
  number: '示例证 1 号',
  issuer: '示例市场监督管理局',
  fileId: 'file-1',
  from: '2021-01-01',
  lastDay: '2026-03-31',
  paper: '营业执照扫描件',
  ...wished,
});
const add = (wished: object = {}, version = 1) =>
  registers.as(bureau).post(`/organisations/${id}/documents`, licence(wished), version);
const standing = async (query: string): Promise<string[]> =>
  (await registers.as(bureau).get(`/organisations/${id}/documents?${query}`).expect(200)).body.items.map(
    (d: { standing: string }) => d.standing,
  );

describe('papers of a body', () => {
  test('recorded: reply, stored state, audit entry', async () => {
    const reply = await add();
    expect(reply.status).toBe(201);
    expect(reply.headers.etag).toBe('"2"');
    expect(reply.body).toMatchObject({ organisationId: id, version: 2, expiringDays: 30 });
    expect(reply.body.items).toMatchObject([
      { kind: 'business-licence', from: '2021-01-01', lastDay: '2026-03-31', fileId: 'file-1', standing: 'expiring' },
    ]);
    expect((await registers.audited()).map((e) => e.type)).toContain('organisation.document-recorded');
    await add().expect(412);
    await registers.as(bureau).post(`/organisations/${id}/documents`, licence()).expect(428);
  });

  test('standing is computed for any day', async () => {
    await add().expect(201);
    expect(await standing('asOf=2020-12-31')).toEqual(['not-yet']);
    expect(await standing('asOf=2026-02-28')).toEqual(['in-force']);
    expect(await standing('asOf=2026-03-01')).toEqual(['expiring']);
    expect(await standing('asOf=2026-04-01')).toEqual(['expired']);
    expect(await standing('knownAt=2026-03-01T00:00:00.000Z')).toEqual([]);
  });

  test('renewed, the earlier validity stays; corrected, it goes; both stay known', async () => {
    const documentId = (await add().expect(201)).body.items[0].id as string;
    const one = `/organisations/${id}/documents/${documentId}`;
    registers.clock.pass(60_000);
    const next = licence({ from: '2026-04-01', lastDay: '2031-03-31' });
    await registers.as(bureau).post(`${one}/versions`, next, 2).expect(201);
    expect(await standing('asOf=2022-01-01')).toEqual(['in-force']);
    expect(await standing('asOf=2026-04-01')).toEqual(['in-force']);
    registers.clock.pass(60_000);
    const right = licence({ from: '2023-01-01', lastDay: '2023-12-31', correct: true });
    await registers.as(bureau).post(`${one}/versions`, right, 3).expect(201);
    expect(await standing('asOf=2026-04-01')).toEqual(['expired']);
    expect(await standing('asOf=2026-04-01&knownAt=2026-03-02T01:01:30.000Z')).toEqual(['in-force']);
    registers.clock.pass(60_000);
    await registers.as(bureau).post(`${one}/withdraw`, { paper: '登记有误' }, 4).expect(200);
    expect(await standing('')).toEqual([]);
    expect(await standing('knownAt=2026-03-02T01:02:30.000Z')).toEqual(['expired']);
    await registers.as(bureau).post(`${one}/withdraw`, { paper: '登记有误' }, 5).expect(404);
  });

  test('what an amendment does not name stays, and a scan is never that of another validity', async () => {
    const documentId = (await add().expect(201)).body.items[0].id as string;
    const one = `/organisations/${id}/documents/${documentId}/versions`;
    const say = async (body: object, version: number) =>
      (
        await registers
          .as(bureau)
          .post(one, { paper: '补登', ...body }, version)
          .expect(201)
      ).body.items[0];
    const kept = { kind: 'business-licence', number: '示例证 1 号', issuer: '示例市场监督管理局' };
    expect(await say({ from: '2021-01-01', title: '营业执照' }, 2)).toMatchObject({
      ...{ ...kept, title: '营业执照', fileId: 'file-1', from: '2021-01-01', lastDay: '2026-03-31' },
    });
    expect(await say({ correct: true, issuer: null }, 3)).toMatchObject({
      ...{ ...kept, title: '营业执照', issuer: null, fileId: 'file-1', from: '2021-01-01', lastDay: '2026-03-31' },
    });
    await say({ from: '2026-03-02', lastDay: '2031-03-01' }, 4);
    const { items } = (await registers.as(bureau).get(`/organisations/${id}/documents`).expect(200)).body;
    expect(items).toMatchObject([{ number: '示例证 1 号', from: '2026-03-02', fileId: null, lastDay: '2031-03-01' }]);
    await say({ from: '2020-01-01' }, 5);
    const past = await registers.as(bureau).get(`/organisations/${id}/documents?asOf=2020-12-31`).expect(200);
    expect(past.body.items).toMatchObject([{ from: '2020-01-01', lastDay: '2020-12-31' }]);
    expect((await registers.as(bureau).get(`/organisations/${id}/documents`).expect(200)).body.items).toEqual(items);
    const endless = await registers.as(bureau).post(one, { paper: '续期', from: '2031-03-02' }, 6);
    expect([endless.status, JSON.stringify(endless.body)]).toEqual([
      422,
      expect.stringContaining('续期或换发须填截止日'),
    ]);
    const nowhere = await registers.as(bureau).post(one, { paper: '补登', fileId: 'file-2' }, 6);
    expect([nowhere.status, JSON.stringify(nowhere.body)]).toEqual([422, expect.stringContaining('/from')]);
    const turned = await registers.as(bureau).post(one, { paper: '更正', correct: true, from: '2031-03-02' }, 6);
    expect([turned.status, JSON.stringify(turned.body)]).toEqual([422, expect.stringContaining('/lastDay')]);
  });

  test('a file that is not there, an end before the beginning, a paper of another body', async () => {
    await add({ fileId: 'none' }).expect(404);
    await add({ lastDay: '2020-12-31' }).expect(422);
    await add({ lastDay: '2021-01-01' }).expect(201);
    const documentId = (await registers.as(bureau).get(`/organisations/${id}/documents`)).body.items[0].id as string;
    const other = await anOrganisation(registers, { uscc: codes.enterpriseTwo });
    const foreign = `/organisations/${other}/documents/${documentId}/versions`;
    await registers.as(bureau).post(foreign, licence(), 1).expect(404);
  });

  test('clerks see the papers of their own body only, experts and strangers none', async () => {
    await add().expect(201);
    const own = await registers
      .as(bureau)
      .post('/institutions', { organisationId: id, from: '2020-01-01', paper: '登记表' })
      .expect(201);
    const other = await anInstitution(registers, codes.enterpriseTwo);
    const address = `/organisations/${id}/documents`;
    await registers.as(institutionActor(own.body.id)).get(address).expect(200);
    await registers.as(institutionActor(other)).get(address).expect(404);
    await registers.as(expertActor('e')).get(address).expect(404);
    await registers.as(institutionActor(own.body.id)).post(address, licence(), 2).expect(403);
    const ending = (actor: object) => registers.as(actor).get('/organisation-documents').expect(200);
    expect((await ending(institutionActor(own.body.id))).body.items).toHaveLength(1);
    expect((await ending(institutionActor(other))).body.items).toEqual([]);
  });

  test('the facts of an assessor hold its papers and its training', async () => {
    await add().expect(201);
    const body = { organisationId: id, from: '2020-01-01', paper: '登记表', training: '示例培训记录' };
    const { body: made } = await registers.as(bureau).post('/institutions', body).expect(201);
    expect(made.record.training).toBe('示例培训记录');
    const moment = { asOf: legalDate('2026-05-01'), knownAt: LATEST };
    const facts = await registers.institutions.at(registers.database.db, made.id as string, moment);
    expect(facts).toMatchObject({
      training: '示例培训记录',
      documents: [{ kind: 'business-licence', validFrom: '2021-01-01', validTo: '2026-03-31', fileId: 'file-1' }],
    });
  });
});

describe('papers that run out', () => {
  test('the oldest first; renewed ones are not among them', async () => {
    await add({ kind: 'authorisation', lastDay: '2026-03-01' }).expect(201);
    await add({ kind: 'office-proof', lastDay: '2026-03-02' }, 2).expect(201);
    await add({ kind: 'business-licence', lastDay: '2026-04-01' }, 3).expect(201);
    await add({ kind: 'training-record', lastDay: '2026-04-02' }, 4).expect(201);
    await add({ kind: 'other', lastDay: null }, 5).expect(201);
    const list = async (query: string): Promise<string[]> =>
      (await registers.as(bureau).get(`/organisation-documents?${query}`).expect(200)).body.items.map(
        (d: { kind: string }) => d.kind,
      );
    // Today is 2026-03-02; 30 days from it is 2026-04-01.
    expect(await list('')).toEqual(['authorisation', 'office-proof', 'business-licence']);
    expect(await list('standing=expired')).toEqual(['authorisation']);
    expect(await list('standing=expiring')).toEqual(['office-proof', 'business-licence']);
    expect(await list('expiringDays=31&standing=expiring&kind=training-record')).toEqual(['training-record']);
    expect(await list('asOf=2026-04-02&standing=expired')).toHaveLength(3);
    expect(await list('limit=1')).toEqual(['authorisation']);
    const all = (await registers.as(bureau).get(`/organisations/${id}/documents`)).body.items as {
      id: string;
      kind: string;
    }[];
    const { id: documentId } = all.find((d) => d.kind === 'authorisation')!;
    const renewed = licence({ kind: 'authorisation', from: '2026-03-02', lastDay: '2027-03-01' });
    await registers.as(bureau).post(`/organisations/${id}/documents/${documentId}/versions`, renewed, 6).expect(201);
    expect(await list('standing=expired')).toEqual([]);
    await registers.as(bureau).get('/organisation-documents?expiringDays=-1').expect(400);
  });
});
