import { ApiKey } from '../../src/modules/identity/identity.store';
import {
  adminOf,
  api,
  DAY,
  identityApp,
  newPerson,
  signIn,
  signInAdmin,
  type Browser,
  type IdentityApp,
} from '../support/identity-app';

let house: IdentityApp;
let admin: Browser;
let postId: string;

beforeEach(async () => {
  house = await identityApp();
  admin = await signInAdmin(house);
  postId = admin.view.posts[0]!.id;
});
afterEach(() => house.database.drop());

const issue = async (more: object = {}): Promise<{ id: string; key: string }> =>
  (await admin.post('/api-keys', { name: '同步程序', postId, expiresOn: '2026-03-31', ...more }).expect(201)).body;

const withKey = (key: string, address = '/accounts') =>
  api(house.app).get(`/api/v1${address}`).set('authorization', `Bearer ${key}`);

const required = '/problems/sign-in/required';

test('a key is shown once, stored as a hash, and works without cookie and CSRF token', async () => {
  const headers = { 'idempotency-key': 'issue-key-1' };
  const body = { name: '同步程序', postId, expiresOn: '2026-03-31' };
  const { key, id } = (await admin.post('/api-keys', body, headers).expect(201)).body as { key: string; id: string };
  expect(key).toMatch(/^ljk_[A-Za-z0-9_-]{43}$/);
  const repeat = await admin.post('/api-keys', body, headers).expect(201);
  expect(repeat.body).toEqual({ id });
  const stored = await house.database.db.m.find(ApiKey);
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(key.slice(4));
  await withKey(key).expect(200);
  const made = await api(house.app)
    .post('/api/v1/accounts')
    .set('authorization', `Bearer ${key}`)
    .send({ username: 'wang', name: '王芳' })
    .expect(201);
  expect(made.body.username).toBe('wang');
  expect((await admin.get('/api-keys').expect(200)).body.items).toEqual([
    expect.objectContaining({ id, name: '同步程序', scopes: null, expiresOn: '2026-03-31', revoked: false }),
  ]);
});

test('holds through its last day in Shanghai, not a millisecond longer', async () => {
  const { key } = await issue({ expiresOn: '2026-03-02' });
  // 2026-03-02T01:00Z is 09:00 in Shanghai: 15 hours are left of the day.
  house.clock.pass(15 * 3600_000 - 1);
  await withKey(key).expect(200);
  house.clock.pass(1);
  const over = await withKey(key).expect(401);
  expect(over.body.type).toBe(required);
  expect(over.headers['www-authenticate']).toContain('Bearer');
});

test.each([['2026-03-01'], ['2027-03-03']])('cannot last until %s', async (expiresOn) => {
  const reply = await admin.post('/api-keys', { name: 'x', postId, expiresOn }).expect(422);
  expect(reply.body).toMatchObject({ type: '/problems/api-key/expiry', first: '2026-03-02', last: '2027-03-02' });
});

test('a scope narrows, and never widens', async () => {
  const { key } = await issue({ scopes: ['account.read'] });
  await withKey(key).expect(200);
  const refused = await api(house.app)
    .post('/api/v1/accounts')
    .set('authorization', `Bearer ${key}`)
    .send({ username: 'wang', name: '王芳' })
    .expect(403);
  expect(refused.body).toMatchObject({ type: '/problems/sign-in/forbidden', permission: 'account.create' });
  const beyond = { name: 'x', postId, expiresOn: '2026-03-31', scopes: ['case.decide'] };
  expect((await admin.post('/api-keys', beyond).expect(422)).body.type).toBe('/problems/api-key/scope-not-held');
  await admin.post('/api-keys', { ...beyond, scopes: ['no.such'] }).expect(400);
  await admin.post('/api-keys', { ...beyond, scopes: [] }).expect(400);
});

