import { done } from '../support/client';
import { anEmployment, anExpert, anInstitution, aMine, anOrganisation } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let auditor: Person;
beforeAll(async () => {
  whole = await wholeService();
  auditor = await whole.enlist('auditor');
});
afterAll(() => whole.close());

type Json = Record<string, unknown>;
interface Change {
  field: string;
  label: string;
  before: unknown;
  after: unknown;
  items: { key: string; change: string }[] | null;
}
interface Entry {
  paper: string | null;
  recordedAt: string;
  supersededAt: string | null;
  fields: string[];
  recordedBy: { office: string | null; role: string | null; account: { name: string } | null; postId: string | null };
}

const amend = (path: string, version: number, body: Json): Promise<Json> =>
  done(whole.bureau.post(`${path}/versions`, body, { 'if-match': `"${version}"` }), 201);

const organisation = (name: string, more: Json = {}): Json => ({ name, legalForm: 'enterprise', ...more });

/** 更名 2024 年起；随后更正 2022 年的住所. */
async function aBodyWithHistory(): Promise<{ path: string; first: string; second: string }> {
  const body = await anOrganisation(whole, { name: `示例旧名${whole.next()}有限公司` });
  const path = `/organisations/${body.id}`;
  const first = new Date(whole.clock.now()).toISOString();
  whole.clock.advance(60_000);
  await amend(path, 1, { ...organisation('示例新名有限公司'), from: '2024-01-01', paper: '变更核准通知' });
  const second = new Date(whole.clock.now()).toISOString();
  whole.clock.advance(60_000);
  const correction = { from: '2022-01-01', lastDay: '2022-12-31', paper: '更正说明' };
  await amend(path, 2, { ...organisation(body.name, { address: '示例路1号' }), ...correction });
  whole.clock.advance(60_000);
  return { path, first, second };
}

test('the difference between two days, field by field, with the entry that made it', async () => {
  const { path } = await aBodyWithHistory();
  const diff = await done(whole.bureau.get(`${path}/diff?fromAsOf=2021-06-01&toAsOf=2024-06-01`));
  const [change] = diff.changes as Change[];
  expect(diff.changes).toHaveLength(1);
  expect(change).toMatchObject({ field: 'name', label: '名称', after: '示例新名有限公司', items: null });
  expect(diff.entries).toEqual([
    expect.objectContaining({
      paper: '变更核准通知',
      fields: ['name'],
      supersededAt: null,
      recordedBy: { office: '示例省自然资源厅', role: 'bureau', account: null, postId: null },
    }),
  ]);
  expect(diff).toMatchObject({ from: { asOf: '2021-06-01', held: true }, to: { asOf: '2024-06-01', held: true } });
});

test('a correction of the past is a difference between two instants; who may read accounts learns who made it', async () => {
  const { path, second } = await aBodyWithHistory();
  const query = `fromAsOf=2022-06-01&fromKnownAt=${second}&toAsOf=2022-06-01`;
  const diff = await done(auditor.get(`${path}/diff?${query}`));
  expect(diff.changes).toEqual([{ field: 'address', label: '住所', before: null, after: '示例路1号', items: null }]);
  expect((diff.entries as Entry[])[0]).toMatchObject({
    paper: '更正说明',
    recordedBy: { office: '示例省自然资源厅', account: { name: whole.bureau.name }, postId: whole.bureau.postId },
  });
});

test('a moment before the first entry holds nothing; equal moments do not differ', async () => {
  const { path } = await aBodyWithHistory();
  const before = await done(whole.bureau.get(`${path}/diff?fromAsOf=2019-12-31&toAsOf=2020-01-01`));
  expect(before).toMatchObject({ from: { held: false }, to: { held: true } });
  expect((before.changes as Change[]).map((c) => c.field)).toEqual(expect.arrayContaining(['name', 'legalForm']));
  expect((before.entries as Entry[]).map((e) => e.paper)).toEqual(['登记证书']);
  const unknown = await done(whole.bureau.get(`${path}/diff?fromKnownAt=2020-01-01T00:00:00.000Z`));
  expect(unknown).toMatchObject({ from: { held: false }, to: { held: true } });
  const equal = await done(whole.bureau.get(`${path}/diff?fromAsOf=2022-06-01&toAsOf=2022-06-01`));
  expect(equal).toMatchObject({ changes: [], entries: [] });
  expect(await done(whole.bureau.get(`${path}/diff`))).toMatchObject({ changes: [], entries: [] });
});

