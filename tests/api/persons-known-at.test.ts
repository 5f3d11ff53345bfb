import { done, type Json } from '../support/client';
import { anEmployment, anExpert, anInstitution, type AnExpert } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// What was known at an instant is told as it was known then, whatever was merged, undone and merged again since.

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const merging = { reason: '同一人的两份登记（示例）', paper: '核实记录' };
const etag = (version: number) => ({ 'if-match': `"${version}"` });
const now = (): string => new Date(whole.clock.now()).toISOString();
const pass = (): void => whole.clock.advance(60_000);

async function merge(from: AnExpert, into: AnExpert): Promise<string> {
  const pair = { from: from.platformNumber, into: into.platformNumber };
  const { id } = await done(whole.bureau.post('/expert-merges', { ...pair, ...merging }), 201);
  await done(whole.lead.post(`/expert-merges/${id}/confirm`, { reason: '复核无误' }));
  return id as string;
}
const undo = (id: string) => done(whole.secondLead.post(`/expert-merges/${id}/undo`, merging));

interface Story {
  a: AnExpert;
  b: AnExpert;
  /** Instants: before the merge, merged, undone, merged again. */
  at: [string, string, string, string];
  employment: { a: string; b: string };
}

/** Two registrations with an employment each: `a` goes into `b`, comes out, goes in again. */
async function story(): Promise<Story> {
  const [a, b] = [await anExpert(whole), await anExpert(whole)];
  const [one, two] = [await anInstitution(whole), await anInstitution(whole)];
  const part = { kind: 'part-time', from: '2024-01-01', paper: '示例聘书' };
  const ofA = await anEmployment(whole, a, one.id);
  const second = { platformNumber: b.platformNumber, institutionId: two.id, ...part };
  const { id: ofB } = await done(whole.bureau.post('/employments', second), 201);
  const at: string[] = [];
  const mark = (): void => {
    pass();
    at.push(now());
    pass();
  };
  mark();
  const first = await merge(a, b);
  mark();
  await undo(first);
  mark();
  await merge(a, b);
  mark();
  return { a, b, at: at as Story['at'], employment: { a: ofA, b: ofB as string } };
}

const get = (address: string): Promise<Json> => done(whole.bureau.get(address));
const idsOf = (items: unknown): string[] => (items as { id: string }[]).map((i) => i.id).sort();

let told: Story;
beforeAll(async () => {
  told = await story();
});

const isOne = [false, true, false, true];

