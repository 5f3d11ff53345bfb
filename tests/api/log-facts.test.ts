import fs from 'node:fs';
import { done } from '../support/client';
import { publicWorld, type PublicWorld } from '../support/public-world';
import { anInstitution, type AnInstitution } from '../support/register-builders';
import { verifying, type Verifying } from '../support/verifying';
import type { Person, Whole } from '../support/whole-service';

let world: PublicWorld;
let whole: Whole;
let auditor: Person;
let other: AnInstitution;
let verifier: Verifying;

beforeAll(async () => {
  world = await publicWorld();
  whole = world.whole;
  auditor = await whole.enlist('auditor');
  other = await anInstitution(whole);
  await whole.service.log.integrate();
  verifier = verifying();
}, 180_000);
afterAll(async () => {
  verifier.clear();
  await whole.close();
});

interface Item {
  entryId: string;
  type: string;
  title: string;
  position: number | null;
}

const entriesOf = async (by: Person, id: string): Promise<Item[]> =>
  (await done(by.get(`/log/records/${id}/entries?limit=200`))).items as Item[];

const entryOf = async (by: Person, id: string, type: string): Promise<Item> =>
  (await entriesOf(by, id)).find((item) => item.type === type)!;

test('a record finds its entries, the latest first, with their places in the log', async () => {
  const items = await entriesOf(whole.bureau, other.id);
  expect(items.map((i) => i.type)).toContain('institution.registered');
  expect(items.every((i) => typeof i.position === 'number')).toBe(true);
  expect(items.map((i) => i.entryId)).toEqual(
    items
      .map((i) => i.entryId)
      .sort()
      .reverse(),
  );
  expect(await entryOf(whole.inspector, world.barId, 'bar.imposed')).toMatchObject({
    title: '不再采信开始',
    sealed: false,
  });
});

test('a fact is opened alone, as a file that holds offline, while the others stay closed', async () => {
  const { entryId } = await entryOf(whole.inspector, world.barId, 'bar.imposed');
  const { facts, hidden } = await done(whole.inspector.get(`/log/entries/${entryId}/facts`));
  const last = (facts as { path: string; value: unknown }[]).find((f) => f.path === '/lastBarredDay')!;
  expect(last.value).toBe('2029-03-02');
  expect(hidden).toBe(0);
  const reply = await whole.inspector.get(`/log/entries/${entryId}/fact?path=/lastBarredDay`).buffer(true);
  expect(reply.headers['content-type']).toContain('application/json');
  const file = verifier.file('fact.json', JSON.stringify(reply.body));
  const key = verifier.file('log.vkey', (await whole.anyone.get('/public/log/log.vkey')).text);
  const answer = await verifier.verify('fact', file, '--vkey-file', key);
  expect(answer.text).toContain('/lastBarredDay = "2029-03-02"');
  expect(answer.code).toBe(0);
  // Also by the key that the file itself names, which is the published one.
  expect(fs.readFileSync(key, 'utf8').split('\n')).toContain((reply.body as { verifier: string }).verifier);
  const sent = JSON.stringify(reply.body);
  expect(sent).not.toContain('servedOn');
  const forged = verifier.file('forged.json', sent.replace('"2029-03-02"', '"2027-03-02"'));
  expect((await verifier.verify('fact', forged, '--vkey-file', key)).code).toBe(1);
  expect((await whole.inspector.get(`/log/entries/${entryId}/fact?path=/nothing`)).status).toBe(404);
});

test('facts are read by whoever reads the record: the own house and the party itself, not another party', async () => {
  const { ready } = world;
  const { entryId } = await entryOf(whole.bureau, ready.id, 'institution.registered');
  expect((await ready.clerk.get(`/log/entries/${entryId}/facts`)).status).toBe(200);
  const stranger = await whole.enlist('institution', { institutionId: other.id });
  expect((await stranger.get(`/log/entries/${entryId}/facts`)).status).toBe(404);
  expect(await entriesOf(stranger, ready.id)).toEqual([]);
  expect((await stranger.get(`/log/entries/${entryId}/fact?path=/uscc`)).status).toBe(404);
  const admin = await whole.enlist('system-admin');
  expect((await admin.get(`/log/entries/${entryId}/facts`)).status).toBe(403);
  expect((await whole.anyone.get(`/log/entries/${entryId}/facts`)).status).toBe(401);
});

test('an auditor sees facts of entries that no record shows to others', async () => {
  const [row] = (await whole.audit()).filter((e) => e.type === 'account.created');
  expect((await auditor.get(`/log/entries/${row!.id}/facts`)).status).toBe(200);
  expect((await whole.bureau.get(`/log/entries/${row!.id}/facts`)).status).toBe(404);
});

test('an entry whose facts were erased says so, and its proof still stands', async () => {
  const { entryId } = await entryOf(whole.bureau, other.id, 'institution.registered');
  await whole.service.db.m.query('UPDATE audit_entry SET facts = NULL WHERE id = ?', [entryId]);
  const { erased, facts } = await done(auditor.get(`/log/entries/${entryId}/facts`));
  expect({ erased, facts }).toEqual({ erased: true, facts: [] });
  const file = await auditor.get(`/log/entries/${entryId}/fact?path=/uscc`);
  expect(file.body).toMatchObject({ status: 410, type: '/problems/log/fact-erased' });
  expect((await whole.anyone.get(`/public/log/proofs/${entryId}`)).status).toBe(200);
});
