import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aReadyInstitution, anOrganisation, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
}, 60_000);
afterAll(() => whole.close());

interface Named {
  name: string;
  role: string;
  present: boolean;
}
const namesSeenBy = async (person: Pick<Person, 'get'>, query = ''): Promise<string[]> =>
  ((await done(person.get(`/colleagues?limit=200${query}`))).items as Named[]).map((c) => c.name);

describe('whom one works with', () => {
  test('officers see their house, an institution’s people their own, and neither sees the other', async () => {
    const institution = await aReadyInstitution(whole, { staff: 1 });
    const keeper = await whole.enlist('seal-keeper', { institutionId: institution.id });
    const officers = await namesSeenBy(whole.lead);
    expect(officers).toEqual(expect.arrayContaining([whole.bureau.name, whole.lead.name, whole.inspector.name]));
    expect(officers).not.toContain(keeper.name);
    expect(await namesSeenBy(institution.clerk)).toContain(keeper.name);
    expect(await namesSeenBy(institution.clerk)).not.toContain(whole.bureau.name);
  });

  test('an expert has none', async () => {
    const { staff } = await aReadyInstitution(whole, { staff: 1 });
    expect(await namesSeenBy(await whole.enlist('expert', { expertId: staff[0]!.id }))).toEqual([]);
  });

  test('by role and by a part of the name', async () => {
    const found = (await done(whole.lead.get('/colleagues?role=inspector'))).items as Named[];
    expect(found.map((c) => c.role)).toEqual(found.map(() => 'inspector'));
    const part = encodeURIComponent(whole.inspector.name.slice(-2));
    expect(await namesSeenBy(whole.lead, `&q=${part}`)).toContain(whole.inspector.name);
    expect(await namesSeenBy(whole.lead, `&q=${encodeURIComponent('%')}`)).toEqual([]);
  });

  test('whose post is over is left out, and named again when those are asked for', async () => {
    const gone = await whole.enlist('bureau');
    await done(whole.admin.post(`/posts/${gone.postId}/end`, { lastDay: addDays(whole.today(), -1) }));
    expect(await namesSeenBy(whole.lead)).not.toContain(gone.name);
    const all = (await done(whole.lead.get('/colleagues?limit=200&ended=true'))).items as Named[];
    expect(all.find((c) => c.name === gone.name)).toMatchObject({ present: false });
  });

  test('whose account is disabled is left out', async () => {
    const gone = await whole.enlist('bureau');
    await done(whole.admin.post(`/accounts/${gone.accountId}/disable`));
    expect(await namesSeenBy(whole.lead)).not.toContain(gone.name);
  });
});

describe('whom a post may act for', () => {
  test('the security administrator finds them by name and reads no more than name and code', async () => {
    const institution = await aReadyInstitution(whole, { staff: 1 });
    const mine = await anOrganisation(whole);
    const expert = institution.staff[0]!;
    for (const [kind, id] of [
      ['institution', institution.id],
      ['organisation', mine.id],
      ['expert', expert.id],
    ] as const) {
      const read = await done(whole.admin.get(`/parties/${kind}/${id}`));
      expect(Object.keys(read as object).sort()).toEqual(['code', 'id', 'name']);
      const { items } = await done(whole.admin.get(`/parties/${kind}?q=${encodeURIComponent(read.name as string)}`));
      expect((items as { id: string }[]).map((i) => i.id)).toContain(id);
    }
  });

  test('a person is found by the whole name or number, and nobody goes through the others', async () => {
    const { staff } = await aReadyInstitution(whole, { staff: 2 });
    const [{ id, name, platformNumber }] = staff as [ReadyInstitution['staff'][number]];
    const found = async (q?: string): Promise<string[]> => {
      const query = q === undefined ? '' : `?q=${encodeURIComponent(q)}`;
      return (await done(whole.admin.get(`/parties/expert${query}`))).items.map((i: { id: string }) => i.id);
    };
    for (const q of [name, platformNumber, platformNumber.toLowerCase()]) expect(await found(q)).toEqual([id]);
    for (const q of [undefined, name.slice(0, 2), platformNumber.slice(0, 2), '%']) expect(await found(q)).toEqual([]);
  });

  test('what is not there is not found', async () => {
    const reply = await whole.admin.get('/parties/institution/00000000-0000-7000-8000-000000000000');
    expect(reply.status).toBe(404);
  });
});

describe('accounts and posts', () => {
  test('an account is found by a part of its name or user name, whatever the case', async () => {
    const { username, name } = whole.inspector;
    for (const q of [username.toUpperCase(), name]) {
      const { items } = await done(whole.admin.get(`/accounts?q=${encodeURIComponent(q)}`));
      expect((items as { username: string }[]).map((a) => a.username)).toEqual([username]);
    }
  });

  test('a post names its holder', async () => {
    const { items } = await done(whole.admin.get(`/posts?accountId=${whole.lead.accountId}`));
    expect(items).toMatchObject([{ holder: whole.lead.name, role: 'bureau-lead' }]);
  });
});
