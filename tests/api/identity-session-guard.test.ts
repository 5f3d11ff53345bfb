import {
  api,
  enrol,
  identityApp,
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

beforeEach(async () => {
  house = await identityApp();
  admin = await signInAdmin(house);
});
afterEach(() => house.database.drop());

const account = { username: 'wang', name: '王芳' };
const forgery = '/problems/sign-in/forgery';

describe('a change borne by the cookie', () => {
  const post = (headers: Record<string, string>) =>
    api(house.app)
      .post('/api/v1/accounts')
      .set({ cookie: admin.cookie, ...headers })
      .send(account);

  test('needs the token of the very session', async () => {
    const other = await signIn(house.app, await newPerson(house, admin, 'somebody'));
    const wrong: Record<string, string>[] = [
      {},
      { 'x-csrf-token': '' },
      { 'x-csrf-token': other.csrf },
      { 'x-csrf-token': admin.csrf.slice(0, -1) },
      { 'x-csrf-token': `${admin.csrf}A` },
      { 'x-csrf-token': admin.csrf.toLowerCase() },
    ];
    for (const headers of wrong) expect((await post(headers).expect(403)).body.type).toBe(forgery);
    await post({ 'x-csrf-token': admin.csrf }).expect(201);
  });

  test('comes from our page, if it says where from', async () => {
    for (const origin of [
      'https://evil.example',
      'http://localhost:3001',
      'http://localhost:3000.evil.example',
      'null',
    ]) {
      expect((await post({ 'x-csrf-token': admin.csrf, origin }).expect(403)).body.type).toBe(forgery);
    }
    await post({ 'x-csrf-token': admin.csrf, origin: 'http://localhost:3000' }).expect(201);
  });

  test('is judged before the body is looked at, and nothing is kept', async () => {
    const before = await house.auditTypes();
    await api(house.app).post('/api/v1/accounts').set('cookie', admin.cookie).send({ nonsense: 1 }).expect(403);
    await api(house.app).delete('/api/v1/session').set('cookie', admin.cookie).expect(403);
    await api(house.app).put('/api/v1/session/password').set('cookie', admin.cookie).send({}).expect(403);
    expect(await house.auditTypes()).toEqual(before);
    await admin.get('/session').expect(200);
  });

  test('reading needs no token', async () => {
    await api(house.app).get('/api/v1/accounts').set('cookie', admin.cookie).expect(200);
  });
});

describe('signing in from a page', () => {
  const from = (headers: Record<string, string>) =>
    api(house.app).post('/api/v1/session').set(headers).send({ username: 'wang', password: PASSWORD });

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }],
  ])('%p is refused', async (headers) => {
    await newPerson(house, admin, 'wang');
    expect((await from(headers as unknown as Record<string, string>).expect(403)).body.type).toBe(forgery);
  });

  test.each([
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
    [{}],
  ])('%p is taken', async (headers) => {
    await newPerson(house, admin, 'wang');
    await from(headers as unknown as Record<string, string>).expect(200);
  });
});

describe('who is nobody', () => {
  test.each(['/accounts', '/session', '/posts', '/api-keys'])('GET %s wants a sign-in', async (address) => {
    const reply = await api(house.app).get(`/api/v1${address}`).expect(401);
    expect(reply.body.type).toBe('/problems/sign-in/required');
  });

  test('a cookie whose signature was changed is nobody’s', async () => {
    const spoilt = admin.cookie.slice(0, -3) + (admin.cookie.endsWith('AAA') ? 'BBB' : 'AAA');
    await api(house.app).get('/api/v1/session').set('cookie', spoilt).expect(401);
  });
});

