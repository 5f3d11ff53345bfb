import { auditEntities } from '../../src/modules/audit-log';
import { Account, WebSession } from '../../src/modules/identity/identity.store';
import { totpCode, stepAt } from '../../src/modules/identity/totp/totp';
import {
  ADMIN_PASSWORD,
  api,
  bytesOfBase32,
  cookieOf,
  DAY,
  enrol,
  HOUR,
  identityApp,
  MINUTE,
  newPerson,
  PASSWORD,
  signIn,
  signInAdmin,
  trySignIn,
  type Browser,
  type IdentityApp,
} from '../support/identity-app';

let house: IdentityApp;
let admin: Browser;
let wang: { id: string; username: string; password: string };

beforeEach(async () => {
  house = await identityApp();
  admin = await signInAdmin(house);
  wang = await newPerson(house, admin, 'wang', [{ role: 'bureau' }]);
});
afterEach(() => house.database.drop());

const wrong = { username: 'wang', password: 'not the right sentence' };

/** What tells two problems apart for the one who asks. */
const told = (reply: { status: number; body: Record<string, unknown>; headers: Record<string, string> }) => {
  const { instance: _ours, ...body } = reply.body;
  const { date: _date, 'x-request-id': _id, ...headers } = reply.headers;
  return { status: reply.status, body, headers };
};

describe('the first account', () => {
  test('is made once, and must change its password before anything else', async () => {
    const empty = await identityApp();
    try {
      const first = (await empty.identity.ensureFirstAccount())!;
      expect(first.username).toBe('admin');
      expect(await empty.identity.ensureFirstAccount()).toBeUndefined();
      const stored = await empty.database.db.m.findOneByOrFail(Account, { username: 'admin' });
      expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(JSON.stringify(stored)).not.toContain(first.oneTimePassword);
      expect(await empty.auditTypes()).toEqual(expect.arrayContaining(['account.created', 'post.granted']));

      const browser = await signIn(empty.app, { username: 'admin', password: first.oneTimePassword });
      expect(browser.view).toMatchObject({ mustChangePassword: true, totp: 'off', lastSignIn: null, authority: null });
      const refused = await browser.get('/accounts').expect(403);
      expect(refused.body.type).toBe('/problems/sign-in/password-change-required');
      await browser.post('/session/totp').expect(403);
      await browser.get('/session').expect(200);

      const same = { oldPassword: first.oneTimePassword, newPassword: first.oneTimePassword };
      expect((await browser.put('/session/password', same).expect(422)).body.type).toContain('password-unfit');
      const change = { oldPassword: first.oneTimePassword, newPassword: ADMIN_PASSWORD };
      await browser.put('/session/password', change).expect(204);
      expect((await browser.get('/accounts').expect(403)).body.type).toBe('/problems/sign-in/second-factor-required');
      await enrol(browser, empty.clock);
      await browser.get('/accounts').expect(200);
      await trySignIn(empty.app, { username: 'admin', password: first.oneTimePassword }).expect(401);
    } finally {
      await empty.database.drop();
    }
  });

  test('two processes that start at once make one', async () => {
    const empty = await identityApp();
    try {
      const made = await Promise.all([empty.identity.ensureFirstAccount(), empty.identity.ensureFirstAccount()]);
      expect(made.filter((m) => m !== undefined)).toHaveLength(1);
      expect(await empty.database.db.m.count(Account)).toBe(1);
    } finally {
      await empty.database.drop();
    }
  });
});

