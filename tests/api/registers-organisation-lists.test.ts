import { legalDate } from '../../src/kernel/pure/time';
import { LATEST } from '../../src/kernel/db/moment';
import {
  anInstitution,
  anOrganisation,
  bureau,
  codes,
  institutionActor,
  registerApp,
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
let id: string;
let other: string;
beforeEach(async () => {
  registers = await registerApp();
  id = await anOrganisation(registers, { uscc: codes.enterprise, name: '示例评估有限公司', legalForm: 'enterprise' });
  other = await anOrganisation(registers, { uscc: codes.enterpriseTwo, name: '示例投资公司', legalForm: 'enterprise' });
});
afterEach(() => registers.database.drop());

const put = (what: string, items: object[], version: number, of = id) =>
  registers.as(bureau).put(`/organisations/${of}/${what}`, { paper: '示例登记材料', items }, version);
const get = async (address: string, actor: object = bureau) =>
  (await registers.as(actor).get(address).expect(200)).body;

const shareholder = { relation: 'shareholder', from: '2020-01-01' };
const person = { ...shareholder, holderKind: 'person', name: '示例某甲', shareBasisPoints: 6000 };
const investor = { ...shareholder, holderKind: 'organisation', uscc: codes.enterpriseTwo, shareBasisPoints: 4000 };

describe('owners', () => {
  test('the whole dated list: what stays keeps its record, what was known stays known', async () => {
    const first = await put('owners', [person, investor], 1).expect(200);
    expect(first.headers.etag).toBe('"2"');
    expect(first.body.items).toHaveLength(2);
    expect(first.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: '示例某甲', uscc: null, shareBasisPoints: 6000, holds: true }),
        expect.objectContaining({ name: '示例投资公司', uscc: codes.enterpriseTwo, organisationId: other }),
      ]),
    );
    registers.clock.pass(60_000);
    const sold = [{ ...person, lastDay: '2025-12-31' }, investor];
    const second = await put('owners', sold, 2).expect(200);
    const byName = (items: { name: string; recordedAt: string; holds: boolean }[], name: string) =>
      items.find((i) => i.name === name)!;
    expect(byName(second.body.items, '示例投资公司').recordedAt).toBe(
      byName(first.body.items, '示例投资公司').recordedAt,
    );
    expect(byName(second.body.items, '示例某甲').holds).toBe(false);
    const then = await get(`/organisations/${id}/owners?asOf=2025-12-31`);
    expect(byName(then.items, '示例某甲').holds).toBe(true);
    const before = await get(`/organisations/${id}/owners?knownAt=2026-03-02T01:00:30.000Z`);
    expect(byName(before.items, '示例某甲')).toMatchObject({ lastDay: null, holds: true });
    await put('owners', sold, 2).expect(412);
    const faulty = await put('owners', [{ ...person, shareBasisPoints: 6001 }, investor], 3);
    expect(faulty.body).toMatchObject({ status: 422, type: '/problems/organisation/list-faulty', line: 1 });
    expect(JSON.stringify((await registers.audited()).map((e) => e.facts))).not.toContain('示例某甲');
  });

  test('others see that there is a person, not who', async () => {
    await put('owners', [person], 1).expect(200);
    const own = await registers
      .as(bureau)
      .post('/institutions', { organisationId: id, from: '2020-01-01', paper: '登记表' })
      .expect(201);
    const rival = await anInstitution(registers, '91370000MA3X000961');
    const name = async (actor: object) => (await get(`/organisations/${id}/owners`, actor)).items[0].name;
    expect(await name(institutionActor(own.body.id))).toBe('示例某甲');
    expect(await name(institutionActor(rival))).toBe('示*');
    await registers
      .as(institutionActor(own.body.id))
      .put(`/organisations/${id}/owners`, { paper: 'x', items: [] }, 2)
      .expect(403);
  });
});

