import { auditEntities } from '../../src/modules/audit-log';
import { Account, Post } from '../../src/modules/identity/identity.store';
import {
  adminOf,
  DAY,
  enrol,
  identityApp,
  newPerson,
  PASSWORD,
  signIn,
  signInAdmin,
  takeSeat,
  trySignIn,
  type Browser,
  type IdentityApp,
} from '../support/identity-app';

let house: IdentityApp;
let admin: Browser;

beforeEach(async () => {
  house = await identityApp();
  admin = await signInAdmin(house);
});
afterEach(() => house.database.drop());

describe('the authority', () => {
  const authority = { code: '330000', name: '示例省自然资源厅', kind: 'natural-resources' };

  test('is set once; the same again is answered alike, another refused', async () => {
    expect((await admin.put('/installation/authority', authority).expect(200)).body).toEqual(authority);
    for (const other of [{ code: '340000' }, { name: '另一个厅' }, { kind: 'forestry' }]) {
      const reply = await admin.put('/installation/authority', { ...authority, ...other }).expect(409);
      expect(reply.body).toMatchObject({ type: '/problems/authority/already-set', code: '330000' });
    }
    expect(await house.identity.ownAuthority()).toMatchObject(authority);
    expect((await house.auditTypes()).filter((t) => t === 'authority.set')).toHaveLength(1);
    expect((await admin.get('/installation/authority').expect(200)).body).toEqual(authority);
  });

  test('the administrator appointed before it was named belongs to it', async () => {
    const { body } = await admin.get('/session').expect(200);
    expect(body).toMatchObject({
      authority: { code: '330000' },
      posts: [{ role: 'security-admin', authority: '330000' }],
    });
  });

  test('must agree with the setting, and comes before posts', async () => {
    const configured = await identityApp({ authority: '330000' });
    try {
      await expect(configured.identity.requireAuthority()).rejects.toMatchObject({ code: 'authority.not-set' });
      const first = (await configured.identity.ensureFirstAccount())!;
      const given = { username: 'admin', password: first.oneTimePassword };
      const { browser } = await takeSeat(configured, given, 'a long sentence to change to');
      const { body } = await browser.post('/accounts', { username: 'wang', name: '王芳' }).expect(201);
      const post = { accountId: body.id as string, role: 'bureau', from: '2026-03-02' };
      expect((await browser.post('/posts', post).expect(409)).body.type).toBe('/problems/authority/not-set');
      await browser.get('/installation/authority').expect(409);
      const other = await browser.put('/installation/authority', { ...authority, code: '340000' }).expect(409);
      expect(other.body).toMatchObject({ type: '/problems/authority/other-code', configured: '330000' });
      await browser.put('/installation/authority', authority).expect(200);
      await browser.post('/posts', post).expect(201);
      await configured.identity.checkAuthority();
    } finally {
      await configured.database.drop();
    }
  });

  test.each([{ code: '33000' }, { code: '3300001' }, { code: '33000x' }, { name: '' }, { kind: 'police' }])(
    '%p is malformed',
    async (wrong) => {
      await admin.put('/installation/authority', { ...authority, ...wrong }).expect(400);
    },
  );
});

