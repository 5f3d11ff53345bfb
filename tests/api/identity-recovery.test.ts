import { RecoveryCode } from '../../src/modules/identity/identity.store';
import { stepAt, totpCode } from '../../src/modules/identity/totp/totp';
import {
  bytesOfBase32,
  HOUR,
  identityApp,
  MINUTE,
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

/** Turns the second factor on and gives a fresh code at each call, a step later. */
async function turnOn(): Promise<() => string> {
  const { body } = await browser.post('/session/totp').expect(201);
  const secret = bytesOfBase32(body.secret as string);
  const code = (): string => {
    house.clock.pass(MINUTE);
    return totpCode(secret, stepAt(house.clock.now()));
  };
  await browser.put('/session/totp', { code: code() }).expect(200);
  return code;
}

const makeCodes = async (code: () => string): Promise<string[]> => {
  const reply = await browser.post('/session/recovery-codes', { totp: code() }).expect(201);
  return reply.body.codes as string[];
};

describe('recovery codes', () => {
  test('need a second factor, and a code of it', async () => {
    const none = await browser.post('/session/recovery-codes', { totp: '123456' }).expect(409);
    expect(none.body.type).toBe('/problems/recovery/no-totp');
    const code = await turnOn();
    const right = code();
    const wrong = right === '000000' ? '000001' : '000000';
    const refused = await browser.post('/session/recovery-codes', { totp: wrong }).expect(422);
    expect(refused.body.type).toBe('/problems/totp/code-wrong');
    expect(await house.auditTypes()).toContain('account.recovery-codes-refused');
    await browser.post('/session/recovery-codes', { totp: right }).expect(201);
    await browser.post('/session/recovery-codes', { totp: right }).expect(422);
  });

  test('are shown once and kept as digests', async () => {
    const code = await turnOn();
    const headers = { 'idempotency-key': 'recovery-1' };
    const totp = code();
    const first = await browser.post('/session/recovery-codes', { totp }, headers).expect(201);
    expect(first.body.codes).toHaveLength(10);
    expect(new Set(first.body.codes as string[]).size).toBe(10);
    const again = await browser.post('/session/recovery-codes', { totp }, headers).expect(201);
    expect(again.body).toEqual({ left: 10 });
    const kept = JSON.stringify(await house.database.db.m.find(RecoveryCode)) + house.logged.join('');
    for (const one of first.body.codes as string[]) expect(kept).not.toContain(one);
  });

  test('come with the second factor itself, shown once', async () => {
    const { body } = await browser.post('/session/totp').expect(201);
    const code = totpCode(bytesOfBase32(body.secret as string), stepAt(house.clock.now()));
    const headers = { 'idempotency-key': 'confirm-1' };
    const first = await browser.put('/session/totp', { code }, headers).expect(200);
    expect(first.body).toMatchObject({ left: 10 });
    expect(first.body.codes).toHaveLength(10);
    expect((await browser.put('/session/totp', { code }, headers).expect(200)).body).toEqual({ left: 10 });
    const types = await house.auditTypes();
    for (const type of ['account.recovery-codes-made', 'account.totp-confirmed']) {
      // The administrator’s and this one.
      expect(types.filter((t) => t === type)).toHaveLength(2);
    }
    const reply = await trySignIn(house.app, { ...wang, totp: first.body.codes[0] as string }).expect(200);
    expect(reply.body).toMatchObject({ totp: 'on', recoveryCodesLeft: 9 });
  });

  test('a wrong code gives none', async () => {
    const { body } = await browser.post('/session/totp').expect(201);
    const right = totpCode(bytesOfBase32(body.secret as string), stepAt(house.clock.now()));
    const wrong = right === '000000' ? '000001' : '000000';
    await browser.put('/session/totp', { code: wrong }).expect(422);
    expect(await house.database.db.m.countBy(RecoveryCode, { accountId: wang.id })).toBe(0);
  });

  test('each use is told to the holder, and from three left on that they run low', async () => {
    const codes = await makeCodes(await turnOn());
    for (const one of codes.slice(0, 7)) await trySignIn(house.app, { ...wang, totp: one }).expect(200);
    await trySignIn(house.app, { ...wang, totp: codes[0] }).expect(401);
    await house.notifications.place();
    const { items } = (await browser.get('/inbox').expect(200)).body as { items: { kind: string; detail: string }[] };
    const of = (kind: string) => items.filter((i) => i.kind === kind).map((i) => i.detail);
    expect(of('recovery.used').sort()).toEqual(
      [3, 4, 5, 6, 7, 8, 9].map(
        (left) =>
          `您的账号刚以恢复码登录，尚余${left}个；如非本人操作，请立即更改口令、重新生成恢复码并告知安全管理员。`,
      ),
    );
    expect(of('recovery.low')).toEqual(['您的恢复码仅余3个，请重新生成并离线保存。']);
    expect((await admin.get('/inbox').expect(200)).body.items).toEqual([]);
    for (const one of codes.slice(7)) await trySignIn(house.app, { ...wang, totp: one }).expect(200);
    await house.notifications.place();
    const later = (await browser.get('/inbox').expect(200)).body.items as { kind: string }[];
    expect(later.filter((i) => i.kind === 'recovery.low')).toHaveLength(4);
  });

  test('one works once in place of the device, and the session tells how many are left', async () => {
    const [one, two] = await makeCodes(await turnOn());
    const reply = await trySignIn(house.app, { ...wang, totp: one!.toUpperCase().replace(/-/g, ' ') }).expect(200);
    expect(reply.body.recoveryCodesLeft).toBe(9);
    await trySignIn(house.app, { ...wang, totp: one }).expect(401);
    await trySignIn(house.app, { ...wang, totp: two }).expect(200);
    await trySignIn(house.app, { username: 'wang', password: 'a wrong sentence', totp: two }).expect(401);
  });

  test('of several sign-ins at once with one code, one gets in', async () => {
    const [one] = await makeCodes(await turnOn());
    const replies = await Promise.all(Array.from({ length: 4 }, () => trySignIn(house.app, { ...wang, totp: one })));
    expect(replies.map((r) => r.status).sort()).toEqual([200, 401, 401, 401]);
  });

  test('the right code without the right password is not spent; guesses are slowed like all others', async () => {
    const [one] = await makeCodes(await turnOn());
    await trySignIn(house.app, { username: 'wang', password: 'a wrong sentence', totp: one }).expect(401);
    await trySignIn(house.app, { ...wang, totp: one }).expect(200);
    for (let n = 0; n < 4; n += 1) {
      await trySignIn(house.app, { ...wang, totp: 'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa' }).expect(401);
    }
    await trySignIn(house.app, { ...wang, totp: 'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa' }).expect(429);
  });

  test('a new set ends the old one, and whoever takes the second factor off ends all', async () => {
    const code = await turnOn();
    const [old] = await makeCodes(code);
    const [fresh, spare] = await makeCodes(code);
    await trySignIn(house.app, { ...wang, totp: old }).expect(401);
    await trySignIn(house.app, { ...wang, totp: fresh }).expect(200);
    await admin.post(`/accounts/${wang.id}/totp-reset`).expect(200);
    expect(await house.database.db.m.countBy(RecoveryCode, { accountId: wang.id })).toBe(0);
    browser = await signIn(house.app, wang);
    await turnOn();
    await trySignIn(house.app, { ...wang, totp: spare }).expect(401);
  });
});

describe('sessions of one account', () => {
  test('are shown with the present one, and ended singly or all at once', async () => {
    // The session in which the first password was changed.
    await browser.delete('/session/others').expect(200);
    house.clock.pass(MINUTE);
    const second = await signIn(house.app, wang);
    const third = await signIn(house.app, wang);
    const { items } = (await second.get('/session/all').expect(200)).body as { items: Record<string, unknown>[] };
    expect(items).toHaveLength(3);
    expect(items.filter((s) => s.present)).toHaveLength(1);
    expect(items.every((s) => s.via === 'password' && s.address === '本机')).toBe(true);
    const present = items.find((s) => s.present)!;
    expect((await second.delete(`/session/all/${present.id as string}`).expect(409)).body.type).toBe(
      '/problems/session/is-present',
    );
    const first = items.at(-1)!;
    await second.delete(`/session/all/${first.id as string}`).expect(204);
    await browser.get('/session').expect(401);
    await third.get('/session').expect(200);
    await second.delete(`/session/all/${first.id as string}`).expect(404);
    expect((await second.delete('/session/others').expect(200)).body).toEqual({ ended: 1 });
    await third.get('/session').expect(401);
    await second.get('/session').expect(200);
  });

  test('belong to their holder: nobody ends those of another by id, the administrator ends all of an account', async () => {
    const own = (await admin.get('/session/all').expect(200)).body.items as { id: string }[];
    await browser.delete(`/session/all/${own[0]!.id}`).expect(404);
    await admin.get('/session').expect(200);
    expect((await admin.post(`/accounts/${admin.view.account.id}/sessions-end`).expect(409)).body.type).toBe(
      '/problems/account/not-yourself',
    );
    expect((await admin.post(`/accounts/${wang.id}/sessions-end`).expect(200)).body).toEqual({ ended: 2 });
    await browser.get('/session').expect(401);
  });

  test('tell when they end, and the list leaves out those that have', async () => {
    const seen = house.clock.now();
    const view = (await browser.get('/session').expect(200)).body as Record<string, string>;
    expect(Date.parse(view.idleUntil!)).toBe(seen + 30 * MINUTE);
    expect(Date.parse(view.endsAt!)).toBe(seen + 12 * HOUR);
    house.clock.pass(30 * MINUTE - 1);
    await browser.get('/session').expect(200);
    const other = await signIn(house.app, wang);
    house.clock.pass(30 * MINUTE - 1);
    await other.get('/session').expect(200);
    house.clock.pass(1);
    await browser.get('/session').expect(401);
    expect(((await other.get('/session/all').expect(200)).body as { items: unknown[] }).items).toHaveLength(1);
  });

  test('tell of the last sign-in and of the failed tries since', async () => {
    const opened = house.clock.now();
    house.clock.pass(MINUTE);
    await trySignIn(house.app, { ...wang, password: 'a wrong sentence' }).expect(401);
    await trySignIn(house.app, { ...wang, password: 'another wrong sentence' }).expect(401);
    const next = await signIn(house.app, wang);
    expect(next.view).toMatchObject({ failedSince: 2, lastSignIn: new Date(opened).toISOString() });
    expect((await next.get('/session').expect(200)).body.failedSince).toBe(2);
    expect((await signIn(house.app, wang)).view).toMatchObject({ failedSince: 0 });
  });
});
