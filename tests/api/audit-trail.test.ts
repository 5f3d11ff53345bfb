import { eventCatalogue } from '../../src/catalogues';
import { permissions } from '../../src/modules/identity';
import { openedBy } from '../../src/modules/workbench';
import { eventTitles } from '../../src/web/words/event-titles';
import { createClient, done } from '../support/client';
import { aCase, anAssignment } from '../support/line-builders';
import { aFile, aMine, anExpert, aReadyInstitution } from '../support/register-builders';
import { bytesOf } from '../support/sheets';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// The log as auditors read it: who did what when; of payloads no more than their permissions show elsewhere.

let whole: Whole;
let auditor: Person;
let code: string;

beforeAll(async () => {
  whole = await wholeService();
  auditor = await whole.enlist('auditor');
  const institution = await aReadyInstitution(whole, { staff: 1 });
  const body = await done(whole.bureau.get(`/institutions/${institution.id}`));
  code = body.uscc as string;
  await anAssignment(whole, institution, { takenUp: true });
  await aMine(whole);
  await aCase(whole, whole.today(), await aFile(whole.inspector));
}, 60_000);
afterAll(() => whole.close());

interface Entry {
  id: string;
  at: string;
  type: string;
  title: string;
  sealed: boolean;
  role: string;
  account: { id: string; name: string; username: string } | null;
  subjects: string[];
}
const entries = async (query = '', by = auditor): Promise<Entry[]> =>
  (await done(by.get(`/audit-entries?limit=200${query}`))).items as Entry[];

test('every kind of event has a row that says whose permission opens it, and no row stands for nothing', () => {
  const kinds = [...new Set(Object.keys(eventCatalogue).map((type) => type.split('.')[0]))].sort();
  expect(Object.keys(openedBy).sort()).toEqual(kinds);
  for (const opener of Object.values(openedBy)) if (opener !== null) expect(permissions).toHaveProperty([opener]);
});

test('is whole, the latest first, and turned page by page without loss', async () => {
  const all = await whole.audit();
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Entry[]; next: string | null } = await done(
      auditor.get(`/audit-entries?limit=7${cursor === null ? '' : `&cursor=${cursor}`}`),
    );
    ids.push(...page.items.map((e) => e.id));
    cursor = page.next;
  } while (cursor !== null);
  // Reading leaves nothing in the log.
  expect(ids).toEqual(
    all
      .map((e) => e.id)
      .sort()
      .reverse(),
  );
});

test('names who acted, in which post, and the public subjects of open entries only', async () => {
  const [registered] = await entries('&type=institution.registered');
  expect(registered).toMatchObject({
    ...{ title: '登记评估机构', sealed: false, role: 'bureau', subjects: [`institution:${code}`] },
    account: { id: whole.bureau.accountId, name: whole.bureau.name, username: whole.bureau.username },
  });
  const sealed = (await entries()).filter((e) => e.sealed);
  expect(sealed.length).toBeGreaterThan(5);
  expect(sealed.filter((e) => e.subjects.length > 0)).toEqual([]);
});

