import { createHash } from 'node:crypto';
import { eventCatalogue } from '../../src/catalogues';
import { isCommand, type RouteSpec } from '../../src/kernel/http/route';
import { canonicalize } from '../../src/kernel/pure/jcs';
import { instantText } from '../../src/kernel/pure/time';
import { factsCommitment } from '../../src/modules/audit-log';
import { done } from '../support/client';
import {
  playCases,
  playCommissions,
  playEvaluations,
  playIdentity,
  playRefusedSignIn,
  playLogKeys,
  playRegisters,
} from '../support/every-command';
import { playDeputies, playHandOvers, playPosts, playWork } from '../support/play-posts';
import { outside, playNotices, type Outside } from '../support/play-notices';
import { testProvider } from '../support/oidc';
import { playSignIn } from '../support/play-sign-in';
import { playPolicy } from '../support/play-policy';
import { aReadyInstitution } from '../support/register-builders';
import { wholeService, type AuditRow, type Whole } from '../support/whole-service';

/** What other modules add to a command's own entries, by the command's main event. */
const sideEvents: Record<string, readonly string[]> = {
  'organisation.amended': ['institution.change-opened', 'institution.change-confirmed'],
  'organisation.owners-recorded': ['institution.change-opened', 'institution.change-confirmed'],
  'organisation.code-changed': ['institution.change-opened', 'institution.change-confirmed'],
  'organisation.successors-recorded': ['institution.change-opened'],
  'employment.ended': ['institution.change-opened', 'institution.change-confirmed'],
  'institution.change-confirmed': ['organisation.amended'],
  'institution.phone-changed': ['organisation.amended'],
  'post.granted': ['post.letter-recorded'],
  'calendar.loaded': ['deadline.moved'],
  // The rows are registered after the answer, in the name of the request that chose to.
  'import.confirmed': ['import.finished'],
  'assignment.taken-up': ['evaluation.opened'],
  'assignment.released': ['evaluation.voided', 'pledge.voided'],
  'evaluation.team-named': ['pledge.voided'],
  'evaluation.accepted': ['assignment.fulfilled'],
  'evaluation.rejected': ['assignment.fulfilled'],
  'evaluation.voided': ['assignment.fulfilled', 'pledge.voided'],
  'merge.confirmed': ['evaluation.frozen', 'engagement.ended'],
  'doubt.decided': ['merge.proposed'],
  'case.served': ['engagement.ended', 'bar.imposed', 'bar.imposed-on-person', 'assignment.frozen', 'evaluation.frozen'],
  'case.annulled': ['bar.annulled'],
  'case.changed': ['bar.annulled', 'bar.imposed', 'bar.imposed-on-person', 'bar.stayed'],
  'case.publicised': ['bar.published'],
};

/** Kinds of subject that may stand in an open leaf: never a person. */
const openKinds = [
  'policy',
  'calendar',
  'institution',
  'organisation',
  'mine',
  'mine-import',
  'lot',
  'evaluation',
  'pledge',
  'authority',
  'policy',
];

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const nameOf = (spec: RouteSpec): string => `${spec.method.toUpperCase()} ${spec.path}`;

let whole: Whole;
let out: Outside;
let rows: AuditRow[];
/** Request ids by command, of requests that succeeded. */
let executed: Map<string, string[]>;

beforeAll(async () => {
  out = await outside();
  const provider = await testProvider();
  whole = await wholeService({ settings: { ...out.settings, ...provider.settings } });
  await provider.start(`${whole.url}/api/v1/session/oidc/callback`);
  await playIdentity(whole);
  await playSignIn(whole, provider);
  await playPosts(whole);
  await playPolicy(whole);
  await playDeputies(whole);
  await playWork(whole);
  await playHandOvers(whole);
  await playLogKeys(whole);
  await playRegisters(whole);
  const institution = await aReadyInstitution(whole);
  await playNotices(whole, institution, out);
  await playCommissions(whole, institution);
  await playEvaluations(whole, institution);
  await playCases(whole, institution);
  await playRefusedSignIn(whole);
  const last = await whole.anyone.get('/public/blacklist');
  await whole.logOf(last.headers['x-request-id'] as string);
  rows = await whole.audit();
  executed = new Map();
  for (const line of whole.logged.map((l) => JSON.parse(l) as Record<string, unknown>)) {
    if (line['msg'] !== 'request' || Number(line['status']) >= 400) continue;
    const name = `${String(line['method'])} ${String(line['route'])}`;
    executed.set(name, [...(executed.get(name) ?? []), line['requestId'] as string]);
  }
}, 120_000);
afterAll(async () => {
  await whole.close();
  await out.close();
});