describe('sessions end', () => {
  test('the others, when the password is changed', async () => {
    const wang = await newPerson(house, admin, 'wang');
    const [here, there] = [await signIn(house.app, wang), await signIn(house.app, wang)];
    const change = { oldPassword: PASSWORD, newPassword: 'another long sentence' };
    await here.put('/session/password', change).expect(204);
    await here.get('/session').expect(200);
    await there.get('/session').expect(401);
    await trySignIn(house.app, wang).expect(401);
    await signIn(house.app, { username: 'wang', password: change.newPassword });
  });

  test('none, when the old password is wrong; guessing it is slowed down', async () => {
    const wang = await newPerson(house, admin, 'wang');
    const [here, there] = [await signIn(house.app, wang), await signIn(house.app, wang)];
    const change = { oldPassword: 'a wrong old sentence', newPassword: 'another long sentence' };
    for (let n = 0; n < 4; n += 1) {
      const reply = await here.put('/session/password', change).expect(422);
      expect(reply.body.type).toBe('/problems/account/old-password-wrong');
    }
    await here.put('/session/password', { ...change, oldPassword: PASSWORD }).expect(429);
    await there.get('/session').expect(200);
    expect((await house.auditTypes()).filter((t) => t === 'account.password-refused')).toHaveLength(4);
  });

  test('when a post is granted and when it is ended, at once and everywhere', async () => {
    const wang = await newPerson(house, admin, 'wang');
    const before = await signIn(house.app, wang);
    const granted = await admin.post('/posts', { accountId: wang.id, role: 'auditor', from: '2026-03-02' }).expect(201);
    await before.get('/session').expect(401);
    const during = await signIn(house.app, wang);
    await enrol(during, house.clock);
    await during.get('/accounts').expect(200);
    await admin.post(`/posts/${granted.body.id as string}/end`, { lastDay: '2026-03-31' }).expect(200);
    await during.get('/accounts').expect(401);
    await admin.get('/session').expect(200);
  });

  test.each(['disable', 'password-reset', 'totp-reset'])('on %s', async (act) => {
    const wang = await newPerson(house, admin, 'wang');
    const browser = await signIn(house.app, wang);
    await admin.post(`/accounts/${wang.id}/${act}`).expect(200);
    await browser.get('/session').expect(401);
  });

  test('of a password that is being changed while somebody signs in with the old one', async () => {
    const wang = await newPerson(house, admin, 'wang');
    const here = await signIn(house.app, wang);
    const change = { oldPassword: PASSWORD, newPassword: 'another long sentence' };
    const [changed, ...tries] = await Promise.all([
      here.put('/session/password', change),
      ...Array.from({ length: 6 }, () => trySignIn(house.app, wang)),
    ]);
    expect(changed.status).toBe(204);
    for (const reply of tries) {
      const cookie = ((reply.headers['set-cookie'] ?? []) as unknown as string[])[0]?.split(';')[0] ?? 'none=1';
      // Whoever got in before the change is out after it; whoever came later never got in.
      await api(house.app).get('/api/v1/session').set('cookie', cookie).expect(401);
    }
    await here.get('/session').expect(200);
  });
});

describe('several posts', () => {
  test('one is chosen by header; without it the service lists them', async () => {
    const posts = [
      { role: 'institution', institutionId: 'inst-1' },
      { role: 'institution', institutionId: 'inst-2', to: '2026-03-01' },
      { role: 'expert', expertId: 'exp-1' },
    ];
    const wang = await newPerson(house, admin, 'wang', posts);
    const browser = await signIn(house.app, wang);
    const listed = await browser.get('/accounts').expect(400);
    expect(listed.body.type).toBe('/problems/sign-in/choose-post');
    const own = listed.body.posts as { id: string; role: string; institutionId: string | null }[];
    // Made in the same millisecond, so that their ids, and with them their order, are chance.
    own.sort((a, b) => b.role.localeCompare(a.role, 'en'));
    expect(own.map((p) => [p.role, p.institutionId])).toEqual([
      ['institution', 'inst-1'],
      ['expert', null],
    ]);
    const refused = await browser.get('/accounts', { 'lujian-post': own[1]!.id }).expect(403);
    expect(refused.body).toMatchObject({
      type: '/problems/sign-in/forbidden',
      role: 'expert',
      permission: 'account.read',
    });
    await browser.get('/api-keys', { 'lujian-post': own[0]!.id }).expect(200);
    const ended = (await admin.get(`/posts?accountId=${wang.id}`).expect(200)).body.items.find(
      (p: { to: string | null }) => p.to !== null,
    ) as { id: string };
    for (const post of [ended.id, admin.view.posts[0]!.id, 'x']) {
      const reply = await browser.get('/api-keys', { 'lujian-post': post }).expect(403);
      expect(reply.body.type).toBe('/problems/sign-in/post-unusable');
    }
  });
});