describe('former codes', () => {
  const old = { kind: 'registration-number', code: '370000000000015', lastDay: '2015-09-30' };

  test('a look-up by one finds the body and says so', async () => {
    await put('former-codes', [old], 1).expect(200);
    expect(await get('/organisation-codes/370000000000015')).toMatchObject({
      matched: 'former',
      organisationId: id,
      uscc: codes.enterprise,
      name: '示例评估有限公司',
      formerCode: { kind: 'registration-number', from: null, lastDay: '2015-09-30' },
    });
    expect(await get(`/organisation-codes/${codes.enterprise.toLowerCase()}`)).toMatchObject({
      matched: 'present',
      formerCode: null,
    });
    await registers.as(bureau).get('/organisation-codes/370000000000999').expect(404);
    const found = async (q: string) => (await get(`/organisations?q=${q}`)).items.map((o: { id: string }) => o.id);
    expect(await found('3700000000')).toEqual([id]);
    await put('former-codes', [], 2).expect(200);
    expect(await found('3700000000')).toEqual([]);
    expect(await found(codes.enterprise.slice(0, 8))).toEqual([id]);
  });

  test('a code is of one body only', async () => {
    const taken = await put('former-codes', [{ kind: 'credit-code', code: codes.enterpriseTwo }], 1);
    expect(taken.body).toMatchObject({ status: 409, type: '/problems/organisation/code-of-another', id: other });
    await put('former-codes', [old], 1).expect(200);
    await put('former-codes', [old], 1, other).expect(409);
    await put('former-codes', [{ kind: 'credit-code', code: codes.privateUnit }], 2).expect(200);
    const again = await registers.as(bureau).post('/organisations', {
      uscc: codes.privateUnit,
      name: '示例',
      legalForm: 'other',
      from: '2020-01-01',
      paper: 'x',
    });
    expect(again.body).toMatchObject({ status: 409, type: '/problems/organisation/code-of-another', id });
  });

  test('two bodies are given one code at once: one has it', async () => {
    const replies = await Promise.all([put('former-codes', [old], 1), put('former-codes', [old], 1, other)]);
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
  });

  test('a new credit code: the body is found by both, and by both it is one assessor', async () => {
    const body = { organisationId: id, from: '2020-01-01', paper: '登记表' };
    const { body: made } = await registers.as(bureau).post('/institutions', body).expect(201);
    const fresh = '91370000MA3X000293';
    const change = { uscc: fresh, from: '2026-03-01', paper: '换发通知' };
    const wrong = { ...change, uscc: codes.publicInstitution };
    await registers.as(bureau).post(`/organisations/${id}/code-changes`, wrong, 1).expect(422);
    const judged = await registers.as(bureau).post(`/organisations/${id}/code-changes`, change, 1);
    expect(judged.body).toMatchObject({ asked: fresh, matched: 'present', uscc: fresh });
    const { db } = registers.database;
    expect((await registers.institutions.byCode(db, codes.enterprise))?.id).toBe(made.id);
    expect((await registers.institutions.byCode(db, fresh))?.uscc).toBe(fresh);
    expect((await registers.organisations.creditCodesOf(db, fresh)).sort()).toEqual([codes.enterprise, fresh].sort());
    const found = async (list: string, q: string) =>
      (await get(`/${list}?q=${q}`)).items.map((o: { id: string }) => o.id);
    for (const q of [fresh, codes.enterprise]) {
      expect(await found('organisations', q)).toEqual([id]);
      expect(await found('institutions', q)).toEqual([made.id]);
    }
    expect(await registers.organisations.creditCodesOf(db, codes.association)).toEqual([codes.association]);
    expect(await get(`/organisations/${id}/former-codes`)).toMatchObject({
      items: [{ code: codes.enterprise, kind: 'credit-code', from: null, lastDay: '2026-02-28' }],
    });
  });
});

describe('successors', () => {
  test('a merger links both, seen from each side, from its day on', async () => {
    const line = { organisationId: other, kind: 'absorbed', from: '2025-06-01' };
    await put('successors', [line], 1).expect(200);
    const link = { kind: 'absorbed', from: '2025-06-01' };
    expect((await get(`/organisations/${id}`)).successors).toMatchObject([{ organisationId: other, ...link }]);
    expect((await get(`/organisations/${other}`)).predecessors).toMatchObject([{ organisationId: id, ...link }]);
    expect((await get(`/organisations/${id}?asOf=2025-05-31`)).successors).toEqual([]);
    const circle = await put('successors', [{ ...line, organisationId: id }], 1, other);
    expect(circle.body.type).toBe('/problems/organisation/succession-circle');
    await put('successors', [{ ...line, organisationId: 'none' }], 2).expect(404);
    await put('successors', [], 2).expect(200);
    expect((await get(`/organisations/${other}`)).predecessors).toEqual([]);
  });
});

describe('what the certificate says', () => {
  const branch = { certificateType: '有限责任公司分公司（自然人投资或控股）' };
  const versions = { name: '示例分公司', legalForm: 'enterprise', from: '2020-01-01', paper: '营业执照' };

  test('a branch is no assessor, whatever is decided; the reason is told', async () => {
    const amended = await registers
      .as(bureau)
      .post(`/organisations/${id}/versions`, { ...versions, ...branch, registeredDivision: '330106' }, 1)
      .expect(201);
    expect(amended.body).toMatchObject({
      record: { ...branch, legalPersonality: 'branch', registeredDivision: '330106' },
      registeredProvince: { byCode: '370000', byAddress: '330000' },
    });
    const body = { organisationId: id, from: '2020-01-01', paper: '登记表', manualDecision: '同意' };
    const reply = await registers.as(bureau).post('/institutions', body);
    expect(reply.body).toMatchObject({ status: 422, type: '/problems/institution/not-legal-person' });
    expect(reply.body.detail).toContain('分支机构');
    const lie = { ...versions, ...branch, legalPersonality: 'legal-person' };
    const refused = await registers.as(bureau).post(`/organisations/${id}/versions`, lie, 2);
    expect(refused.body.type).toBe('/problems/organisation/personality-does-not-fit');
  });

  test('the certificate must be of the kind that the form is given', async () => {
    const body = (kind: string, fileId: string | null = null) => ({
      organisationId: id,
      from: '2020-01-01',
      paper: '登记表',
      legalPersonEvidence: { kind, number: '示例证号', fileId },
    });
    const wrong = await registers.as(bureau).post('/institutions', body('association-certificate'));
    expect(wrong.body.type).toBe('/problems/institution/certificate-does-not-fit');
    await registers.as(bureau).post('/institutions', body('business-licence', 'none')).expect(404);
    const { body: made } = await registers
      .as(bureau)
      .post('/institutions', body('business-licence', 'file-1'))
      .expect(201);
    expect(made.record.legalPersonEvidence).toMatchObject({ kind: 'business-licence', fileId: 'file-1' });
    const later = { from: '2026-01-01', paper: '换证', legalPersonEvidence: { kind: 'other', number: '1' } };
    await registers.as(bureau).post(`/institutions/${made.id}/versions`, later, 1).expect(422);
    const facts = await registers.institutions.at(registers.database.db, made.id as string, {
      asOf: legalDate('2026-01-01'),
      knownAt: LATEST,
    });
    expect(facts).toMatchObject({ legalPersonality: null, registeredProvince: { byCode: '370000' } });
  });
});
