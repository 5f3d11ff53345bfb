import { TOTP } from 'otpauth';
import { createClient, done } from '../support/client';
import { testProvider, Wanderer, type TestProvider } from '../support/oidc';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// The unified sign-in against a real provider in a process of its own.

let provider: TestProvider & { port: number };
let whole: Whole;
let person: Person;
let callback: string;

beforeAll(async () => {
  provider = await testProvider();
  whole = await wholeService({ settings: provider.settings });
  callback = `${whole.url}/api/v1/session/oidc/callback`;
  await provider.start(callback);
  person = await whole.enlist('partner');
}, 90_000);
afterAll(async () => {
  await whole?.close();
  await provider?.stop();
});

const at = (address: string): string => `${whole.url}/api/v1${address}`;
const subjects = new Map<string, string>();

/** Links the account to a subject of the provider, as the security administrator. */
async function linked(account: Person, subject: string): Promise<void> {
  await done(whole.admin.put(`/accounts/${account.accountId}/oidc`, { subject }), 204);
  subjects.set(account.accountId, subject);
}

async function leaveFor(browser: Wanderer, query: string): Promise<string> {
  const reply = await browser.json(at('/session/oidc'), 'POST');
  expect(reply.status).toBe(200);
  return browser.through(((await reply.json()) as { url: string }).url, query);
}

const typeOf = async (reply: Response): Promise<unknown> => ((await reply.json()) as { type: string }).type;
const seenBy = async (browser: Wanderer): Promise<{ account?: { id: string }; [key: string]: unknown }> =>
  (await (await browser.fetch(at('/session'))).json()) as never;
/** What the entries of a type say, in no order: the clock stands still. */
const saidBy = async (type: string): Promise<Record<string, unknown>[]> =>
  (await whole.audit())
    .filter((r) => r.type === type)
    .map((r) => Object.fromEntries(r.facts!.map((f) => [f.path.slice(1), f.value])));

test('what is offered is told to everybody', async () => {
  expect(await done(whole.anyone.get('/session/oidc'))).toEqual({ name: '示例省统一身份认证' });
});

test('a person of the provider without a link gets no session, and a trace stays', async () => {
  const browser = new Wanderer();
  const back = await browser.fetch(await leaveFor(browser, 'as=stranger'));
  expect(back.status).toBe(403);
  expect(await typeOf(back)).toBe('/problems/oidc/not-linked');
  expect((await browser.fetch(at('/session'))).status).toBe(401);
  expect(await saidBy('session.refused')).toContainEqual(expect.objectContaining({ via: 'oidc', fault: 'not-linked' }));
});

test('who is linked gets a session with the same limits, once for each way to the provider', async () => {
  await linked(person, 'zhang');
  const browser = new Wanderer();
  const address = await leaveFor(browser, 'as=zhang');
  const back = await browser.fetch(address);
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe(`${whole.url}/`);
  const cookies = back.headers.getSetCookie();
  expect(cookies.find((c) => c.startsWith('lujian.sid='))).toMatch(/HttpOnly; SameSite=Strict/);
  const view = await seenBy(browser);
  expect(view.account?.id).toBe(person.accountId);
  expect(Date.parse(view['endsAt'] as string) - Date.parse(view['openedAt'] as string)).toBe(12 * 3600_000);
  expect(await saidBy('session.opened')).toContainEqual(
    expect.objectContaining({ account: person.accountId, via: 'oidc' }),
  );
  const { items } = (await (await browser.fetch(at('/session/all'))).json()) as { items: { present: boolean }[] };
  expect(items.filter((s) => s.present)).toMatchObject([{ via: 'oidc', address: '本机' }]);
  // The same way back once more, as somebody would who has read the address over a shoulder or in a proxy's log.
  expect(await typeOf(await browser.fetch(address))).toBe('/problems/oidc/attempt-unknown');
});

test('a way back without the cookie of the browser that set out leads nowhere', async () => {
  const [victim, other] = [new Wanderer(), new Wanderer()];
  const address = await leaveFor(victim, 'as=zhang');
  expect(await typeOf(await other.fetch(address))).toBe('/problems/oidc/attempt-unknown');
  const elsewhere = new Wanderer();
  await leaveFor(elsewhere, 'as=zhang');
  elsewhere.take(whole.url, 'lujian.oidc', 'of another way');
  expect(await typeOf(await elsewhere.fetch(address))).toBe('/problems/oidc/attempt-unknown');
});