describe('accounts', () => {
  test('the one-time password is shown once, also to a repeated request, and must be changed', async () => {
    const headers = { 'idempotency-key': 'create-wang' };
    const body = { username: '  Wang.Fang', name: ' 王芳 ' };
    const made = await admin.post('/accounts', body, headers).expect(201);
    expect(made.body.username).toBe('wang.fang');
    const repeat = await admin.post('/accounts', body, headers).expect(201);
    const until = new Date(house.clock.now() + 7 * DAY).toISOString();
    expect(repeat.body).toEqual({ id: made.body.id, username: 'wang.fang', oneTimePasswordUntil: until });
    await admin.post('/accounts', { ...body, username: 'other' }, headers).expect(422);

    const stored = await house.database.db.m.findOneByOrFail(Account, { id: made.body.id as string });
    expect(stored).toMatchObject({ username: 'wang.fang', name: '王芳', mustChangePassword: true });
    const oneTime = made.body.oneTimePassword as string;
    const kept = await house.database.db.source.query('SELECT body FROM idempotency');
    expect(JSON.stringify(kept)).not.toContain(oneTime);
    const browser = await signIn(house.app, { username: 'wang.fang', password: oneTime });
    expect(browser.view).toMatchObject({ mustChangePassword: true });
    expect((await browser.get('/api-keys').expect(403)).body.type).toBe('/problems/sign-in/password-change-required');

    const reset = await admin.post(`/accounts/${stored.id}/password-reset`, undefined, {
      'idempotency-key': 'reset-wang',
    });
    expect(reset.status).toBe(200);
    await trySignIn(house.app, { username: 'wang.fang', password: oneTime }).expect(401);
    await signIn(house.app, { username: 'wang.fang', password: reset.body.oneTimePassword as string });
  });

  test('a username stands for one account, whatever its spelling, also when two are made at once', async () => {
    const spellings = ['wang', 'WANG', 'ｗａｎｇ', ' Wang '];
    const replies = await Promise.all(spellings.map((username) => admin.post('/accounts', { username, name: '王芳' })));
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409, 409, 409]);
    expect(await house.database.db.m.countBy(Account, { username: 'wang' })).toBe(1);
  });

  test('all faults are told at once', async () => {
    const reply = await admin.post('/accounts', { username: 'a', name: '', extra: 1 }).expect(400);
    expect((reply.body.errors as { pointer: string }[]).map((e) => e.pointer).sort()).toEqual([
      '/extra',
      '/name',
      '/username',
    ]);
  });

  test('are listed page by page, and read one by one, without anything secret', async () => {
    for (const username of ['cccc', 'aaaa', 'bbbb'])
      await admin.post('/accounts', { username, name: '某人' }).expect(201);
    const first = await admin.get('/accounts?limit=2').expect(200);
    const second = await admin.get(`/accounts?limit=2&cursor=${first.body.next as string}`).expect(200);
    const names = [...first.body.items, ...second.body.items].map((a: { username: string }) => a.username);
    expect(names).toEqual(['aaaa', 'admin', 'bbbb', 'cccc']);
    expect(first.body.count).toBe('4');
    const one = first.body.items[0] as { id: string };
    expect((await admin.get(`/accounts/${one.id}`).expect(200)).body).toEqual(one);
    expect(one).toMatchObject({ may: ['disable', 'password-reset'], totp: 'off', lastSignIn: null, disabled: false });
    expect(JSON.stringify(first.body)).not.toMatch(/argon2|hash|secret/i);
    await admin.get('/accounts/no-such-id').expect(404);
  });

  test('a disabled account is out until it is enabled', async () => {
    const wang = await newPerson(house, admin, 'wang');
    expect((await admin.post(`/accounts/${wang.id}/disable`).expect(200)).body).toMatchObject({ disabled: true });
    await trySignIn(house.app, wang).expect(401);
    expect((await admin.post(`/accounts/${wang.id}/enable`).expect(200)).body).toMatchObject({ disabled: false });
    await trySignIn(house.app, wang).expect(200);
  });

  test('nobody disables or resets the own account', async () => {
    const own = admin.view.account.id;
    for (const act of ['disable', 'password-reset', 'totp-reset']) {
      const reply = await admin.post(`/accounts/${own}/${act}`).expect(409);
      expect(reply.body.type).toBe('/problems/account/not-yourself');
    }
  });
});