test('a token in the query or in the body is refused, also beside one in the header', async () => {
  const { key } = await issue();
  const misplaced = '/problems/request/token-misplaced';
  const inQuery = `/api/v1/accounts?access_token=${key}`;
  expect((await api(house.app).get(inQuery).expect(400)).body.type).toBe(misplaced);
  const both = await api(house.app).get(inQuery).set('authorization', `Bearer ${key}`).expect(400);
  expect(both.body.type).toBe(misplaced);
  const body = { username: 'wang', name: '王芳', access_token: key };
  expect((await api(house.app).post('/api/v1/accounts').send(body).expect(400)).body.type).toBe(misplaced);
  const bodyToo = await api(house.app)
    .post('/api/v1/accounts')
    .set('authorization', `Bearer ${key}`)
    .send(body)
    .expect(400);
  expect(bodyToo.body.type).toBe(misplaced);
  expect(house.logged.join('')).not.toContain(key);
});

test('what is no key is nobody, even beside a good session', async () => {
  const { key } = await issue();
  for (const bad of ['nonsense', key.slice(0, -1), `${key}A`, key.toUpperCase(), 'a b']) {
    const reply = await withKey(bad).set('cookie', admin.cookie).expect(401);
    expect(reply.body.type).toBe(required);
  }
});

test('does not manage sessions, passwords or keys', async () => {
  const { key, id } = await issue();
  const only = '/problems/sign-in/session-only';
  expect((await withKey(key, '/session').expect(403)).body.type).toBe(only);
  expect((await withKey(key, '/api-keys').expect(403)).body.type).toBe(only);
  const bearer = { authorization: `Bearer ${key}` };
  const body = { name: 'x', postId, expiresOn: '2026-03-31' };
  expect((await api(house.app).post('/api/v1/api-keys').set(bearer).send(body).expect(403)).body.type).toBe(only);
  expect((await api(house.app).delete(`/api/v1/api-keys/${id}`).set(bearer).expect(403)).body.type).toBe(only);
});

test('is revoked by its owner or by the security administrator, by nobody else', async () => {
  const wang = await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
  const browser = await signIn(house.app, wang);
  const own = browser.view.posts[0]!.id;
  const make = async (): Promise<{ id: string; key: string }> =>
    (await browser.post('/api-keys', { name: 'x', postId: own, expiresOn: '2026-03-31' }).expect(201)).body;
  const [first, second] = [await make(), await make()];
  const { id: admins, key: adminsKey } = await issue();
  await browser.delete(`/api-keys/${admins}`).expect(404);
  await withKey(adminsKey).expect(200);

  await browser.delete(`/api-keys/${first.id}`).expect(204);
  await withKey(first.key).expect(401);
  await browser.delete(`/api-keys/${first.id}`).expect(404);
  // A bureau post may not read accounts: 403 shows that the key itself still counts.
  await withKey(second.key).expect(403);
  // Somebody else's is revoked by the administrator's own command, which asks for a reason.
  await admin.delete(`/api-keys/${second.id}`).expect(404);
  await withKey(second.key).expect(403);
  await browser.post(`/issued-api-keys/${second.id}/revoke`, { reason: 'x' }).expect(403);
  await admin.post(`/issued-api-keys/${second.id}/revoke`, {}).expect(400);
  const revoked = await admin.post(`/issued-api-keys/${second.id}/revoke`, { reason: '密钥外泄' }).expect(200);
  expect(revoked.body).toMatchObject({ id: second.id, revoked: true, usable: false, may: [] });
  await withKey(second.key).expect(401);
  const again = await admin.post(`/issued-api-keys/${second.id}/revoke`, { reason: '密钥外泄' }).expect(404);
  expect(again.body.type).toBe('/problems/request/not-found');
  expect((await house.auditTypes()).filter((t) => t === 'api-key.revoked')).toHaveLength(2);
});

test('stands for an own post that holds today', async () => {
  const wang = await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
  const browser = await signIn(house.app, wang);
  const body = { name: 'x', expiresOn: '2026-03-31' };
  for (const post of [postId, 'no-such-post']) {
    const reply = await browser.post('/api-keys', { ...body, postId: post }).expect(422);
    expect(reply.body.type).toBe('/problems/api-key/post-not-own');
  }
});