describe('a bad sign-in', () => {
  test('tells nothing: unknown user, wrong password, wrong code and disabled account answer alike', async () => {
    const li = await newPerson(house, admin, 'lili', []);
    const secure = await signIn(house.app, { username: 'lili', password: PASSWORD });
    const { body } = await secure.post('/session/totp').expect(201);
    const code = (): string => totpCode(bytesOfBase32(body.secret as string), stepAt(house.clock.now()));
    await secure.put('/session/totp', { code: code() }).expect(200);
    const zhao = await newPerson(house, admin, 'zhao', []);
    await admin.post(`/accounts/${zhao.id}/disable`).expect(200);

    const replies = [
      await trySignIn(house.app, { username: 'nobody', password: PASSWORD }),
      await trySignIn(house.app, wrong),
      await trySignIn(house.app, { username: 'lili', password: li.password, totp: '000000' }),
      await trySignIn(house.app, { username: 'lili', password: li.password }),
      await trySignIn(house.app, { username: 'zhao', password: zhao.password }),
    ].map((r) => told(r as never));
    expect(replies[0]).toMatchObject({ status: 401, body: { type: '/problems/sign-in/refused' } });
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies.every((r) => r.headers['set-cookie'] === undefined)).toBe(true);
  });

  test('costs a password check for unknown users too', async () => {
    const time = async (username: string): Promise<number> => {
      const began = process.hrtime.bigint();
      await trySignIn(house.app, { username, password: wrong.password }).expect(401);
      return Number(process.hrtime.bigint() - began) / 1e6;
    };
    await time('warm-up');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      known.push(await time('wang'));
      unknown.push(await time(`nobody-${n}`));
    }
    // One hash takes far longer than all the rest of the request.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  });

  test('leaves a sealed trace that names no password and no unknown username', async () => {
    await trySignIn(house.app, wrong).expect(401);
    await trySignIn(house.app, { username: 'my secret sentence', password: 'x' }).expect(401);
    const rows = await house.database.db.m.findBy(auditEntities[0], { type: 'session.refused' });
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(JSON.parse(row.leaf)).toEqual({ v: 1, type: 'sealed', facts: expect.any(String) });
    expect(JSON.stringify(rows)).not.toMatch(/secret sentence|right sentence/);
    const faults = rows.flatMap((r) => r.facts!).filter((f) => f.path === '/fault');
    expect(faults.map((f) => f.value).sort()).toEqual(['password', 'unknown']);
    expect(house.logged.join('')).not.toMatch(/secret sentence|right sentence/);
  });

  test.each(['wang', 'nobody-at-all'])(
    'repeated for %s: free, then slower, then locked for 15 minutes',
    async (username) => {
      const attempt = { username, password: wrong.password };
      for (let n = 1; n <= 4; n += 1) await trySignIn(house.app, attempt).expect(401);
      for (const seconds of [1, 2, 4, 8, 16, 32]) {
        const slow = await trySignIn(house.app, attempt).expect(429);
        expect(slow.body).toMatchObject({ type: '/problems/sign-in/slow-down', retryAfter: seconds });
        expect(slow.headers['retry-after']).toBe(String(seconds));
        house.clock.pass(seconds * 1000 - 1);
        await trySignIn(house.app, attempt).expect(429);
        house.clock.pass(1);
        await trySignIn(house.app, attempt).expect(401);
      }
      const right = { username, password: PASSWORD };
      const locked = await trySignIn(house.app, right).expect(429);
      expect(locked.body.retryAfter).toBe(900);
      house.clock.pass(15 * MINUTE - 1);
      await trySignIn(house.app, right).expect(429);
      house.clock.pass(1);
      await trySignIn(house.app, right).expect(username === 'wang' ? 200 : 401);
    },
  );

  test('success forgets the failures before it', async () => {
    for (let n = 0; n < 3; n += 1) await trySignIn(house.app, wrong).expect(401);
    await signIn(house.app, { username: 'wang', password: PASSWORD });
    for (let n = 0; n < 4; n += 1) await trySignIn(house.app, wrong).expect(401);
    await trySignIn(house.app, wrong).expect(429);
  });

  test('a reset by the administrator lifts the lock', async () => {
    for (let n = 0; n < 4; n += 1) await trySignIn(house.app, wrong).expect(401);
    const { body } = await admin.post(`/accounts/${wang.id}/password-reset`).expect(200);
    await signIn(house.app, { username: 'wang', password: body.oneTimePassword as string });
  });

  test('guesses side by side gain nothing over guesses one by one', async () => {
    const guesses = Array.from({ length: 20 }, () => trySignIn(house.app, wrong));
    const statuses = (await Promise.all(guesses)).map((r) => r.status);
    expect(statuses.filter((s) => s === 401)).toHaveLength(4);
    expect(statuses.filter((s) => s === 429)).toHaveLength(16);
  });
});