describe('posts', () => {
  const code = async (body: object): Promise<string> => {
    const reply = await admin.post('/posts', { from: '2026-03-02', ...body });
    return reply.status === 201 ? 'made' : (reply.body.type as string).replace('/problems/', '');
  };

  test('name the party of their role, and the party exists', async () => {
    const { id: accountId } = await newPerson(house, admin, 'wang');
    expect(await code({ accountId, role: 'institution' })).toBe('post/party-mismatch');
    expect(await code({ accountId, role: 'institution', institutionId: 'unknown' })).toBe('post/party-unknown');
    expect(await code({ accountId, role: 'institution', institutionId: 'inst-1', expertId: 'exp-1' })).toBe(
      'post/party-mismatch',
    );
    expect(await code({ accountId, role: 'bureau', institutionId: 'inst-1' })).toBe('post/party-mismatch');
    expect(await code({ accountId, role: 'institution', institutionId: 'inst-1' })).toBe('made');
    expect(await code({ accountId, role: 'mine', organisationId: 'org-1' })).toBe('made');
    expect(await code({ accountId, role: 'expert', expertId: 'exp-1' })).toBe('made');
    const posts = await house.database.db.m.findBy(Post, { accountId });
    expect(posts.map((p) => p.authorityCode)).toEqual([null, null, null]);
    expect(await code({ accountId: 'nobody', role: 'bureau' })).toBe('request/not-found');
    expect(await code({ accountId, role: 'bureau', from: '2026-02-30' })).toBe('request/unprocessable');
  });

  test('keep the three administrators apart, also when several are granted at once', async () => {
    const roles = ['auditor', 'security-admin', 'system-admin', 'bureau'];
    for (let n = 0; n < 5; n += 1) {
      const { id: accountId } = await newPerson(house, admin, `wang-${n}`);
      const codes = await Promise.all(roles.map((role) => code({ accountId, role })));
      expect(codes.filter((c) => c === 'made')).toHaveLength(1);
      expect(codes.filter((c) => c === 'post/roles-conflict')).toHaveLength(3);
    }
  });

  test('hold from the first to the last day', async () => {
    const wang = await newPerson(house, admin, 'wang');
    expect(await code({ accountId: wang.id, role: 'auditor', from: '2026-03-03', to: '2026-03-04' })).toBe('made');
    const totp = await enrol(await signIn(house.app, wang), house.clock);
    const status = async (): Promise<number> => {
      const browser = await signIn(house.app, { ...wang, totp });
      return (await browser.get('/accounts')).status;
    };
    expect(await status()).toBe(403);
    house.clock.pass(DAY);
    expect(await status()).toBe(200);
    house.clock.pass(DAY);
    expect(await status()).toBe(200);
    house.clock.pass(DAY);
    expect(await status()).toBe(403);
  });

  test('the last security administrator stays, also when all are ended at once', async () => {
    const own = admin.view.posts[0]!.id;
    const end = (id: string) => admin.post(`/posts/${id}/end`, { lastDay: '2026-03-31' });
    const last = '/problems/account/last-security-admin';
    expect((await end(own).expect(409)).body.type).toBe(last);
    for (let n = 0; n < 5; n += 1) await newPerson(house, admin, `wang-${n}`, [{ role: 'security-admin' }]);
    const open = async (): Promise<Post[]> =>
      (await house.database.db.m.findBy(Post, { role: 'security-admin' })).filter((p) => p.toDay === null);
    const replies = await Promise.all((await open()).map((p) => end(p.id)));
    expect(replies.map((r) => r.status).sort()).toEqual([200, 200, 200, 200, 200, 409]);
    expect(replies.find((r) => r.status === 409)!.body.type).toBe(last);
    expect(await open()).toHaveLength(1);
  });

  test('an account is not disabled if nobody else is security administrator afterwards', async () => {
    const wang = await newPerson(house, admin, 'wang', [{ role: 'security-admin', to: '2026-12-31' }]);
    const other = await signIn(house.app, wang);
    const own = admin.view.account.id;
    const reply = await other.post(`/accounts/${own}/disable`).expect(409);
    expect(reply.body.type).toBe('/problems/account/last-security-admin');
    const zhao = await newPerson(house, admin, 'zhao', [{ role: 'security-admin' }]);
    await admin.post(`/accounts/${wang.id}/disable`).expect(200);
    const third = await signIn(house.app, zhao);
    await third.post(`/accounts/${own}/disable`).expect(200);
  });

  test('are not prolonged by ending them', async () => {
    const wang = await newPerson(house, admin, 'wang', [{ role: 'bureau', to: '2026-03-31' }]);
    const { id } = (await admin.get(`/posts?accountId=${wang.id}`)).body.items[0] as { id: string };
    expect((await admin.post(`/posts/${id}/end`, { lastDay: '2026-03-31' }).expect(409)).body.type).toBe(
      '/problems/post/already-ended',
    );
    await admin.post(`/posts/${id}/end`, { lastDay: '2025-12-31' }).expect(422);
    expect((await admin.post(`/posts/${id}/end`, { lastDay: '2026-03-10' }).expect(200)).body).toMatchObject({
      to: '2026-03-10',
      may: ['end'],
    });
    await admin.post('/posts/no-such-post/end', { lastDay: '2026-03-10' }).expect(404);
  });
});