test('the change log tells each act, newest first, page by page', async () => {
  const { path } = await aBodyWithHistory();
  const all = await done(whole.bureau.get(`${path}/changes`));
  const items = all.items as { entries: Entry[]; stretches: { from: string; lastDay: string; changes: Change[] }[] }[];
  expect(items.map((i) => i.entries.map((e) => e.paper))).toEqual([['更正说明'], ['变更核准通知'], ['登记证书']]);
  expect(items[0]!.stretches).toEqual([
    {
      from: '2022-01-01',
      lastDay: '2022-12-31',
      changes: [{ field: 'address', label: '住所', before: null, after: '示例路1号', items: null }],
    },
  ]);
  const first = await done(whole.bureau.get(`${path}/changes?limit=2`));
  const second = await done(whole.bureau.get(`${path}/changes?limit=2&cursor=${first.next as string}`));
  expect([...(first.items as unknown[]), ...(second.items as unknown[])]).toEqual(items);
  expect(second.next).toBeNull();
  const back = await done(whole.bureau.get(`${path}/changes?limit=2&cursor=${second.previous as string}`));
  expect(back.items).toEqual(first.items);
});

test('the history shows what is believed, and on request what was given up', async () => {
  const { path, first } = await aBodyWithHistory();
  const papers = async (query: string) =>
    ((await done(whole.bureau.get(`${path}/history${query}`))).entries as Entry[]).map((e) => [
      e.paper,
      e.supersededAt !== null,
    ]);
  expect(await papers('')).toEqual([
    ['登记证书', false],
    ['更正说明', false],
    ['登记证书', false],
    ['变更核准通知', false],
  ]);
  expect((await papers('?superseded=true')).filter(([, over]) => over)).toHaveLength(2);
  // What was superseded later was believed then.
  expect(await papers(`?knownAt=${first}&superseded=true`)).toEqual([['登记证书', false]]);
});

test('lists of a body are compared by their lines; names of owners stay veiled for other bodies', async () => {
  const body = await anOrganisation(whole);
  const path = `/organisations/${body.id}`;
  const put = (version: number, items: Json[]): Promise<Json> =>
    done(whole.bureau.put(`${path}/owners`, { paper: '章程', items }, { 'if-match': `"${version}"` }));
  const owner = { relation: 'shareholder', holderKind: 'person', name: '示例股东甲', from: '2024-01-01' };
  await put(1, [{ ...owner, shareBasisPoints: 5000 }]);
  whole.clock.advance(1000);
  await put(2, [
    { ...owner, shareBasisPoints: 5000, lastDay: '2024-12-31' },
    { ...owner, shareBasisPoints: 6000, from: '2025-01-01' },
  ]);
  const query = `${path}/diff?fromAsOf=2024-06-01&toAsOf=2025-06-01`;
  const seen = await done(whole.bureau.get(query));
  expect(seen.changes).toMatchObject([
    {
      field: 'owners',
      items: [{ change: 'changed', before: { name: '示例股东甲', shareBasisPoints: 5000 } }],
    },
  ]);
  const institution = await anInstitution(whole);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const veiled = await clerk.get(query);
  expect(veiled.status).toBe(200);
  expect(veiled.text).not.toContain('示例股东甲');
  const log = await clerk.get(`${path}/changes`);
  expect(log.text).toContain('owners');
  expect(log.text).not.toContain('示例股东甲');
});

