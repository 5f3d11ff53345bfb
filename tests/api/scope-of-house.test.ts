import { inTransaction } from '../../src/kernel/db/transaction';
import type { Notice } from '../../src/modules/notifications';
import { done } from '../support/client';
import { aForeignAuthority, anOfficerOf } from '../support/officers';
import { aTable } from '../support/play-notices';
import { aFile, aMine, anExpert, anInstitution, anOrganisation, PUBLIC_PAYER } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Records that name no authority belong to the installation's own and those below it, of its kind; to others they do
// not exist. Bars are open to every authority.

interface Office {
  id: string;
  bureau: Person;
  lead: Person;
  inspector: Person;
}

let whole: Whole;
let city: Office;
let ecology: Office;

const officersOf = async (authorityId: string): Promise<Office> => ({
  id: authorityId,
  bureau: await anOfficerOf(whole, 'bureau', authorityId),
  lead: await anOfficerOf(whole, 'bureau-lead', authorityId),
  inspector: await anOfficerOf(whole, 'inspector', authorityId),
});

beforeAll(async () => {
  whole = await wholeService();
  const owner = (await done(whole.admin.get('/authorities?code=370000'))).items[0];
  const body = { code: '370300', kind: 'natural-resources', name: '示例市局', parentId: owner.id };
  const paper = { from: '2020-01-01', paper: '示例文号' };
  city = await officersOf((await done(whole.admin.post('/authorities', { ...body, ...paper }), 201)).id as string);
  ecology = await officersOf(await aForeignAuthority(whole));
}, 60_000);
afterAll(() => whole.close());

const told = async (sent: ReturnType<Person['get']>): Promise<string> => {
  const { status, body } = await sent;
  return `${status} ${String((body as { type?: string }).type).replace('/problems/', '')}`;
};

test('engagements are made and ended by the house', async () => {
  const expert = await anExpert(whole);
  const wanted = { subject: { kind: 'person', id: expert.id }, role: 'adviser', from: whole.today(), to: null };
  expect(await told(ecology.bureau.post('/engagements', wanted))).toBe('403 sign-in/forbidden');
  const { id } = await done(city.bureau.post('/engagements', wanted), 201);
  const end = { lastDay: whole.today() };
  expect(await told(ecology.bureau.post(`/engagements/${id}/end`, end))).toBe('404 request/not-found');
  expect(await done(whole.bureau.post(`/engagements/${id}/end`, end))).toMatchObject({ to: whole.today() });
});

test('consents to electronic service are read and kept by the house', async () => {
  const institution = await anInstitution(whole);
  const days = { from: whole.today(), lastDay: null, paper: '示例确认书' };
  const wanted = { partyKind: 'institution', partyId: institution.id, ...days };
  const record = async (by: Person) => by.post('/service-consents', { ...wanted, fileId: await aFile(by) });
  expect((await record(ecology.bureau)).body.type).toBe('/problems/sign-in/forbidden');
  const kept = await done(whole.bureau.post('/service-consents', { ...wanted, fileId: await aFile(whole.lead) }), 201);
  const end = { lastDay: whole.today(), paper: '示例撤回' };
  const withdraw = `/service-consents/${kept.id}/withdraw`;
  expect(await told(ecology.inspector.post(withdraw, end))).toBe('404 request/not-found');
  expect(await told(ecology.lead.get('/service-consents'))).toBe('403 sign-in/forbidden');
  expect((await done(city.lead.get('/service-consents'))).items).toHaveLength(1);
  expect((await city.inspector.post(withdraw, end)).status).toBeLessThan(300);
});

test('a year of the calendar is loaded by the house: every open deadline hangs on it', async () => {
  expect(await told(ecology.bureau.put('/calendar/2027', aTable(2027)))).toBe('403 sign-in/forbidden');
  expect((await whole.anyone.get('/calendar/2027')).status).toBe(404);
  await done(whole.bureau.put('/calendar/2027', aTable(2027)));
});

test('a notice to a party is the house’s; one to offices is their authority’s', async () => {
  const { id: institutionId } = await anInstitution(whole);
  const tell = (notice: Notice): Promise<{ id: string }> =>
    inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
  const { id } = await tell({ to: { institutionId }, kind: 'case.notice-served', formal: true });
  const to = { authority: ecology.id, role: 'bureau-lead' };
  const office = await tell({ to, kind: 'case.notice-served', formal: true });
  const served = async (by: Person, notice: string) => {
    const manner = { manner: 'direct', proof: '示例送达回证', proofFileId: await aFile(by) };
    return told(by.post(`/notifications/${notice}/service`, { servedOn: whole.today(), ...manner }));
  };
  expect(await told(ecology.inspector.get(`/notifications/${id}`))).toBe('404 request/not-found');
  expect(await served(ecology.inspector, id)).toBe('404 request/not-found');
  expect((await ecology.inspector.get(`/notifications/${office.id}`)).status).toBe(200);
  const keeper = await whole.enlist('system-admin');
  for (const n of [id, office.id]) expect((await keeper.get(`/notifications/${n}`)).status).toBe(200);
  expect(await served(city.inspector, id)).toContain('200 ');
});

test('payments and findings are the lot’s authority’s, without a lot the house’s; bars are everybody’s', async () => {
  const institution = await anInstitution(whole);
  const payer = await anOrganisation(whole, { uscc: PUBLIC_PAYER, name: '示例省财政厅', legalForm: 'other' });
  const operator = await anOrganisation(whole);
  const lotBody = {
    name: '示例批次',
    purpose: 'producing-mine',
    purchase: { method: 'government-purchase', projectNumber: '示例采购项目' },
    mineIds: [await aMine(whole, operator.id)],
  };
  const lot = await done(whole.bureau.post('/lots', lotBody), 201);
  const paid = (by: Person, voucher: string, more: object = {}) => {
    const about = { payerId: payer.id, institutionId: institution.id, amountFen: 5, paidOn: whole.today() };
    return by.post('/payments', { ...about, voucher, purpose: '示例用途', ...more });
  };
  expect(await told(paid(ecology.bureau, '示例1'))).toBe('403 sign-in/forbidden');
  for (const { bureau } of [ecology, city])
    expect(await told(paid(bureau, '示例1', { lotId: lot.id }))).toBe('404 request/not-found');
  await done(paid(city.bureau, '示例1'), 201);
  await done(paid(whole.bureau, '示例2', { lotId: lot.id }), 201);
  for (const lotId of [null, lot.id])
    expect(await told(paid(whole.bureau, '示例3', { payerId: operator.id, lotId }))).toBe('409 payment/mine-payer');
  const seen = async (by: Person, path: string) => ((await done(by.get(path))).items as unknown[]).length;
  const each = [whole, city, ecology];
  const query = `/payments?institutionId=${institution.id}`;
  for (const path of ['/payments', query])
    expect(await Promise.all(each.map(({ bureau }) => seen(bureau, path)))).toEqual([2, 1, 0]);
  expect(await Promise.all(each.map(({ lead }) => seen(lead, '/findings')))).toEqual([2, 1, 0]);
  expect((await ecology.bureau.get('/bars')).status).toBe(200);
});