describe('filters', () => {
  test('by type, role, subject and account', async () => {
    const of = async (query: string, key: (e: Entry) => unknown) => [...new Set((await entries(query)).map(key))];
    expect(await of('&type=case.opened', (e) => e.type)).toEqual(['case.opened']);
    expect(await of('&role=inspector', (e) => e.role)).toEqual(['inspector']);
    expect(await of(`&account=${whole.inspector.username}`, (e) => e.account?.id)).toEqual([whole.inspector.accountId]);
    expect(await of(`&account=${encodeURIComponent(whole.inspector.name)}`, (e) => e.account?.id)).toEqual([
      whole.inspector.accountId,
    ]);
    expect(await of('&account=nobody-at-all', (e) => e.id)).toEqual([]);
    const about = await entries(`&subject=institution:${code}`);
    expect(about.map((e) => e.type)).toContain('institution.registered');
    expect(about.every((e) => e.subjects.includes(`institution:${code}`))).toBe(true);
    const open = (await whole.audit()).filter((e) => e.leaf.includes(`"institution:${code}"`));
    expect(about.map((e) => e.id).sort()).toEqual(open.map((e) => e.id).sort());
  });

  test('by day in Asia/Shanghai, first and last included to the millisecond', async () => {
    const before = new Set((await entries()).map((e) => e.id));
    // 24:00 on 10 March in Shanghai is 16:00 UTC.
    for (const at of ['2026-03-10T15:59:59.999Z', '2026-03-10T16:00:00.000Z']) {
      await whole.moveTo(at);
      await aMine(whole);
    }
    const registered = async (query: string) =>
      (await entries(`&type=mine.registered${query}`)).filter((e) => !before.has(e.id)).map((e) => e.at);
    expect(await registered('&from=2026-03-10&to=2026-03-10')).toEqual(['2026-03-10T15:59:59.999Z']);
    expect(await registered('&from=2026-03-11')).toEqual(['2026-03-10T16:00:00.000Z']);
    expect(await registered('&to=2026-03-10')).toEqual(['2026-03-10T15:59:59.999Z']);
    expect(await registered('&from=2026-03-12')).toEqual([]);
  });

  test.each([
    ['type=no.such', 422, '/type'],
    ['role=nobody', 422, '/role'],
    ['from=2026-03-02&to=2026-03-01', 422, '/to'],
    ['from=2026-02-30', 422, '/from'],
    ['subject=91370000', 400, '/subject'],
    ['cursor=x', 400, '/cursor'],
  ])('%s is refused with %i at its place', async (query, status, pointer) => {
    const reply = await auditor.get(`/audit-entries?${query}`);
    expect(reply.status).toBe(status);
    expect(reply.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });
});

describe('an entry', () => {
  const read = async (type: string, by = auditor) => {
    const [entry] = await entries(`&type=${type}`);
    return done(by.get(`/audit-entries/${entry!.id}`));
  };

  test('shows its facts where the auditor may read such records', async () => {
    const entry = await read('institution.registered');
    expect(entry).toMatchObject({ withheld: null, needs: null });
    expect(entry.facts).toContainEqual({ path: '/uscc', value: JSON.stringify(code) });
    expect(JSON.parse(entry.leaf as string)).toMatchObject({ type: 'institution.registered' });
  });

  test('of sealed ones too, without what stands in its head', async () => {
    const { facts, leaf } = await read('account.created');
    const paths = (facts as { path: string }[]).map((f) => f.path);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((p) => p.startsWith('/entry'))).toEqual([]);
    expect(Object.keys(JSON.parse(leaf as string) as object).sort()).toEqual(['facts', 'type', 'v']);
  });

  test('of a case shows that it happened and who did it, nothing of what it says', async () => {
    const entry = await read('case.opened');
    expect(entry).toMatchObject({
      ...{ role: 'inspector', facts: null, withheld: 'permission', needs: 'case.read', subjects: [] },
      account: { id: whole.inspector.accountId },
    });
    const [row] = (await whole.audit()).filter((e) => e.id === entry.id);
    const caseId = row!.facts!.find((f) => f.path === '/case')!.value as string;
    expect(JSON.stringify(entry)).not.toContain(caseId);
  });

  test('of one’s own affairs is nobody’s', async () => {
    const stored = (await entries('&type=file.stored'))[0];
    if (!stored) throw new Error('the builders store files');
    expect(await done(auditor.get(`/audit-entries/${stored.id}`))).toMatchObject({ facts: null, withheld: 'nobody' });
  });

  test('whose payload was erased says so', async () => {
    const [entry] = await entries('&type=account.created');
    await whole.service.db.source.query(`UPDATE audit_entry SET facts = NULL WHERE id = '${entry!.id}'`);
    expect(await done(auditor.get(`/audit-entries/${entry!.id}`))).toMatchObject({ facts: null, withheld: 'erased' });
  });

  test('that there is not is not found', async () => {
    const reply = await auditor.get('/audit-entries/00000000-0000-7000-8000-000000000000');
    expect([reply.status, reply.body.type]).toEqual([404, '/problems/request/not-found']);
  });
});

test('no identity number and no password stands in what any entry shows', async () => {
  await anExpert(whole);
  const shown: string[] = [];
  for (const { id } of await entries()) shown.push(JSON.stringify(await done(auditor.get(`/audit-entries/${id}`))));
  const text = shown.join('\n');
  expect(whole.identities.length).toBeGreaterThan(0);
  for (const hidden of [...whole.identities, ...whole.secrets]) expect(text).not.toContain(hidden);
});

test('an auditor below the owner sees the acts of the authorities there, and no others', async () => {
  const below = { code: '370100', name: '示例市自然资源局', kind: 'natural-resources' };
  const city = await done(whole.admin.post('/authorities', { ...below, from: '2026-01-01', paper: '示例' }), 201);
  const local = await whole.enlist('auditor', { authorityId: city.id } as never);
  expect(await entries('', local)).toEqual([]);
  const [foreign] = await entries('&type=institution.registered');
  await done(local.get(`/audit-entries/${foreign!.id}`), 404);
});

test('a key for programs opens no more of an entry than its scope', async () => {
  const body = { name: '示例接口', postId: auditor.postId, scopes: ['audit.read'], expiresOn: '2026-12-31' };
  const { key } = await done(auditor.post('/api-keys', body), 201);
  const [entry] = await entries('&type=institution.registered');
  const headers = { authorization: `Bearer ${key}` };
  const reply = await createClient(whole.url).get(`/audit-entries/${entry!.id}`, headers);
  expect(reply.body).toMatchObject({ facts: null, withheld: 'permission', needs: 'register.read' });
});

test('the export holds what is filtered, without payloads; a bad filter is refused before it begins', async () => {
  const csv = (await bytesOf(auditor.get('/exports/audit-entries?format=csv&type=case.opened'))).toString('utf8');
  const [entry] = await entries('&type=case.opened');
  expect(csv).toContain(entry!.id);
  expect(csv).toContain(whole.inspector.name);
  expect(csv).toContain('立案');
  expect(csv).not.toContain('institution.registered');
  expect((await auditor.get('/exports/audit-entries?type=no.such')).status).toBe(422);
});

test('types are listed with their titles', async () => {
  const { items } = await done(auditor.get('/audit-event-types'));
  expect(items).toHaveLength(Object.keys(eventCatalogue).length);
  expect(items).toContainEqual({ type: 'case.opened', title: '立案', sealed: true });
});

test('every type has an English title for the console, and no title stands for nothing', () => {
  expect(Object.keys(eventTitles).sort()).toEqual(Object.keys(eventCatalogue).sort());
  for (const title of Object.values(eventTitles)) expect(title).toMatch(/^[A-Z][^\p{sc=Han}]+$/u);
});
