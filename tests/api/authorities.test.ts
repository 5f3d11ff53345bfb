import { addDays } from '../../src/kernel/pure/time';
import { done, type Client } from '../support/client';
import { aLot, anAssignment, anEvaluation, aCase, paperOn } from '../support/line-builders';
import { aFile, aMine, aReadyInstitution, pdfFile, type ReadyInstitution } from '../support/register-builders';
import { createClient } from '../support/client';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let owner: { id: string };
beforeAll(async () => {
  whole = await wholeService();
  owner = (await done(whole.admin.get('/authorities?code=370000'))).items[0];
});
afterAll(() => whole.close());

const problem = async (sent: ReturnType<Client['post']>): Promise<string> => {
  const reply = await sent;
  return `${reply.status} ${String((reply.body as { type?: string }).type).replace('/problems/', '')}`;
};
const etag = (version: number) => ({ 'if-match': `"${version}"` });
const from = { from: '2020-01-01', paper: '示例文号' };

const anAuthority = async (code: string, parentId: string | null, wished: object = {}): Promise<string> => {
  const body = { code, kind: 'natural-resources', name: `示例机关${code}`, parentId, ...from, ...wished };
  return (await done(whole.admin.post('/authorities', body), 201)).id as string;
};

/** An officer of this authority, signed in. */
async function anOfficer(role: string, authorityId: string, office?: string): Promise<Person> {
  const n = whole.next();
  const username = `officer-${n}`;
  const account = await done(whole.admin.post('/accounts', { username, name: `示例岗位人员其${n}` }), 201);
  const wanted = { accountId: account.id, role, authorityId, office, from: '2026-01-01' };
  const post = await done(whole.admin.post('/posts', wanted), 201);
  const client = createClient(whole.url);
  const password = `a long sentence for officer ${n}`;
  const oneTimePassword = account.oneTimePassword as string;
  await client.takeSeat({ username, oneTimePassword, password, now: whole.clock.now });
  const person = { ...client, accountId: account.id as string, postId: post.id as string, username, password };
  return { ...person, name: `示例岗位人员其${n}`, role: role as Person['role'] };
}

describe('the tree', () => {
  test('holds what was registered, with its history', async () => {
    const city = await anAuthority('370300', owner.id);
    const shown = await done(whole.bureau.get(`/authorities/${city}`));
    expect(shown).toMatchObject({ code: '370300', parentId: owner.id, isOwner: false, may: [], version: 1 });
    const renamed = { name: '示例市自然资源和规划局', parentId: owner.id, from: '2024-06-01', paper: '示例更名文号' };
    const reply = await whole.admin.post(`/authorities/${city}/versions`, renamed, etag(1));
    expect(reply.status).toBe(201);
    expect((await whole.traceOf(reply)).types).toEqual(['authority.amended']);
    const nameOn = async (day: string) => (await done(whole.bureau.get(`/authorities/${city}?asOf=${day}`))).name;
    expect([await nameOn('2024-05-31'), await nameOn('2024-06-01')]).toEqual(['示例机关370300', renamed.name]);
    expect(await problem(whole.admin.post(`/authorities/${city}/versions`, renamed, etag(1)))).toBe(
      '412 request/precondition-failed',
    );
    const later = { ...renamed, from: addDays(whole.today(), 1) };
    expect(await problem(whole.admin.post(`/authorities/${city}/versions`, later, etag(2)))).toBe(
      '422 authority/day-in-future',
    );
  });

  test('takes two kinds of one division, the same kind once, and no parent elsewhere without a paper', async () => {
    await anAuthority('370400', owner.id);
    await anAuthority('370400', owner.id, { kind: 'ecology' });
    const again = { code: '370400', kind: 'ecology', name: '示例机关', parentId: owner.id, ...from };
    expect(await problem(whole.admin.post('/authorities', again))).toBe('409 authority/present');
    const foreign = { code: '330100', kind: 'forestry', name: '示例机关', parentId: owner.id, ...from };
    expect(await problem(whole.admin.post('/authorities', foreign))).toBe('422 authority/parent-elsewhere');
    await anAuthority('330100', owner.id, { kind: 'forestry', parentBasis: '示例隶属文号' });
    expect(await problem(whole.bureau.post('/authorities', again))).toBe('403 sign-in/forbidden');
  });

  test('never closes a circle, and ends leaf by leaf', async () => {
    const city = await anAuthority('370500', owner.id);
    const county = await anAuthority('370502', city);
    const turned = { name: '示例机关', parentId: county, parentBasis: '示例', from: '2025-01-01', paper: '示例文号' };
    expect(await problem(whole.admin.post(`/authorities/${city}/versions`, turned, etag(1)))).toBe(
      '422 authority/cycle',
    );
    const end = { lastDay: whole.today(), paper: '示例文号' };
    expect(await problem(whole.admin.post(`/authorities/${city}/end`, end))).toBe('409 authority/children-open');
    expect(await problem(whole.admin.post(`/authorities/${owner.id}/end`, end))).toBe('409 authority/is-owner');
    const officer = await anOfficer('bureau', county, '矿业处');
    expect(await problem(whole.admin.post(`/authorities/${county}/end`, end))).toBe('409 authority/posts-open');
    await done(whole.admin.post(`/posts/${officer.postId}/end`, { lastDay: whole.today() }));
    await done(whole.admin.post(`/authorities/${county}/end`, end));
    await done(whole.admin.post(`/authorities/${city}/end`, end));
    expect(await problem(whole.admin.post(`/authorities/${city}/end`, end))).toBe('409 authority/already-ended');
    await whole.moveTo('2026-03-03T01:00:00.000Z');
    const late = { accountId: officer.accountId, role: 'bureau', authorityId: city, from: '2026-03-03' };
    expect(await problem(whole.admin.post('/posts', late))).toBe('404 request/not-found');
  });

  test('a post names its authority and office; a party’s post has neither', async () => {
    const city = await anAuthority('370600', owner.id);
    const officer = await anOfficer('bureau', city, '矿业权管理科');
    const [post] = (await done(officer.get('/session'))).posts;
    expect(post).toMatchObject({ authority: '370600', authorityId: city, office: '矿业权管理科' });
    const institution = await aReadyInstitution(whole, { staff: 0 });
    const misplaced = {
      accountId: officer.accountId,
      role: 'institution',
      institutionId: institution.id,
      authorityId: city,
    };
    expect(await problem(whole.admin.post('/posts', { ...misplaced, from: '2026-01-01' }))).toBe(
      '422 post/party-mismatch',
    );
  });
});

