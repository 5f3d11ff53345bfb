import { Account } from '../../src/modules/identity/identity.store';
import { stepAt, totpCode } from '../../src/modules/identity/totp/totp';
import {
  bytesOfBase32,
  identityApp,
  newPerson,
  signIn,
  signInAdmin,
  trySignIn,
  type Browser,
  type IdentityApp,
} from '../support/identity-app';

let house: IdentityApp;
let admin: Browser;
let wang: { id: string; username: string; password: string };
let browser: Browser;

beforeEach(async () => {
  house = await identityApp();
  admin = await signInAdmin(house);
  wang = await newPerson(house, admin, 'wang');
  browser = await signIn(house.app, wang);
});
afterEach(() => house.database.drop());

const STEP = 30_000;

async function turnOn(): Promise<(steps?: number) => string> {
  const { body } = await browser.post('/session/totp').expect(201);
  const secret = bytesOfBase32(body.secret as string);
  const code = (steps = 0): string => totpCode(secret, stepAt(house.clock.now()) + steps);
  await browser.put('/session/totp', { code: code() }).expect(200);
  return code;
}

test('the secret is shown once and lies sealed', async () => {
  const headers = { 'idempotency-key': 'prepare-1' };
  const first = await browser.post('/session/totp', undefined, headers).expect(201);
  expect(first.body.uri).toContain(`secret=${first.body.secret as string}`);
  const repeat = await browser.post('/session/totp', undefined, headers).expect(201);
  expect(repeat.headers['idempotent-replayed']).toBe('true');
  expect(repeat.body).toEqual({});
  const stored = await house.database.db.m.findOneByOrFail(Account, { id: wang.id });
  expect(stored.totpPending).toMatch(/^v1\./);
  expect(JSON.stringify(stored)).not.toContain(first.body.secret as string);
});

test('is on only once a code confirms it', async () => {
  await browser.put('/session/totp', { code: '123456' }).expect(409);
  const { body } = await browser.post('/session/totp').expect(201);
  const right = totpCode(bytesOfBase32(body.secret as string), stepAt(house.clock.now()));
  const wrong = right === '000000' ? '000001' : '000000';
  expect((await browser.put('/session/totp', { code: wrong }).expect(422)).body.type).toBe('/problems/totp/code-wrong');
  await trySignIn(house.app, wang).expect(200);
  await browser.put('/session/totp', { code: right }).expect(200);
  await trySignIn(house.app, wang).expect(401);
  expect((await browser.post('/session/totp').expect(409)).body.type).toBe('/problems/totp/already-on');
});

test('the confirming code does not open a session as well', async () => {
  const code = await turnOn();
  await trySignIn(house.app, { ...wang, totp: code() }).expect(401);
  house.clock.pass(STEP);
  await trySignIn(house.app, { ...wang, totp: code() }).expect(200);
});

test('a code works once, within one step early or late', async () => {
  const code = await turnOn();
  house.clock.pass(10 * STEP);
  await trySignIn(house.app, { ...wang, totp: code(-2) }).expect(401);
  await trySignIn(house.app, { ...wang, totp: code(2) }).expect(401);
  await trySignIn(house.app, { ...wang, totp: code(-1) }).expect(200);
  await trySignIn(house.app, { ...wang, totp: code(-1) }).expect(401);
  await trySignIn(house.app, { ...wang, totp: code(0) }).expect(200);
  await trySignIn(house.app, { ...wang, totp: code(1) }).expect(200);
  // Older codes are spent with the newer one.
  await trySignIn(house.app, { ...wang, totp: code(0) }).expect(401);
});

test('of several sign-ins at once with one code, one gets in', async () => {
  const code = await turnOn();
  house.clock.pass(10 * STEP);
  const replies = await Promise.all(Array.from({ length: 4 }, () => trySignIn(house.app, { ...wang, totp: code() })));
  expect(replies.map((r) => r.status).sort()).toEqual([200, 401, 401, 401]);
});

test('the right code without the right password is not spent', async () => {
  const code = await turnOn();
  house.clock.pass(10 * STEP);
  await trySignIn(house.app, { username: 'wang', password: 'a wrong sentence', totp: code() }).expect(401);
  await trySignIn(house.app, { ...wang, totp: code() }).expect(200);
});

test('another person takes it off', async () => {
  await turnOn();
  await admin.post(`/accounts/${admin.view.account.id}/totp-reset`).expect(409);
  const reply = await admin.post(`/accounts/${wang.id}/totp-reset`).expect(200);
  expect(reply.body).toMatchObject({ totp: 'off', may: ['disable', 'password-reset'] });
  await trySignIn(house.app, wang).expect(200);
});
