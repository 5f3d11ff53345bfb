import { TOTP } from 'otpauth';
import { hashedSessionId, WebSession } from '../../src/modules/identity/sessions/sessions.store';
import { OidcAttempt } from '../../src/modules/identity/oidc/oidc.store';
import { done } from '../support/client';
import { testProvider, Wanderer, type TestProvider } from '../support/oidc';
import { runJob } from '../support/play-notices';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Signing out of the unified sign-in, against a real provider in a process of its own.

let provider: TestProvider;
let whole: Whole;
let person: Person;
let callback: string;
let signedOut: string;

beforeAll(async () => {
  provider = await testProvider();
  whole = await wholeService({ settings: provider.settings });
  [callback, signedOut] = [at('/session/oidc/callback'), at('/session/oidc/signed-out')];
  await provider.start(callback, signedOut);
  person = await whole.enlist('partner');
  await done(whole.admin.put(`/accounts/${person.accountId}/oidc`, { subject: 'zhang' }), 204);
}, 90_000);
afterAll(async () => {
  await whole?.close();
  await provider?.stop();
});

const at = (address: string): string => `${whole.url}/api/v1${address}`;
const typeOf = async (reply: Response): Promise<unknown> => ((await reply.json()) as { type: string }).type;

interface SignOut {
  atProvider: string;
  url: string | null;
  fields: Record<string, string> | null;
}

async function leadingUrl(browser: Wanderer): Promise<string> {
  const reply = await browser.json(at('/session/oidc'), 'POST');
  return ((await reply.json()) as { url: string }).url;
}

async function signedInBy(browser: Wanderer): Promise<void> {
  await browser.fetch(await browser.through(await leadingUrl(browser), 'as=zhang'));
  expect((await browser.fetch(at('/session'))).status).toBe(200);
}

async function csrfOf(browser: Wanderer): Promise<string> {
  return ((await (await browser.fetch(at('/session'))).json()) as { csrfToken: string }).csrfToken;
}

async function signOut(browser: Wanderer): Promise<SignOut> {
  const headers = { 'x-csrf-token': await csrfOf(browser) };
  const reply = await browser.json(at('/session/oidc/sign-out'), 'POST', undefined, headers);
  expect(reply.status).toBe(200);
  // Whatever comes of it at the provider.
  expect((await browser.fetch(at('/session'))).status).toBe(401);
  return (await reply.json()) as SignOut;
}

/** Whether the provider asks anew who is there. */
async function isAskedAnew(browser: Wanderer): Promise<boolean> {
  const first = await browser.fetch(await leadingUrl(browser));
  return new URL(first.headers.get('location')!, provider.issuer).pathname.startsWith('/interaction/');
}

test('the session ends here, then at the provider, which sends the browser back', async () => {
  const browser = new Wanderer();
  await signedInBy(browser);
  expect(await isAskedAnew(browser)).toBe(false);
  const { atProvider, url, fields } = await signOut(browser);
  expect(atProvider).toBe('open');
  // The token says who it is: it goes into a form and never into an address.
  expect(url).toBe(`${provider.issuer}/session/end`);
  expect(Object.keys(fields!).sort()).toEqual(['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state']);
  const back = await browser.signOutThrough({ url: url!, fields: fields! });
  expect(back).toBe(`${signedOut}?state=${fields!['state']}`);
  const home = await browser.fetch(back);
  expect(home.status).toBe(303);
  expect(home.headers.get('location')).toBe(`${whole.url}/?signed-out=oidc`);
  expect(await isAskedAnew(browser)).toBe(true);
  const closed = (await whole.audit()).filter((r) => r.type === 'session.closed');
  expect(closed).toHaveLength(1);
  // Once.
  expect(await typeOf(await browser.fetch(back))).toBe('/problems/oidc/attempt-unknown');
});

test('a way back from signing out with another state, or by another browser, is refused', async () => {
  const browser = new Wanderer();
  await signedInBy(browser);
  const { fields } = await signOut(browser);
  const state = fields!['state']!;
  const other = new Wanderer();
  expect(await typeOf(await other.fetch(`${signedOut}?state=${state}`))).toBe('/problems/oidc/attempt-unknown');
  // It opens nothing either: signing out is no way in.
  const kept = browser.cookie(whole.url, 'lujian.oidc')!;
  expect(await typeOf(await browser.fetch(`${callback}?state=${state}&code=made-up`))).toBe(
    '/problems/oidc/attempt-unknown',
  );
  browser.take(whole.url, 'lujian.oidc', kept);
  expect(await typeOf(await browser.fetch(signedOut))).toBe('/problems/oidc/attempt-unknown');
  browser.take(whole.url, 'lujian.oidc', kept);
  whole.clock.advance(10 * 60_000);
  expect(await typeOf(await browser.fetch(`${signedOut}?state=${state}`))).toBe('/problems/oidc/attempt-unknown');
});