const commands = (): RouteSpec[] => whole.service.endpoints.map((e) => e.spec).filter(isCommand);

test('every command was executed with success', () => {
  expect(commands().length).toBeGreaterThan(70);
  const missed = commands()
    .map(nameOf)
    .filter((name) => !executed.has(name));
  expect(missed).toEqual([]);
});

test('each execution left entries of its own types, and each type stands in the catalogue', () => {
  const byRequest = new Map<string, string[]>();
  for (const row of rows) byRequest.set(row.requestId, [...(byRequest.get(row.requestId) ?? []), row.type]);
  const faults: string[] = [];
  for (const spec of commands()) {
    const own = spec.events!;
    const allowed = [...own, ...own.flatMap((e) => sideEvents[e] ?? [])];
    faults.push(
      ...allowed.filter((type) => !(type in eventCatalogue)).map((t) => `${nameOf(spec)}: ${t} in no catalogue`),
    );
    for (const requestId of executed.get(nameOf(spec)) ?? []) {
      const types = byRequest.get(requestId) ?? [];
      if (!types.some((t) => own.includes(t))) faults.push(`${nameOf(spec)} left only [${types.join()}]`);
      faults.push(...types.filter((t) => !allowed.includes(t)).map((t) => `${nameOf(spec)} also left ${t}`));
    }
  }
  expect([...new Set(faults)]).toEqual([]);
});

test('what reads only leaves nothing', async () => {
  const before = (await whole.audit()).length;
  const reading = whole.service.endpoints.map((e) => e.spec).filter((s) => !isCommand(s) && !s.path.includes(':'));
  for (const spec of reading) await whole.bureau.send(spec.method, spec.path);
  expect((await whole.audit()).length).toBe(before);
});

test('no declared event is missing in the catalogue, and none of the catalogue goes unused', () => {
  const declared = commands().flatMap((s) => s.events!);
  expect(declared.filter((type) => !(type in eventCatalogue))).toEqual([]);
  const used = new Set([
    ...declared,
    ...Object.values(sideEvents).flat(),
    'door.refused',
    'contact.code-wrong',
    'assignment.lapsed',
    'calendar.shipped',
    // Left by work that no request waits for.
    'import.returned',
    'import.dropped',
    'import.given-up',
    // Left by whoever runs the machine, at its command line.
    'log.recovered',
    'log.facts-erased',
    'log.opened',
    'log.former-head',
  ]);
  expect(Object.keys(eventCatalogue).filter((type) => !used.has(type))).toEqual([]);
});

test('a sealed leaf shows a commitment and nothing else', () => {
  const sealed = rows.filter((r) => r.sealed);
  expect(sealed.length).toBeGreaterThan(50);
  for (const { leaf, type, facts } of sealed) {
    expect(eventCatalogue[type]!.visibility).toBe('sealed');
    const commitment = factsCommitment(facts!, sha256);
    expect(leaf).toBe(`{"facts":"${commitment}","type":"sealed","v":1}`);
  }
});

test('an open leaf is canonical JSON, tells of its own entry and commits to its facts', () => {
  const open = rows.filter((r) => !r.sealed);
  expect(open.length).toBeGreaterThan(50);
  for (const row of open) {
    expect(eventCatalogue[row.type]!.visibility).toBe('public');
    const read = JSON.parse(row.leaf) as { subjects: string[] };
    expect(canonicalize(read)).toBe(row.leaf);
    const { id, type, role, authority } = row;
    const facts = factsCommitment(row.facts!, sha256);
    const { subjects } = read;
    const at = instantText(row.at as Parameters<typeof instantText>[0]);
    expect(read).toEqual({ v: 1, id, at, type, actor: { role, authority }, subjects, facts });
    expect(subjects).toEqual([...subjects].sort());
  }
});

