import type { Response } from 'supertest';
import type { RouteSpec } from '../../src/kernel/http/route';
import { mayRole, permissions, roles, type Role } from '../../src/modules/identity';
import { createClient, done, newKey, type Client } from '../support/client';
import { aReadyInstitution, anOrganisation, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Party, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;
let clients: Record<Role, Client>;

const NOWHERE = '00000000-0000-7000-8000-000000000000';

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole, { staff: 1 });
  const parties: Partial<Record<Role, Party>> = {
    'seal-keeper': { institutionId: institution.id },
    expert: { expertId: institution.staff[0]!.id },
    mine: { organisationId: (await anOrganisation(whole)).id },
  };
  const enlisted: Partial<Record<Role, Client>> = {
    bureau: whole.bureau,
    'bureau-lead': whole.lead,
    inspector: whole.inspector,
    institution: institution.clerk,
    'security-admin': whole.admin,
  };
  for (const role of roles) enlisted[role] ??= await whole.enlist(role, parties[role]);
  clients = enlisted as Record<Role, Client>;
}, 60_000);
afterAll(() => whole.close());

const specs = (): RouteSpec[] => whole.service.endpoints.map((e) => e.spec);
const guarded = (): RouteSpec[] => specs().filter((s) => s.access !== 'public' && s.access !== 'sign-in');
/** Ends the session with which the grid is walked. */
const signOuts = ['delete /session', 'post /session/oidc/sign-out'];
const isSignOut = (s: RouteSpec): boolean => signOuts.includes(`${s.method} ${s.path}`);
const permissionOf = (s: RouteSpec): string | undefined =>
  typeof s.access === 'object' ? s.access.permission : undefined;
const mayUse = (role: Role, s: RouteSpec): boolean => {
  const permission = permissionOf(s);
  return permission === undefined || mayRole(role, permission);
};
const address = (s: RouteSpec): string => s.path.replace(/:\w+/g, NOWHERE);
/** Nothing real is named, so whoever is let in is told what is missing, and nothing changes. */
const ask = (client: Client, s: RouteSpec, headers = {}): Promise<Response> =>
  Promise.resolve(client.send(s.method, address(s), undefined, headers));

interface Answer {
  call: string;
  status: number;
  type: unknown;
}
const answerOf = (s: RouteSpec, reply: Response): Answer => ({
  call: `${s.method} ${s.path}`,
  status: reply.status,
  type: (reply.body as { type?: unknown }).type,
});
const expected = (s: RouteSpec, status: number, type: string): Answer => ({
  call: `${s.method} ${s.path}`,
  status,
  type: `/problems/${type}`,
});

test('every permission of the table guards at least one endpoint', () => {
  const used = new Set(specs().map(permissionOf));
  const waiting = Object.keys(permissions).filter((p) => !used.has(p));
  expect(waiting).toEqual([]);
});

test('without a session nobody gets anywhere', async () => {
  const before = (await whole.audit()).length;
  const answers: Answer[] = [];
  for (const s of guarded()) answers.push(answerOf(s, await ask(whole.anyone, s)));
  expect(answers).toEqual(guarded().map((s) => expected(s, 401, 'sign-in/required')));
  expect((await whole.audit()).length).toBe(before);
});

test.each(roles)('%s gets in exactly where the table says so', async (role) => {
  const [open, shut] = [true, false].map((may) => guarded().filter((s) => mayUse(role, s) === may)) as [
    RouteSpec[],
    RouteSpec[],
  ];
  const before = (await whole.audit()).length;
  const refused: Answer[] = [];
  for (const s of shut) refused.push(answerOf(s, await ask(clients[role], s)));
  expect(refused).toEqual(shut.map((s) => expected(s, 403, 'sign-in/forbidden')));
  expect((await whole.audit()).length).toBe(before);

  const turnedAway: Answer[] = [];
  for (const s of open.filter((one) => !isSignOut(one))) {
    const answer = answerOf(s, await ask(clients[role], s));
    if ([401, 403].includes(answer.status) || answer.status >= 500) turnedAway.push(answer);
  }
  expect(turnedAway).toEqual([]);
});

test.each(signOuts)('signing out is everybody’s, and then the session is nobody’s: %s', async (call) => {
  const person = await whole.enlist('system-admin');
  const [method, path] = call.split(' ') as ['delete' | 'post', string];
  expect((await person.send(method, path)).status).toBeLessThan(300);
  await done(person.get('/session'), 401);
});