describe('a one-time password', () => {
  const username = 'wang';
  const reset = async (id: string): Promise<string> =>
    (await admin.post(`/accounts/${id}/password-reset`).expect(200)).body.oneTimePassword as string;
  const problemOf = async (password: string): Promise<string> =>
    (await trySignIn(house.app, { username, password }).expect(401)).body.type as string;
  let id: string;
  let first: string;
  beforeEach(async () => {
    const { body } = await admin.post('/accounts', { username, name: '王芳' }).expect(201);
    [id, first] = [body.id as string, body.oneTimePassword as string];
  });
  const faults = async (): Promise<unknown[]> => {
    const rows = await house.database.db.m.findBy(auditEntities[0], { type: 'session.refused' });
    return rows.flatMap((r) => r.facts!.filter((f) => f.path === '/fault').map((f) => f.value));
  };

  test('is good for seven days, and then says who gives another', async () => {
    house.clock.pass(7 * DAY - 1);
    await trySignIn(house.app, { username, password: first }).expect(200);
    house.clock.pass(1);
    const late = await trySignIn(house.app, { username, password: first }).expect(401);
    expect(late.body.type).toBe('/problems/sign-in/one-time-expired');
    expect(late.body.detail).toBe(
      `该一次性口令已于 ${new Date(house.clock.now()).toISOString()} 过期；请安全管理员重置口令，取得新的一次性口令后尽快登录更改。`,
    );
    expect(late.headers['set-cookie']).toBeUndefined();
    expect(await faults()).toEqual(['one-time-expired']);
    expect(await problemOf('not that one at all')).toBe('/problems/sign-in/refused');
    admin = await signIn(house.app, adminOf(house));
    expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({ mustChangePassword: true });
    await trySignIn(house.app, { username, password: await reset(id) }).expect(200);
  });

  test('says that it is used up once its holder has an own one, and only then', async () => {
    const browser = await signIn(house.app, { username, password: first });
    await browser.put('/session/password', { oldPassword: first, newPassword: PASSWORD }).expect(204);
    expect(await problemOf(first)).toBe('/problems/sign-in/one-time-used');
    expect(await faults()).toEqual(['one-time-used']);
    // The own password has no end of its own.
    house.clock.pass(30 * DAY);
    await trySignIn(house.app, { username, password: PASSWORD }).expect(200);
    admin = await signIn(house.app, adminOf(house));
    expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({ oneTimePasswordUntil: null });
    const second = await reset(id);
    expect(await problemOf(first)).toBe('/problems/sign-in/refused');
    await trySignIn(house.app, { username, password: second }).expect(200);
    await admin.post(`/accounts/${id}/disable`).expect(200);
    for (const password of [first, second]) expect(await problemOf(password)).toBe('/problems/sign-in/refused');
  });

  test('counts as a try like any other, so that nobody asks without end', async () => {
    house.clock.pass(7 * DAY);
    for (let n = 0; n < 4; n += 1) expect(await problemOf(first)).toBe('/problems/sign-in/one-time-expired');
    await trySignIn(house.app, { username, password: first }).expect(429);
  });

  test('is good for as long as the house says, from the moment it is given', async () => {
    const policy = (await admin.get('/installation/sign-in').expect(200)).body as Record<string, unknown>;
    const { shipped: _shipped, ...given } = policy;
    await admin.put('/installation/sign-in', { ...given, oneTimePasswordDays: 1 }).expect(200);
    const { body } = await admin.post(`/accounts/${id}/password-reset`).expect(200);
    expect(body.oneTimePasswordUntil).toBe(new Date(house.clock.now() + DAY).toISOString());
    house.clock.pass(DAY);
    expect(await problemOf(body.oneTimePassword as string)).toBe('/problems/sign-in/one-time-expired');
  });

  test('of the very first account is given anew by a start while nobody has an own password', async () => {
    const empty = await identityApp();
    try {
      const shown = (await empty.identity.ensureFirstAccount())!;
      expect(await empty.identity.ensureFirstAccount()).toBeUndefined();
      empty.clock.pass(7 * DAY);
      const again = (await empty.identity.ensureFirstAccount())!;
      expect(again.username).toBe(shown.username);
      expect(again.oneTimePassword).not.toBe(shown.oneTimePassword);
      await trySignIn(empty.app, { username: 'admin', password: shown.oneTimePassword }).expect(401);
      const given = { username: 'admin', password: again.oneTimePassword };
      await takeSeat(empty, given, 'a long sentence to change to');
      empty.clock.pass(7 * DAY);
      expect(await empty.identity.ensureFirstAccount()).toBeUndefined();
    } finally {
      await empty.database.drop();
    }
  });
});

test('everything that personnel does stays sealed in the log', async () => {
  await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
  const rows = await house.database.db.source.query<{ type: string; leaf: string }[]>(
    'SELECT type, leaf FROM audit_entry',
  );
  const open = rows.filter((r) => !r.leaf.includes('"type":"sealed"')).map((r) => r.type);
  expect(open).toEqual(['authority.set']);
});