test.each([
  ['another state', (a: URL) => a.searchParams.set('state', 'made-up'), '/problems/oidc/attempt-unknown'],
  ['no state', (a: URL) => a.searchParams.delete('state'), '/problems/oidc/attempt-unknown'],
  ['another code', (a: URL) => a.searchParams.set('code', 'made-up'), '/problems/oidc/untrusted'],
  ['no code', (a: URL) => a.searchParams.delete('code'), '/problems/oidc/untrusted'],
  ['another issuer', (a: URL) => a.searchParams.set('iss', 'http://127.0.0.1:9'), '/problems/oidc/untrusted'],
])('a way back with %s is refused', async (_what, change, problem) => {
  const browser = new Wanderer();
  const address = new URL(await leaveFor(browser, 'as=zhang'));
  change(address);
  expect(await typeOf(await browser.fetch(address.href))).toBe(problem);
  expect((await browser.fetch(at('/session'))).status).toBe(401);
});

test('ten minutes later the way back is closed', async () => {
  const browser = new Wanderer();
  const address = await leaveFor(browser, 'as=zhang');
  whole.clock.advance(10 * 60_000 - 1);
  const early = new Wanderer();
  const other = await leaveFor(early, 'as=zhang');
  whole.clock.advance(1);
  expect(await typeOf(await browser.fetch(address))).toBe('/problems/oidc/attempt-unknown');
  expect((await early.fetch(other)).status).toBe(303);
});

test('who says no at the provider is told so, with a trace', async () => {
  const browser = new Wanderer();
  const back = await browser.fetch(await leaveFor(browser, 'deny=1'));
  expect(await typeOf(back)).toBe('/problems/oidc/declined');
  expect(await saidBy('session.refused')).toContainEqual(
    expect.objectContaining({ via: 'oidc', fault: 'oidc.declined' }),
  );
});

test('the own second factor is asked for unless the provider has asked for several', async () => {
  const guarded = await whole.enlist('partner');
  await linked(guarded, 'li');
  const { secret } = await done(guarded.post('/session/totp'), 201);
  const code = (): string => new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  await done(guarded.put('/session/totp', { code: code() }));
  whole.clock.advance(60_000);

  const browser = new Wanderer();
  const back = await browser.fetch(await leaveFor(browser, 'as=li'));
  expect(back.headers.get('location')).toBe(`${whole.url}/?second-factor=oidc`);
  expect((await browser.fetch(at('/session'))).status).toBe(401);
  const wrong = code() === '000000' ? '000001' : '000000';
  const refused = await browser.json(at('/session/oidc/second-factor'), 'POST', { totp: wrong });
  expect(await typeOf(refused)).toBe('/problems/sign-in/refused');
  const stranger = await new Wanderer().json(at('/session/oidc/second-factor'), 'POST', { totp: code() });
  expect(await typeOf(stranger)).toBe('/problems/oidc/attempt-unknown');
  expect((await browser.json(at('/session/oidc/second-factor'), 'POST', { totp: code() })).status).toBe(200);
  expect((await seenBy(browser)).account?.id).toBe(guarded.accountId);
  // The waiting ends with the session that came of it.
  const again = await browser.json(at('/session/oidc/second-factor'), 'POST', { totp: code() });
  expect(await typeOf(again)).toBe('/problems/oidc/attempt-unknown');

  const strong = new Wanderer();
  expect((await strong.fetch(await leaveFor(strong, 'as=li&amr=mfa'))).headers.get('location')).toBe(`${whole.url}/`);
});