describe('a session', () => {
  test('is found under another spelling of the same username', async () => {
    await signIn(house.app, { username: ' ＷＡＮＧ ', password: PASSWORD });
  });

  test('says when its holder was here before', async () => {
    const before = new Date(house.clock.now()).toISOString();
    await signIn(house.app, { username: 'wang', password: PASSWORD });
    house.clock.pass(HOUR);
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    expect(browser.view).toMatchObject({ lastSignIn: before });
    expect((await browser.get('/session').expect(200)).body).toEqual(browser.view);
  });

  test('has a cookie that scripts cannot read and other sites cannot send', async () => {
    const reply = await trySignIn(house.app, { username: 'wang', password: PASSWORD }).expect(200);
    const [cookie] = reply.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^lujian\.sid=[^;]+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('has a secure cookie when the public address is https, also behind a proxy that ends TLS', async () => {
    const published = await identityApp({ publicUrl: 'https://lujian.example' });
    try {
      const first = (await published.identity.ensureFirstAccount())!;
      const credentials = { username: 'admin', password: first.oneTimePassword };
      const reply = await trySignIn(published.app, credentials).expect(200);
      expect((reply.headers['set-cookie'] as unknown as string[])[0]).toMatch(/; Secure/);
    } finally {
      await published.database.drop();
    }
  });

  test('is stored under a hash of its id, and nothing of the cookie is stored', async () => {
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    const sid = decodeURIComponent(browser.cookie.split('=')[1]!).slice(2).split('.')[0]!;
    const rows = await house.database.db.m.find(WebSession);
    expect(rows.every((r) => /^[0-9a-f]{64}$/.test(r.id))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(sid);
  });

  test('gets a new id at sign-in; the id that came along is dead afterwards', async () => {
    const first = await signIn(house.app, { username: 'wang', password: PASSWORD });
    const again = await api(house.app)
      .post('/api/v1/session')
      .set('cookie', first.cookie)
      .send({ username: 'wang', password: PASSWORD })
      .expect(200);
    const fresh = cookieOf(again);
    expect(fresh).not.toBe('');
    expect(fresh).not.toBe(first.cookie);
    await api(house.app).get('/api/v1/session').set('cookie', first.cookie).expect(401);
    await api(house.app).get('/api/v1/session').set('cookie', fresh).expect(200);
  });

  test('is never made from an id that the client invents', async () => {
    for (const invented of ['lujian.sid=chosen', 'lujian.sid=s%3Achosen.chosen']) {
      const reply = await api(house.app)
        .post('/api/v1/session')
        .set('cookie', invented)
        .send({ username: 'wang', password: PASSWORD })
        .expect(200);
      expect(cookieOf(reply)).not.toContain('chosen');
    }
  });

  test('ends 30 minutes after it was last seen', async () => {
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    for (let n = 0; n < 4; n += 1) {
      house.clock.pass(29 * MINUTE);
      await browser.get('/session').expect(200);
    }
    house.clock.pass(30 * MINUTE - 1);
    await browser.get('/session').expect(200);
    house.clock.pass(30 * MINUTE);
    const over = await browser.get('/session').expect(401);
    expect(over.body.type).toBe('/problems/sign-in/required');
  });

  test('ends 12 hours after it was opened, however busy', async () => {
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    for (let n = 0; n < 35; n += 1) {
      house.clock.pass(20 * MINUTE);
      await browser.get('/session').expect(200);
    }
    house.clock.pass(20 * MINUTE - 1);
    await browser.get('/session').expect(200);
    house.clock.pass(1);
    await browser.get('/session').expect(401);
  });

  test('is touched at most once a minute', async () => {
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    const seen = async (): Promise<number> =>
      (await house.database.db.m.findOneByOrFail(WebSession, { accountId: wang.id })).lastSeenAt;
    const opened = await seen();
    house.clock.pass(MINUTE - 1);
    await browser.get('/session').expect(200);
    expect(await seen()).toBe(opened);
    house.clock.pass(1);
    await browser.get('/session').expect(200);
    expect(await seen()).toBe(opened + MINUTE);
  });

  test('ends by signing out, cookie and all', async () => {
    const browser = await signIn(house.app, { username: 'wang', password: PASSWORD });
    const out = await browser.delete('/session').expect(204);
    expect((out.headers['set-cookie'] as unknown as string[])[0]).toMatch(/^lujian\.sid=;.*Expires=Thu, 01 Jan 1970/);
    await browser.get('/session').expect(401);
    expect(await house.auditTypes()).toContain('session.closed');
  });

  test('needs no post to be read; acting needs one', async () => {
    const bare = await newPerson(house, admin, 'bare', []);
    const browser = await signIn(house.app, bare);
    expect((await browser.get('/session').expect(200)).body.posts).toEqual([]);
    expect((await browser.get('/accounts').expect(403)).body.type).toBe('/problems/sign-in/no-post');
  });

  test('is swept away with forgotten failures', async () => {
    await trySignIn(house.app, wrong).expect(401);
    house.clock.pass(2 * DAY);
    expect(await house.identity.tidy()).toBeGreaterThanOrEqual(2);
    expect(await house.database.db.m.count(WebSession)).toBe(0);
    expect(await house.identity.tidy()).toBe(0);
  });
});
