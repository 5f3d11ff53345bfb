import { migrations } from '../../migrations';
import { NameFollower, NameGram, NameText } from '../../src/kernel/db/name-index/name-index.store';
import { done } from '../support/client';
import { anExpert, anInstitution, anOrganisation } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const idsOf = async (address: string): Promise<string[]> =>
  ((await done(whole.bureau.get(address))).items as { id: string }[]).map((i) => i.id);
const organisations = (q: string): Promise<string[]> => idsOf(`/organisations?q=${encodeURIComponent(q)}`);
const institutions = (q: string): Promise<string[]> => idsOf(`/institutions?q=${encodeURIComponent(q)}`);
const experts = async (name: string): Promise<string[]> =>
  ((await done(whole.bureau.post('/experts/search', { name }), 200)).items as { id: string }[]).map((i) => i.id);

const amend = (path: string, version: number, body: object) =>
  done(whole.bureau.post(`${path}/versions`, { paper: '变更登记表', ...body }, { 'if-match': `"${version}"` }), 201);

test('a former name is found, a name that was only a mistake no longer', async () => {
  const body = await anOrganisation(whole, { name: '示例甲𠮷矿业有限公司' });
  const fields = { legalForm: 'enterprise' };
  expect(await organisations('𠮷')).toEqual([body.id]);
  await amend(`/organisations/${body.id}`, 1, { ...fields, from: '2024-01-01', name: '示例乙矿业有限公司' });
  expect(await organisations('甲𠮷')).toEqual([body.id]);
  expect(await organisations('乙矿业')).toEqual([body.id]);
  // The first name never was: the correction covers all its days.
  await amend(`/organisations/${body.id}`, 2, {
    ...fields,
    from: '2020-01-01',
    lastDay: '2023-12-31',
    name: '示例丙矿业有限公司',
  });
  expect(await organisations('𠮷')).toEqual([]);
  expect(await organisations('丙矿')).toEqual([body.id]);
});

test('traditional characters are others than simplified ones; width and case are not', async () => {
  const body = await anOrganisation(whole, { name: '示例國礦（Ａb）有限公司' });
  expect(await organisations('国矿')).toEqual([]);
  expect(await organisations('國礦(aB)')).toEqual([body.id]);
});

test('an assessor is found by the names of its body, later ones too, and by its code', async () => {
  const institution = await anInstitution(whole);
  await amend(`/organisations/${institution.organisationId}`, 1, {
    legalForm: 'enterprise',
    from: '2025-01-01',
    name: '示例更名评估有限公司',
  });
  expect(await institutions('更名评估')).toEqual([institution.id]);
  expect(await institutions(institution.name)).toEqual([institution.id]);
  expect(await institutions(institution.uscc.slice(0, 17).toLowerCase())).toContain(institution.id);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const seen = await done(clerk.get(`/institutions?q=${encodeURIComponent('有限公司')}`));
  expect((seen.items as { id: string }[]).map((i) => i.id)).toEqual([institution.id]);
});

test('persons are found by one sign, by a former name, by the beginning of the number', async () => {
  const person = await anExpert(whole, { name: '示例囍人' });
  expect(await experts('囍')).toEqual([person.id]);
  await amend(`/experts/${person.id}`, 1, {
    from: '2025-01-01',
    name: '示例改名人',
    titleLevel: 'medium',
    specialties: [],
  });
  expect(await experts('例囍人')).toEqual([person.id]);
  expect(await idsOf(`/experts?number=${person.platformNumber.slice(0, 9).toLowerCase()}`)).toContain(person.id);
  expect(await idsOf('/experts?number=LK')).toEqual([]);
});

test('filling the index anew from what is registered gives the same postings', async () => {
  const kept = async (): Promise<object> => ({
    grams: (await whole.service.db.m.find(NameGram)).map((g) => `${g.list} ${g.gram} ${g.place}`).sort(),
    texts: (await whole.service.db.m.find(NameText)).map((t) => `${t.list} ${t.place} ${t.text}`).sort(),
    followers: (await whole.service.db.m.find(NameFollower)).map((f) => `${f.place} ${f.followerPlace}`).sort(),
  });
  const before = await kept();
  const fills = migrations.filter((m) => m.name.startsWith('FillName')).map((Fill) => new Fill());
  const runner = whole.service.db.source.createQueryRunner();
  for (const fill of fills) await fill.down(runner);
  expect(await kept()).toEqual({ grams: [], texts: [], followers: [] });
  // Twice, as after a failure half-way.
  for (const fill of [...fills, ...fills]) await fill.up(runner);
  await runner.release();
  expect(await kept()).toEqual(before);
});