test('the token is kept sealed, and with the session it goes', async () => {
  const browser = new Wanderer();
  await signedInBy(browser);
  const sid = decodeURIComponent(browser.cookie(whole.url, 'lujian.sid')!).slice(2).split('.')[0]!;
  const row = async (): Promise<WebSession | null> =>
    whole.service.db.m.findOneBy(WebSession, { id: hashedSessionId(sid) });
  const { idToken } = (await row())!;
  expect(idToken).toMatch(/^v1\./);
  const { fields } = await signOut(browser);
  expect(idToken).not.toContain(fields!['id_token_hint']);
  expect(await row()).toBeNull();
  expect(whole.logged.join('\n')).not.toContain(fields!['id_token_hint']);
});

test('a token that cannot be read any more keeps nobody signed in', async () => {
  const browser = new Wanderer();
  await signedInBy(browser);
  const sid = decodeURIComponent(browser.cookie(whole.url, 'lujian.sid')!).slice(2).split('.')[0]!;
  const { affected } = await whole.service.db.source
    .getRepository(WebSession)
    .update({ id: hashedSessionId(sid) }, { idToken: 'v1.unreadable' });
  expect(affected).toBe(1);
  expect(await signOut(browser)).toEqual({ atProvider: 'unreachable', url: null, fields: null });
  expect(browser.cookie(whole.url, 'lujian.sid')).toBeUndefined();
  expect(whole.logged.filter((line) => line.includes('signed out here alone'))).toHaveLength(1);
});

test('who came by a connection that is switched off since hears that it offers no signing out', async () => {
  const without = await wholeService();
  try {
    const one = await without.enlist('partner');
    const sessions = without.service.db.source.getRepository(WebSession);
    await sessions.update({ accountId: one.accountId }, { via: 'oidc' });
    const reply = await done(one.post('/session/oidc/sign-out', {}));
    expect(reply).toEqual({ atProvider: 'not-offered', url: null, fields: null });
    expect((await one.get('/session')).status).toBe(401);
  } finally {
    await without.close();
  }
}, 60_000);

test('who had to show the own second factor as well signs out at the provider all the same', async () => {
  const guarded = await whole.enlist('partner');
  await done(whole.admin.put(`/accounts/${guarded.accountId}/oidc`, { subject: 'li' }), 204);
  const { secret } = await done(guarded.post('/session/totp'), 201);
  const code = (): string => new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  await done(guarded.put('/session/totp', { code: code() }));
  whole.clock.advance(60_000);
  const browser = new Wanderer();
  await browser.fetch(await browser.through(await leadingUrl(browser), 'as=li'));
  expect((await browser.json(at('/session/oidc/second-factor'), 'POST', { totp: code() })).status).toBe(200);
  const { url, fields } = await signOut(browser);
  expect(fields).toHaveProperty('id_token_hint');
  expect((await browser.fetch(await browser.signOutThrough({ url: url!, fields: fields! }))).status).toBe(303);
});

test('who came by password signs out here alone', async () => {
  const reply = await done(person.post('/session/oidc/sign-out', {}));
  expect(reply).toEqual({ atProvider: 'not-used', url: null, fields: null });
  expect((await person.get('/session')).status).toBe(401);
});

test('a way that was broken off goes by the hourly job, and what was sealed with it', async () => {
  await leadingUrl(new Wanderer());
  whole.clock.advance(10 * 60_000);
  const { db } = whole.service;
  expect(await db.m.count(OidcAttempt)).toBeGreaterThan(0);
  await runJob(whole, 'sessions.tidy');
  expect(await db.m.count(OidcAttempt)).toBe(0);
});

test('a page of another site signs nobody out', async () => {
  const browser = new Wanderer();
  await signedInBy(browser);
  const refused = await browser.json(at('/session/oidc/sign-out'), 'POST');
  expect(await typeOf(refused)).toBe('/problems/sign-in/forgery');
  expect((await browser.fetch(at('/session'))).status).toBe(200);
});

test('a provider that is away, or that offers no signing out, never keeps the session here', async () => {
  // What is known of the provider is asked anew each hour; a session lives half an hour unseen.
  whole.clock.advance(61 * 60_000);
  await signedInBy(new Wanderer());
  whole.clock.advance(50 * 60_000);
  const browser = new Wanderer();
  await signedInBy(browser);
  await provider.stop();
  whole.clock.advance(11 * 60_000);
  expect(await signOut(browser)).toEqual({ atProvider: 'unreachable', url: null, fields: null });

  await provider.start(callback);
  const again = new Wanderer();
  await signedInBy(again);
  expect(await signOut(again)).toEqual({ atProvider: 'not-offered', url: null, fields: null });
}, 60_000);