test('dies with its post and with its account', async () => {
  const wang = await newPerson(house, admin, 'wang', [{ role: 'auditor' }]);
  const browser = await signIn(house.app, wang);
  const own = browser.view.posts[0]!.id;
  const { key } = (await browser.post('/api-keys', { name: 'x', postId: own, expiresOn: '2026-12-31' }).expect(201))
    .body;
  await withKey(key).expect(200);
  await admin.post(`/accounts/${wang.id}/disable`).expect(200);
  await withKey(key).expect(401);
  await admin.post(`/accounts/${wang.id}/enable`).expect(200);
  await withKey(key).expect(200);
  const reset = await admin.post(`/accounts/${wang.id}/password-reset`).expect(200);
  expect((await withKey(key).expect(403)).body.type).toBe('/problems/sign-in/password-change-required');
  const oldPassword = reset.body.oneTimePassword as string;
  const again = await signIn(house.app, { ...wang, password: oldPassword });
  await again.put('/session/password', { oldPassword, newPassword: 'yet another sentence' }).expect(204);
  await withKey(key).expect(200);
  await admin.post(`/posts/${own}/end`, { lastDay: '2026-03-05' }).expect(200);
  house.clock.pass(3 * DAY);
  await withKey(key).expect(200);
  house.clock.pass(DAY);
  expect((await withKey(key).expect(403)).body.type).toBe('/problems/sign-in/no-post');
});

describe('keys of everybody', () => {
  const listed = async (query = '', by = admin) => (await by.get(`/issued-api-keys${query}`).expect(200)).body.items;

  test('show whose they are and whether they work, never the key', async () => {
    const wang = await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
    const browser = await signIn(house.app, wang);
    const own = browser.view.posts[0]!.id;
    const body = { name: '省平台同步', postId: own, scopes: ['register.read'], expiresOn: '2026-03-31' };
    const { id, key } = (await browser.post('/api-keys', body).expect(201)).body;
    house.clock.pass(1);
    const { id: admins } = await issue({ expiresOn: '2026-03-02' });
    const items = await listed();
    expect(items.map((k: { id: string }) => k.id)).toEqual([admins, id]);
    expect(items[1]).toMatchObject({
      ...{
        name: '省平台同步',
        scopes: ['register.read'],
        role: 'bureau',
        revoked: false,
        usable: true,
        may: ['revoke'],
      },
      account: { id: wang.id, username: 'wang' },
    });
    expect(JSON.stringify(items)).not.toContain(key.slice(4));
    expect(await listed(`?accountId=${wang.id}`)).toHaveLength(1);

    await admin.post(`/accounts/${wang.id}/disable`).expect(200);
    expect((await listed(`?accountId=${wang.id}`))[0]).toMatchObject({ usable: false, may: ['revoke'] });
    await admin.post(`/issued-api-keys/${id}/revoke`, { reason: '离职' }).expect(200);
    expect((await listed('?state=revoked')).map((k: { id: string }) => k.id)).toEqual([id]);
    expect((await listed('?state=unrevoked')).map((k: { id: string }) => k.id)).toEqual([admins]);
    house.clock.pass(DAY);
    admin = await signIn(house.app, adminOf(house));
    expect(await listed('?state=unrevoked')).toEqual([]);
    expect((await listed(`?accountId=${admin.view.account.id}`))[0]).toMatchObject({ usable: false, may: [] });
  });

  test('are the auditor’s to read, not to revoke, and nobody else’s', async () => {
    const { id } = await issue();
    const chen = await newPerson(house, admin, 'chen', [{ role: 'auditor' }]);
    const auditor = await signIn(house.app, chen);
    expect((await listed('', auditor))[0]).toMatchObject({ id, may: [] });
    await auditor.post(`/issued-api-keys/${id}/revoke`, { reason: 'x' }).expect(403);
    const wang = await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
    const officer = await signIn(house.app, wang);
    await officer.get('/issued-api-keys').expect(403);
  });

  test('are revoked by a person, not by a program', async () => {
    const { id } = await issue();
    const { key } = await issue({ scopes: ['api-key.revoke-any'] });
    const reply = await api(house.app)
      .post(`/api/v1/issued-api-keys/${id}/revoke`)
      .set('authorization', `Bearer ${key}`)
      .send({ reason: 'x' })
      .expect(403);
    expect(reply.body.type).toBe('/problems/sign-in/session-only');
  });
});