describe('scope', () => {
  let institution: ReadyInstitution;
  let city: Person;
  let sibling: Person;
  let ecology: Person;
  let cityLead: Person;
  beforeAll(async () => {
    institution = await aReadyInstitution(whole);
    const [a, b] = [await anAuthority('370700', owner.id), await anAuthority('370800', owner.id)];
    const c = await anAuthority('370000', owner.id, { kind: 'ecology' });
    city = await anOfficer('bureau', a);
    cityLead = await anOfficer('bureau-lead', a);
    sibling = await anOfficer('bureau', b);
    ecology = await anOfficer('partner', c);
  });

  const lotsOf = async (by: Client): Promise<string[]> =>
    (await done(by.get('/lots?limit=200'))).items.map((l: { id: string }) => l.id);

  test('a lot is its authority’s and seen by those above, of its kind', async () => {
    const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
    const body = { name: '示例市级批次', purpose: 'producing-mine', purchase, mineIds: [await aMine(whole)] };
    const lot = (await done(city.post('/lots', body), 201)).id as string;
    const upper = (await aLot(whole, [institution])).id;
    for (const by of [city, cityLead, whole.bureau]) expect(await lotsOf(by)).toContain(lot);
    for (const by of [sibling, ecology]) {
      expect(await lotsOf(by)).not.toContain(lot);
      expect(await problem(by.get(`/lots/${lot}`))).toBe('404 request/not-found');
    }
    expect(await lotsOf(city)).not.toContain(upper);
    expect(await problem(city.get(`/lots/${upper}`))).toBe('404 request/not-found');
    expect(await problem(sibling.post(`/lots/${lot}/candidates`, { institutionIds: [institution.id] }))).toBe(
      '404 request/not-found',
    );
    expect(await problem(city.post(`/lots/${upper}/close`))).toBe('404 request/not-found');
    // The clerk sees the lots whose candidate the institution is.
    expect(await lotsOf(institution.clerk)).toEqual([upper]);
    const other = await aReadyInstitution(whole, { staff: 0 });
    expect(await lotsOf(other.clerk)).toEqual([]);
    expect(await problem(other.clerk.get(`/lots/${upper}`))).toBe('404 request/not-found');
    await done(whole.lead.post(`/lots/${lot}/cancel`, { reason: '示例' }));
  });

  test('assignments, evaluations, pledges and cases follow', async () => {
    const e = await anEvaluation(whole, institution, { state: 'reported', evidence: true, pledged: true });
    const scan = await aFile(whole.inspector, pdfFile());
    const caseId = await aCase(whole, whole.today(), scan);
    const pledge = (await done(whole.bureau.get(`/evaluations/${e.id}/pledges`))).items[0].id as string;
    for (const address of [
      `/assignments/${e.assignmentId}`,
      `/evaluations/${e.id}`,
      `/pledges/${pledge}`,
      `/cases/${caseId}`,
    ]) {
      await done(whole.bureau.get(address));
      expect({ address, answer: await problem(city.get(address)) }).toEqual({
        address,
        answer: '404 request/not-found',
      });
    }
    expect((await done(city.get('/evaluations'))).items).toEqual([]);
    expect((await done(city.get('/cases'))).items).toEqual([]);
    expect(await problem(city.post(`/evaluations/${e.id}/accept`))).toBe('404 request/not-found');
    expect(await problem(cityLead.post(`/assignments/${e.assignmentId}/release`, { reason: '示例' }))).toBe(
      '404 request/not-found',
    );
    expect(await problem(cityLead.post(`/cases/${caseId}/dismiss`, paperOn(whole.today(), 0, scan)))).toBe(
      '404 request/not-found',
    );
    // Bars are everybody's.
    await done(city.get('/bars'));
  });

  test('the register is kept per authority; institutions see their own entries', async () => {
    const entries = async (by: Client) =>
      (await done(by.get('/pool-entries'))).items.map((p: { institutionId: string }) => p.institutionId);
    expect(await entries(city)).toEqual([]);
    expect(new Set(await entries(institution.clerk))).toEqual(new Set([institution.id]));
    const [{ authorityId }] = (await done(city.get('/session'))).posts;
    await done(institution.clerk.post('/pool-entries', { institutionId: institution.id, authorityId }), 201);
    expect(await entries(city)).toEqual([institution.id]);
    expect(await entries(sibling)).toEqual([]);
    await anAssignment(whole, institution);
  });
});