test('whoever is signed in links the own account, one person to one account', async () => {
  const own = await whole.enlist('partner');
  const link = async (client: Person, query: string): Promise<Response> => {
    const reply = await client.post('/session/oidc/link', { password: client.password });
    const binding = (reply.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!.split('=');
    const browser = new Wanderer();
    browser.take(whole.url, binding[0]!, binding[1]!);
    return browser.fetch(await browser.through((reply.body as { url: string }).url, query));
  };
  expect((await link(own, 'as=wang')).headers.get('location')).toBe(`${whole.url}/?linked=oidc`);
  const other = await whole.enlist('partner');
  expect(await typeOf(await link(other, 'as=wang'))).toBe('/problems/oidc/linked-elsewhere');
  expect(await typeOf(await link(own, 'as=wang-two'))).toBe('/problems/oidc/linked-elsewhere');
  await done(own.delete('/session/oidc/link'), 204);
  expect((await own.delete('/session/oidc/link')).body).toMatchObject({ type: '/problems/oidc/no-link' });
  const browser = new Wanderer();
  expect(await typeOf(await browser.fetch(await leaveFor(browser, 'as=wang')))).toBe('/problems/oidc/not-linked');
  // What is kept of the person at the provider is a keyed hash.
  expect(JSON.stringify(await whole.audit())).not.toContain('wang');
});

test('a link asks for the password once more, and for a fresh code where there is a second factor', async () => {
  const own = await whole.enlist('partner');
  const begin = (body: object) => own.post('/session/oidc/link', body);
  const told = async (body: object): Promise<string> => {
    const { status, body: reply } = await begin(body);
    return `${status} ${String((reply as { type?: string }).type).replace('/problems/', '')}`;
  };
  expect(await told({})).toBe('400 request/invalid');
  const wrong = await begin({ password: 'a long sentence of somebody else' });
  expect(wrong.body.type).toBe('/problems/account/not-confirmed');
  expect(wrong.headers['set-cookie']).toBeUndefined();
  expect((await whole.traceOf(wrong)).types).toEqual(['account.oidc-link-refused']);

  const { secret } = await done(own.post('/session/totp'), 201);
  const code = (): string => new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  const given = await done(own.put('/session/totp', { code: code() }));
  whole.secrets.push(secret as string, ...(given.codes as string[]));
  const { password } = own;
  expect(await told({ password })).toBe('422 account/not-confirmed');
  // The code with which it was turned on is used up, and a recovery code is no device.
  expect(await told({ password, totp: code() })).toBe('422 account/not-confirmed');
  expect(await told({ password, totp: given.codes[0] })).toBe('400 request/invalid');
  whole.clock.advance(60_000);
  const fresh = code();
  const begun = await begin({ password, totp: fresh });
  expect(begun.status).toBe(200);
  expect((await whole.traceOf(begun)).types).toEqual(['account.oidc-link-begun']);
  expect(await told({ password, totp: fresh })).toBe('422 account/not-confirmed');
  // Guesses are slowed down as those of a sign-in, by the same count.
  for (let n = 0; n < 20; n += 1) await begin({ password: `a wrong sentence, number ${n}` });
  expect(await told({ password, totp: fresh })).toBe('429 sign-in/slow-down');
  expect((await whole.anyone.post('/session', { username: own.username, password })).body.type).toBe(
    '/problems/sign-in/slow-down',
  );
});

test('a link begun with a password that was changed since is not made', async () => {
  const own = await whole.enlist('partner');
  const reply = await own.post('/session/oidc/link', { password: own.password });
  const [name, value] = (reply.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!.split('=');
  const browser = new Wanderer();
  browser.take(whole.url, name!, value!);
  const newPassword = 'another long sentence, newly made up';
  whole.secrets.push(newPassword);
  await done(own.put('/session/password', { oldPassword: own.password, newPassword }), 204);
  const back = await browser.fetch(await browser.through((reply.body as { url: string }).url, 'as=late'));
  expect(await typeOf(back)).toBe('/problems/oidc/attempt-unknown');
});

test('an unlinked and a disabled account do not get in, and lose what they had', async () => {
  const gone = await whole.enlist('partner');
  await linked(gone, 'zhao');
  const browser = new Wanderer();
  await browser.fetch(await leaveFor(browser, 'as=zhao'));
  expect((await browser.fetch(at('/session'))).status).toBe(200);
  await done(whole.admin.post(`/accounts/${gone.accountId}/disable`));
  expect((await browser.fetch(at('/session'))).status).toBe(401);
  expect(await typeOf(await browser.fetch(await leaveFor(browser, 'as=zhao')))).toBe('/problems/sign-in/refused');
  await done(whole.admin.delete(`/accounts/${gone.accountId}/oidc`), 204);
  expect(await typeOf(await browser.fetch(await leaveFor(browser, 'as=zhao')))).toBe('/problems/oidc/not-linked');
});

test('a new account that came by the unified sign-in has no first password to change', async () => {
  const made = await done(whole.admin.post('/accounts', { username: 'oidc-new', name: '示例人员' }), 201);
  await done(whole.admin.post('/posts', { accountId: made.id, role: 'partner', from: whole.today() }), 201);
  await done(whole.admin.put(`/accounts/${made.id}/oidc`, { subject: 'qian' }), 204);
  const browser = new Wanderer();
  await browser.fetch(await leaveFor(browser, 'as=qian'));
  expect((await browser.fetch(at('/organisations'))).status).toBe(200);
  const byPassword = createClient(whole.url);
  await byPassword.signIn('oidc-new', made.oneTimePassword as string);
  expect((await byPassword.get('/organisations')).body).toMatchObject({
    type: '/problems/sign-in/password-change-required',
  });
});

test('another page cannot begin a sign-in', async () => {
  const reply = await new Wanderer().json(at('/session/oidc'), 'POST', undefined, { origin: 'https://evil.example' });
  expect(await typeOf(reply)).toBe('/problems/sign-in/forgery');
});

test('a one-time password is not turned into a lasting way in', async () => {
  const made = await done(whole.admin.post('/accounts', { username: 'oidc-first', name: '示例人员' }), 201);
  const client = createClient(whole.url);
  await client.signIn('oidc-first', made.oneTimePassword as string);
  const refused = await client.post('/session/oidc/link', { password: made.oneTimePassword });
  expect(refused.body).toMatchObject({ type: '/problems/sign-in/password-change-required' });

  // Nor by a link that was begun before the password was reset, or before the account was closed.
  const own = await whole.enlist('partner');
  const reply = await own.post('/session/oidc/link', { password: own.password });
  const [name, value] = (reply.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!.split('=');
  const browser = new Wanderer();
  browser.take(whole.url, name!, value!);
  await done(whole.admin.post(`/accounts/${own.accountId}/password-reset`));
  const back = await browser.fetch(await browser.through((reply.body as { url: string }).url, 'as=sun'));
  expect(await typeOf(back)).toBe('/problems/sign-in/password-change-required');

  // A reset takes the link away as well: whoever had the account in hand may have made it.
  const linkedOne = await whole.enlist('partner');
  await linked(linkedOne, 'zhou');
  const before = new Wanderer();
  expect((await before.fetch(await leaveFor(before, 'as=zhou'))).status).toBe(303);
  await done(whole.admin.post(`/accounts/${linkedOne.accountId}/password-reset`));
  const after = new Wanderer();
  expect(await typeOf(await after.fetch(await leaveFor(after, 'as=zhou')))).toBe('/problems/oidc/not-linked');
}, 60_000);

test('a provider that is away is said, a way used up stays so, and passwords still work', async () => {
  const browser = new Wanderer();
  const address = await leaveFor(browser, 'as=zhang');
  await provider.stop();
  const back = await browser.fetch(address);
  expect(back.status).toBe(503);
  expect(back.headers.get('retry-after')).toBe('30');
  expect(await typeOf(await browser.fetch(address))).toBe('/problems/oidc/attempt-unknown');
  const client = createClient(whole.url);
  await client.signIn(person.username, person.password);
  expect((await client.get('/session')).status).toBe(200);
}, 60_000);

test('tokens signed by another key in the provider’s place are not believed', async () => {
  const impostor = await testProvider(provider.port);
  await impostor.start(callback);
  // Everything fits, issuer, client, secret, nonce, even the key's name: only the key is not the one that was published.
  const browser = new Wanderer();
  const back = await browser.fetch(await leaveFor(browser, 'as=zhang'));
  expect(await typeOf(back)).toBe('/problems/oidc/untrusted');
  expect((await browser.fetch(at('/session'))).status).toBe(401);
  await impostor.stop();
}, 60_000);