test.each([0, 1, 2, 3])('a reading as known at instant %i', async (n) => {
  const { a, b, at, employment } = told;
  for (const [self, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const own = { a, b }[self];
    const reply = await get(`/experts/${own.id}?knownAt=${at[n]}`);
    const both = [employment.a, employment.b].sort();
    expect(idsOf(reply['employments'])).toEqual(isOne[n] ? both : [employment[self]]);
    expect(reply['identities']).toHaveLength(isOne[n] ? 2 : 1);
    // The surviving registration speaks for both.
    expect(reply['record']).toMatchObject({ name: isOne[n] ? b.name : own.name });
    const history = await get(`/experts/${own.id}/history?knownAt=${at[n]}`);
    const numbers = (history['entries'] as { of: string }[]).map((e) => e.of);
    expect(numbers.includes({ a, b }[other].platformNumber)).toBe(isOne[n]);
  }
});

test.each([
  [0, 1],
  [1, 2],
  [2, 3],
  [0, 3],
  [0, 2],
  [1, 3],
])('the difference of one day as known at instants %i and %i', async (early, late) => {
  const { a, b, at, employment } = told;
  const query = `fromKnownAt=${at[early]}&toKnownAt=${at[late]}`;
  const diff = await get(`/experts/${a.id}/diff?${query}`);
  const changes = new Map((diff['changes'] as Json[]).map((c) => [c['field'] as string, c]));
  if (isOne[early] === isOne[late]) {
    expect([...changes.keys()]).toEqual([]);
    expect(diff['entries']).toEqual([]);
    return;
  }
  const keysAt = (field: string, side: 'before' | 'after') =>
    (changes.get(field)![side] as { key: string }[]).map((i) => i.key).sort();
  const [alone, together] = isOne[late] ? (['before', 'after'] as const) : (['after', 'before'] as const);
  expect(changes.get('name')).toMatchObject({ [alone]: a.name, [together]: b.name });
  expect(keysAt('employments', alone)).toEqual([employment.a]);
  expect(keysAt('employments', together)).toEqual([employment.a, employment.b].sort());
  expect(keysAt('registrations', alone)).toEqual([]);
  expect(keysAt('registrations', together)).toEqual([a.platformNumber]);
  // Who merged them, on what paper, stands among the causes.
  const causes = diff['entries'] as { paper: string; fields: string[] }[];
  expect(causes.find((e) => e.fields.includes('registrations'))).toMatchObject({ paper: merging.paper });
});

test('differences of two days are those of the persons as they were known', async () => {
  const { a, b, at } = told;
  const days = 'fromAsOf=2010-01-01&toAsOf=2026-03-02';
  const fieldsAt = async (id: string, instant: string) => {
    const { changes } = await get(`/experts/${id}/diff?${days}&fromKnownAt=${instant}&toKnownAt=${instant}`);
    return new Map((changes as Json[]).map((c) => [c['field'] as string, c['after']]));
  };
  expect((await fieldsAt(a.id, at[0])).get('name')).toBe(a.name);
  expect((await fieldsAt(a.id, at[1])).get('name')).toBe(b.name);
  expect((await fieldsAt(a.id, at[2])).get('name')).toBe(a.name);
  expect((await fieldsAt(b.id, at[2])).get('name')).toBe(b.name);
});

test('the log of changes tells of each registration what was entered under it, and of the merges', async () => {
  const { a, b } = told;
  const items = (await get(`/experts/${b.id}/changes?limit=200`))['items'] as Json[];
  const own = items.filter((i) => i['list'] === null);
  expect(own).toHaveLength(2);
  // Each registration began with a name; neither hides the other.
  const names = own.map((i) => (i['stretches'][0].changes as Json[]).find((c) => c['field'] === 'name')!['after']);
  expect(names.sort()).toEqual([a.name, b.name].sort());
  const merges = items.filter((i) => i['list']?.field === 'registrations');
  // Merged, undone, merged again.
  expect(merges.map((i) => i['key'])).toEqual([a.platformNumber, a.platformNumber, a.platformNumber]);
});

test('what was entered under the surviving registration after the merge is unknown at an earlier instant', async () => {
  const [a, b] = [await anExpert(whole), await anExpert(whole)];
  pass();
  const before = now();
  pass();
  const id = await merge(a, b);
  pass();
  const change = { from: '2026-01-01', paper: '职称证书', titleLevel: 'full-senior' };
  const { version } = await get(`/experts/${b.id}`);
  await done(whole.bureau.post(`/experts/${b.id}/versions`, change, etag(version as number)), 201);
  pass();
  const merged = now();
  const query = `fromKnownAt=${before}&toKnownAt=${merged}`;
  const level = (diff: Json) => (diff['changes'] as Json[]).find((c) => c['field'] === 'titleLevel');
  const wanted = { before: 'deputy-senior', after: 'full-senior' };
  for (const p of [a, b]) {
    const diff = await get(`/experts/${p.id}/diff?${query}`);
    expect(level(diff)).toMatchObject(wanted);
    const causes = diff['entries'] as { paper: string; fields: string[] }[];
    expect(causes.find((e) => e.fields.includes('titleLevel'))).toMatchObject({ paper: '职称证书' });
  }
  pass();
  await undo(id);
  // After the undoing the title is the other's again, and no longer told of this one; what was known then stays known.
  expect((await get(`/experts/${a.id}`))['record']).toMatchObject({ titleLevel: 'deputy-senior' });
  expect((await get(`/experts/${a.id}?knownAt=${merged}`))['record']).toMatchObject({ titleLevel: 'full-senior' });
});

test('documents and doubts are told as they were known', async () => {
  const person = await anExpert(whole);
  pass();
  const before = now();
  pass();
  const number = `E${String(20_000_000 + whole.next())}`;
  whole.identities.push(number);
  const added = { identity: { kind: 'passport', number }, originalSeen: true, replaces: null, paper: '护照' };
  const { identities } = await done(whole.bureau.post(`/experts/${person.id}/identities`, added), 201);
  const passport = (identities as { id: string; kind: string }[]).find((i) => i.kind === 'passport')!.id;
  pass();
  const with2 = now();
  pass();
  const lapsed = { for: 'lapsed', reason: '示例失效', paper: '说明' };
  await done(whole.bureau.post(`/experts/${person.id}/identities/${passport}/withdraw`, lapsed));
  const twin = {
    identities: [{ kind: 'passport', number: `E${String(30_000_000 + whole.next())}` }],
    documentSeen: true,
  };
  const body = { ...twin, name: person.name, from: '2020-01-01', paper: '登记表' };
  pass();
  await done(whole.bureau.post('/experts', body), 201);
  const view = async (instant?: string) => {
    const query = instant === undefined ? '' : `?knownAt=${instant}`;
    const reply = await get(`/experts/${person.id}${query}`);
    const documents = (reply['identities'] as { kind: string; withdrawnFor: string | null }[]).map(
      (i) => `${i.kind} ${i.withdrawnFor ?? '-'}`,
    );
    return [documents.sort(), reply['openDoubts']];
  };
  expect(await view(before)).toEqual([['resident-id -'], 0]);
  expect(await view(with2)).toEqual([['passport -', 'resident-id -'], 0]);
  expect(await view()).toEqual([['passport lapsed', 'resident-id -'], 1]);
});