test('persons and employments: clerks see their own, specialties are compared one by one', async () => {
  const [here, there] = [await anInstitution(whole), await anInstitution(whole)];
  const person = await anExpert(whole);
  const employment = await anEmployment(whole, person, here.id);
  whole.clock.advance(60_000);
  await amend(`/experts/${person.id}`, 1, {
    name: person.name,
    titleLevel: 'full-senior',
    specialties: ['geology'],
    from: '2025-01-01',
    paper: '职称证书',
  });
  await done(whole.bureau.post(`/employments/${employment}/end`, { lastDay: '2025-06-30', paper: '离职证明' }));
  const query = '?fromAsOf=2024-01-01&toAsOf=2025-12-31';
  const diff = await done(whole.bureau.get(`/experts/${person.id}/diff${query}`));
  const changes = new Map((diff.changes as Change[]).map((c) => [c.field, c]));
  expect([...changes.keys()]).toEqual(expect.arrayContaining(['titleLevel', 'specialties', 'employments']));
  expect(changes.get('specialties')!.items!.every((i) => i.change === 'removed')).toBe(true);
  expect(changes.get('employments')).toMatchObject({ items: [{ key: employment, change: 'removed' }], after: [] });
  expect((diff.entries as Entry[]).map((e) => e.paper).sort()).toEqual(['离职证明', '职称证书'].sort());
  const ended = await done(whole.bureau.get(`/employments/${employment}/changes`));
  expect((ended.items as { stretches: unknown[] }[])[0]).toMatchObject({
    entries: [{ paper: '离职证明' }],
    stretches: [{ from: '2025-07-01', lastDay: null }],
  });
  const history = await done(whole.bureau.get(`/employments/${employment}/history?superseded=true`));
  expect(history.entries).toHaveLength(2);

  const own = await whole.enlist('institution', { institutionId: here.id });
  const other = await whole.enlist('institution', { institutionId: there.id });
  for (const path of [`/experts/${person.id}`, `/employments/${employment}`]) {
    for (const view of [`/diff${query}`, '/changes', '/history']) {
      expect((await own.get(`${path}${view}`)).status).toBe(200);
      expect((await other.get(`${path}${view}`)).status).toBe(404);
    }
  }
  for (const view of ['/diff', '/changes', '/history'])
    expect((await other.get(`/institutions/${here.id}${view}`)).status).toBe(404);
});

test('an employer does not learn from differences where else a person works', async () => {
  const [here, there] = [await anInstitution(whole), await anInstitution(whole)];
  const person = await anExpert(whole);
  await anEmployment(whole, person, here.id);
  const { platformNumber } = person;
  const elsewhere = { platformNumber, institutionId: there.id, kind: 'part-time', from: '2024-01-01', paper: '聘书' };
  await done(whole.bureau.post('/employments', elsewhere), 201);
  const clerk = await whole.enlist('institution', { institutionId: here.id });
  for (const view of ['/diff?fromAsOf=2020-01-01', '/changes']) {
    const reply = await clerk.get(`/experts/${person.id}${view}`);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(here.id);
    expect(reply.text).not.toContain(there.id);
  }
});

test('a mine and an assessor: the same pattern', async () => {
  const mine = `/mines/${await aMine(whole)}`;
  const institution = `/institutions/${(await anInstitution(whole)).id}`;
  whole.clock.advance(1000);
  await amend(mine, 1, { name: '示例改名矿山', province: '370000', from: '2025-01-01', paper: '换证' });
  await amend(institution, 1, {
    from: '2025-01-01',
    paper: '证书',
    office: '示例办公室',
    legalPersonEvidence: { kind: 'business-licence', number: '示例1号' },
  });
  const query = '?fromAsOf=2024-01-01&toAsOf=2025-01-01';
  expect((await done(whole.bureau.get(`${mine}/diff${query}`))).changes).toMatchObject([{ label: '矿山名称' }]);
  const changed = (await done(whole.bureau.get(`${institution}/diff${query}`))).changes as Change[];
  expect(changed.map((c) => [c.field, c.label])).toEqual([
    ['legalPersonEvidence', '独立法人资格的登记证书'],
    ['office', '办公条件的说明'],
  ]);
  for (const path of [mine, institution]) {
    expect((await done(whole.bureau.get(`${path}/changes`))).items).toHaveLength(2);
    const { entries } = await done(whole.bureau.get(`${path}/history`));
    expect((entries as Entry[]).every((e) => e.recordedBy.office === '示例省自然资源厅')).toBe(true);
    expect((await whole.bureau.get(`${path.slice(0, -1)}x/diff`)).status).toBe(404);
  }
});