test('no person stands among the subjects of an open leaf', async () => {
  const numbers = (await done(whole.bureau.get('/experts?limit=200'))).items.map(
    (e: { platformNumber: string }) => e.platformNumber,
  ) as string[];
  expect(numbers.length).toBeGreaterThan(5);
  const subjects = rows
    .filter((r) => !r.sealed)
    .flatMap((r) => (JSON.parse(r.leaf) as { subjects: string[] }).subjects);
  expect(subjects.filter((s) => !openKinds.includes(s.split(':')[0]!))).toEqual([]);
  expect(subjects.filter((s) => numbers.some((n) => s.includes(n)))).toEqual([]);
});

/** Every row of the table as text, bytes as they are and in hex. */
async function textOf(table: string): Promise<string[]> {
  const rowsOfTable = await whole.service.db.m.query<Record<string, unknown>[]>(`SELECT * FROM ${table}`);
  return rowsOfTable.map((row) =>
    Object.values(row)
      .map((v) => (Buffer.isBuffer(v) ? `${v.toString('latin1')} ${v.toString('hex')}` : JSON.stringify(v)))
      .join('\n'),
  );
}

const found = (texts: readonly string[], wanted: readonly string[]): string[] =>
  wanted.filter((w) => texts.some((t) => t.includes(w)));

/** What was handed out, with the session ids and CSRF tokens of people who are signed in. */
function secretsNow(): string[] {
  const sessions = [whole.bureau, whole.lead, whole.inspector].map((p) => p.cookieHeaders());
  const sidOf = (cookie: string): string => decodeURIComponent(cookie.split('=')[1]!).replace(/^s:/, '').split('.')[0]!;
  return [...whole.secrets, ...sessions.flatMap((s) => [sidOf(s['cookie']!), s['x-csrf-token']!])];
}

/** The number in other dress: as base64 and hex, and without its check character. */
const spellings = (number: string): string[] => {
  const bytes = Buffer.from(number, 'utf8');
  return [number, number.slice(0, 17), bytes.toString('hex'), bytes.toString('base64').slice(0, 20)];
};

test('no identity number can be read anywhere in the database or in the log', async () => {
  expect(whole.identities.length).toBeGreaterThan(8);
  const wanted = whole.identities.flatMap(spellings);
  const tables = whole.service.db.source.entityMetadatas.map((m) => m.tableName);
  expect(tables.length).toBeGreaterThan(30);
  for (const table of tables)
    expect({ table, found: found(await textOf(table), wanted) }).toEqual({ table, found: [] });
  expect(found(whole.logged, wanted)).toEqual([]);
  // The search does find what is there: the platform numbers of the same persons.
  const { items } = await done(whole.bureau.get('/experts?limit=1'));
  const platformNumber = items[0].platformNumber as string;
  expect(found(await textOf('expert'), [platformNumber])).toEqual([platformNumber]);
});

test('an identity number is found by a keyed hash, not a bare one, and its mask hides the middle', async () => {
  const identities = await whole.service.db.m.query<{ hash: string; mask: string }[]>(
    'SELECT hash, mask FROM expert_identity',
  );
  expect(identities).toHaveLength(new Set(whole.identities).size);
  const plain = whole.identities.map((n) => createHash('sha256').update(n).digest('hex'));
  for (const { hash, mask } of identities) {
    // A bare hash of eighteen digits is read back within hours.
    expect(plain).not.toContain(hash);
    expect(mask).toMatch(/^.{1,6}\*+.{0,4}$/);
  }
});

test('audit rows and log hold no name of a person, no password, no token', async () => {
  const wanted = [...secretsNow(), ...whole.names];
  expect(wanted.length).toBeGreaterThan(40);
  expect(found(await textOf('audit_entry'), wanted)).toEqual([]);
  expect(found(whole.logged, wanted)).toEqual([]);
});

test('kept replies hold no password and no token, and no name outside the reply itself', async () => {
  const kept = await textOf('idempotency');
  expect(kept.length).toBeGreaterThan(100);
  expect(found(kept, secretsNow())).toEqual([]);
  const others = await whole.service.db.m.query<unknown[]>('SELECT scope, route, request_sha256 FROM idempotency');
  expect(found([JSON.stringify(others)], whole.names)).toEqual([]);
});

test('after a day nothing of the kept replies is left', async () => {
  whole.clock.advance(24 * 3600_000);
  await whole.service.jobs.find((j) => j.name === 'idempotency.forget')!.run();
  expect(await textOf('idempotency')).toEqual([]);
});
