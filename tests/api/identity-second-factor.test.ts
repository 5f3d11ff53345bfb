import {
  adminOf,
  DAY,
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

const REQUIRED = '/problems/sign-in/second-factor-required';
const shipped = ['security-admin', 'system-admin', 'auditor', 'inspector', 'bureau-lead', 'seal-keeper'];

/** Somebody whose password is changed and who has the post, but no second factor. */
async function without(username: string, post: object): Promise<{ id: string; username: string; password: string }> {
  const { id } = await newPerson(house, admin, username);
  await admin.post('/posts', { accountId: id, from: '2026-01-01', ...post }).expect(201);
  return { id, username, password: PASSWORD };
}

const setPolicy = (change: object, status = 200) =>
  admin
    .put('/installation/sign-in', {
      secondFactorRoles: shipped,
      graceDays: 0,
      oneTimePasswordDays: 7,
      ...change,
    })
    .expect(status);

describe('an office that asks for a second factor', () => {
  test.each([
    ['bureau-lead', {}],
    ['inspector', {}],
    ['system-admin', {}],
    ['seal-keeper', { institutionId: 'inst-1' }],
  ])('%s: until it is on, nothing else can be done than to turn it on', async (role, party) => {
    const wang = await without('wang', { role, ...party });
    const browser = await signIn(house.app, wang);
    expect(browser.view).toMatchObject({ totp: 'off', mustEnrolTotp: true, totpDueFrom: '2026-01-01' });
    for (const address of ['/authorities', '/inbox', '/session/all', '/api-keys', '/account/contacts']) {
      const reply = await browser.get(address).expect(403);
      expect(reply.body).toMatchObject({ type: REQUIRED, role });
      expect(reply.body.detail).toContain('PUT /api/v1/session/totp');
    }
    const key = { name: 'x', postId: browser.view.posts[0]!.id, expiresOn: '2026-03-31' };
    expect((await browser.post('/api-keys', key).expect(403)).body.type).toBe(REQUIRED);
    expect((await browser.delete('/session/others').expect(403)).body.type).toBe(REQUIRED);
    expect((await browser.put('/account/contacts/email', { address: 'wang@example.org' })).body.type).toBe(REQUIRED);
    await browser.get('/session').expect(200);
    const change = { oldPassword: PASSWORD, newPassword: 'another long sentence' };
    await browser.put('/session/password', change).expect(204);
    const totp = await enrol(browser, house.clock);
    await browser.get('/authorities').expect(200);
    await browser.get('/inbox').expect(200);
    expect((await browser.get('/session')).body).toMatchObject({ mustEnrolTotp: false, totpDueFrom: null });
    await browser.delete('/session').expect(204);
    await signIn(house.app, { username: 'wang', password: change.newPassword, totp });
  });

  test('may be left without turning it on', async () => {
    const browser = await signIn(house.app, await without('wang', { role: 'inspector' }));
    await browser.delete('/session').expect(204);
    await browser.get('/session').expect(401);
  });

  test('asks the whole account, whichever post is chosen', async () => {
    const wang = await without('wang', { role: 'bureau' });
    await admin.post('/posts', { accountId: wang.id, role: 'inspector', from: '2026-03-03' }).expect(201);
    const before = await signIn(house.app, wang);
    await before.get('/authorities').expect(200);
    house.clock.pass(DAY);
    const browser = await signIn(house.app, wang);
    const posts = browser.view.posts as { id: string; role: string }[];
    for (const { id } of posts) {
      expect((await browser.get('/authorities', { 'lujian-post': id }).expect(403)).body.type).toBe(REQUIRED);
    }
  });

  test('ends what was opened by a password alone when it is turned on', async () => {
    const wang = await without('wang', { role: 'inspector' });
    const [here, there] = [await signIn(house.app, wang), await signIn(house.app, wang)];
    await enrol(here, house.clock);
    await here.get('/inbox').expect(200);
    await there.get('/session').expect(401);
  });

  test('asks again after somebody has taken it off, also of keys', async () => {
    const li = await newPerson(house, admin, 'lili', [{ role: 'inspector' }]);
    const browser = await signIn(house.app, li);
    const key = { name: 'x', postId: browser.view.posts[0]!.id, expiresOn: '2026-03-31' };
    const made = (await browser.post('/api-keys', key).expect(201)).body.key as string;
    const byKey = () => browser.get('/authorities', { authorization: `Bearer ${made}`, cookie: '' });
    await byKey().expect(200);
    await admin.post(`/accounts/${li.id}/totp-reset`).expect(200);
    expect((await byKey().expect(403)).body.type).toBe(REQUIRED);
    const again = await signIn(house.app, { username: 'lili', password: PASSWORD });
    expect((await again.get('/inbox').expect(403)).body.type).toBe(REQUIRED);
    await enrol(again, house.clock);
    await byKey().expect(200);
  });

  test('does not trouble the others', async () => {
    const browser = await signIn(house.app, await without('wang', { role: 'bureau' }));
    expect(browser.view).toMatchObject({ mustEnrolTotp: false, totpDueFrom: null });
    await browser.get('/authorities').expect(200);
  });
});

describe('the rules of signing in', () => {
  test('are the shipped ones until the house sets its own, which holds at once', async () => {
    const rules = { secondFactorRoles: shipped, graceDays: 0, oneTimePasswordDays: 7 };
    const read = (await admin.get('/installation/sign-in').expect(200)).body as { secondFactorRoles: string[] };
    expect({ ...read, secondFactorRoles: [...read.secondFactorRoles].sort() }).toEqual({
      ...rules,
      secondFactorRoles: [...shipped].sort(),
      shipped: true,
    });
    const browser = await signIn(house.app, await without('wang', { role: 'bureau' }));
    await browser.get('/authorities').expect(200);
    const set = await setPolicy({ secondFactorRoles: [...shipped, 'bureau'] });
    expect(set.body).toEqual({ ...rules, secondFactorRoles: [...shipped, 'bureau'], shipped: false });
    expect((await browser.get('/authorities').expect(403)).body.type).toBe(REQUIRED);
    await setPolicy({});
    await browser.get('/authorities').expect(200);
    expect((await house.auditTypes()).filter((t) => t === 'sign-in-policy.set')).toHaveLength(2);
  });

  test('may give days of grace from the first day of the post', async () => {
    await setPolicy({ graceDays: 3 });
    const wang = await without('wang', { role: 'inspector', from: '2026-03-02' });
    const days: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const browser = await signIn(house.app, wang);
      expect(browser.view).toMatchObject({ mustEnrolTotp: n === 3, totpDueFrom: '2026-03-05' });
      days.push((await browser.get('/authorities')).status);
      house.clock.pass(DAY);
    }
    expect(days).toEqual([200, 200, 200, 403]);
  });

  test('may ask less of offices, never of the administrators', async () => {
    await setPolicy({ secondFactorRoles: ['security-admin', 'system-admin', 'auditor'] });
    const browser = await signIn(house.app, await without('wang', { role: 'inspector' }));
    await browser.get('/authorities').expect(200);
    const refused = await setPolicy({ secondFactorRoles: ['security-admin', 'inspector'] }, 422);
    expect(refused.body).toMatchObject({
      type: '/problems/sign-in-policy/administrators',
      missing: 'auditor、system-admin',
    });
  });

  test.each([
    { graceDays: -1 },
    { graceDays: 31 },
    { oneTimePasswordDays: 0 },
    { oneTimePasswordDays: 31 },
    { secondFactorRoles: ['nobody'] },
    { secondFactorRoles: undefined },
    { extra: 1 },
  ])('%j are malformed', async (wrong) => {
    await setPolicy(wrong, 400);
  });

  test('with a role twice mean nothing', async () => {
    await setPolicy({ secondFactorRoles: [...shipped, 'auditor'] }, 422);
  });

  test('are set by the security administrator alone', async () => {
    const bureau = await signIn(house.app, await newPerson(house, admin, 'wang', [{ role: 'bureau' }]));
    await bureau.get('/installation/sign-in').expect(403);
    const body = { secondFactorRoles: shipped, graceDays: 30, oneTimePasswordDays: 30 };
    await bureau.put('/installation/sign-in', body).expect(403);
    const auditor = await signIn(house.app, await newPerson(house, admin, 'lili', [{ role: 'auditor' }]));
    await auditor.get('/installation/sign-in').expect(200);
    await auditor.put('/installation/sign-in', body).expect(403);
  });
});

test('the administrator signs in by password and device', async () => {
  await trySignIn(house.app, { ...adminOf(house), totp: undefined }).expect(401);
  await signIn(house.app, adminOf(house));
});