/** A key of the person with these scopes; an undefined list means all of the post’s. */
async function keyFor(person: Person, scopes?: string[]): Promise<Record<string, string>> {
  const body = { name: '示例接口', postId: person.postId, scopes, expiresOn: whole.today() };
  const { key } = await done(person.post('/api-keys', body), 201);
  return { authorization: `Bearer ${key}` };
}

describe('API keys', () => {
  test.each([
    ['narrower', ['register.read', 'lot.open']],
    ['as wide as the post', undefined],
  ])('a key %s is let in within its scope only, and never to sessions and keys', async (_name, scopes) => {
    const headers = await keyFor(whole.bureau, scopes);
    const program = createClient(whole.url);
    const faults: unknown[] = [];
    for (const s of guarded()) {
      const answer = answerOf(s, await ask(program, s, headers));
      const permission = permissionOf(s);
      if (permission === undefined) {
        if (answer.type !== '/problems/sign-in/session-only' && answer.status !== 400) faults.push(answer);
      } else if (mayRole('bureau', permission) && (scopes === undefined || scopes.includes(permission))) {
        if ([401, 403].includes(answer.status) || answer.status >= 500) faults.push(answer);
      } else if (answer.type !== '/problems/sign-in/forbidden') faults.push(answer);
    }
    expect(faults).toEqual([]);
  });

  test('a key makes no other key', async () => {
    const headers = await keyFor(whole.bureau);
    const body = { name: '示例', postId: whole.bureau.postId, expiresOn: whole.today() };
    const reply = await createClient(whole.url).post('/api-keys', body, headers);
    expect(reply.body).toMatchObject({ status: 403, type: '/problems/sign-in/session-only' });
  });

  test('a key cannot have more than its post, and none for another’s post', async () => {
    const more = { name: '示例', postId: whole.bureau.postId, scopes: ['case.decide'], expiresOn: whole.today() };
    expect((await whole.bureau.post('/api-keys', more)).body.type).toBe('/problems/api-key/scope-not-held');
    const others = { name: '示例', postId: whole.lead.postId, expiresOn: whole.today() };
    expect((await whole.bureau.post('/api-keys', others)).body.type).toBe('/problems/api-key/post-not-own');
  });

  test('one that is revoked, changed in a letter or made up opens nothing', async () => {
    const headers = await keyFor(whole.bureau);
    const program = createClient(whole.url);
    await done(program.get('/lots', headers));
    const last = headers['authorization']!.at(-1);
    const changed = `${headers['authorization']!.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`;
    await done(program.get('/lots', { authorization: changed }), 401);
    await done(program.get('/lots', { authorization: 'Bearer ljk_madeup' }), 401);
    const { items } = await done(whole.bureau.get('/api-keys'));
    for (const key of items.filter((k: { revoked: boolean }) => !k.revoked)) {
      await done(whole.bureau.delete(`/api-keys/${key.id}`), 204);
    }
    await done(program.get('/lots', headers), 401);
  });
});

describe('a change that a foreign page may have sent', () => {
  /** Some role that may use the endpoint at all. */
  const holderOf = (s: RouteSpec): Client => clients[roles.find((role) => mayUse(role, s))!];
  const changes = (): RouteSpec[] => guarded().filter((s) => s.method !== 'get');

  test.each([
    ['without its token', { 'x-csrf-token': undefined }],
    ['with another token', { 'x-csrf-token': 'made up' }],
    ['from another origin', { origin: 'https://elsewhere.example' }],
    ['from the origin "null"', { origin: 'null' }],
  ])('is refused %s, everywhere', async (_name, headers) => {
    const before = (await whole.audit()).length;
    const answers: Answer[] = [];
    for (const s of changes()) answers.push(answerOf(s, await ask(holderOf(s), s, headers)));
    expect(answers).toEqual(changes().map((s) => expected(s, 403, 'sign-in/forgery')));
    expect((await whole.audit()).length).toBe(before);
  });

  test('the token of one session does not serve another', async () => {
    const token = whole.lead.cookieHeaders()['x-csrf-token'];
    const reply = await whole.bureau.post('/lots', {}, { 'x-csrf-token': token });
    expect(reply.body.type).toBe('/problems/sign-in/forgery');
  });

  test('reading needs no token, and a key needs none', async () => {
    await done(whole.bureau.get('/lots', { 'x-csrf-token': undefined }));
    const headers = await keyFor(whole.bureau);
    const program = createClient(whole.url);
    await done(program.post('/lots', {}, { ...headers, 'idempotency-key': newKey() }), 400);
  });
});
