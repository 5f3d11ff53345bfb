import { TOTP } from 'otpauth';
import { done } from './client';
import { Wanderer, type TestProvider } from './oidc';
import type { Whole } from './whole-service';

/** Recovery codes, other sessions, the unified sign-in: each command once. */
export async function playSignIn(whole: Whole, provider: TestProvider): Promise<void> {
  const { admin } = whole;
  const person = await whole.enlist('partner');
  const { secret } = await done(person.post('/session/totp'), 201);
  const code = (): string => new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  const given = await done(person.put('/session/totp', { code: code() }));
  whole.clock.advance(60_000);
  const { codes } = await done(person.post('/session/recovery-codes', { totp: code() }), 201);
  whole.secrets.push(secret as string, ...(given.codes as string[]), ...(codes as string[]));
  const { username, password } = person;
  await done(whole.anyone.post('/session', { username, password, totp: codes[0] }));
  await done(whole.anyone.post('/session', { username, password, totp: codes[1] }));
  const { items } = await done(person.get('/session/all'));
  const other = (items as { id: string; present: boolean }[]).find((s) => !s.present)!;
  await done(person.delete(`/session/all/${other.id}`), 204);
  await done(person.delete('/session/others'));

  await done(admin.put(`/accounts/${person.accountId}/oidc`, { subject: 'subject-of-a-test' }), 204);
  const browser = new Wanderer();
  const begin = async (address: string, headers: Record<string, string> = {}): Promise<string> => {
    const reply = await browser.json(`${whole.url}/api/v1${address}`, 'POST', undefined, headers);
    return browser.through(((await reply.json()) as { url: string }).url, 'as=subject-of-a-test');
  };
  await browser.fetch(await begin('/session/oidc'));
  whole.clock.advance(60_000);
  await browser.json(`${whole.url}/api/v1/session/oidc/second-factor`, 'POST', { totp: code() });
  await done(admin.delete(`/accounts/${person.accountId}/oidc`), 204);

  const own = await whole.enlist('partner');
  await done(own.post('/session/oidc/link', { password: 'a wrong sentence' }), 422);
  const reply = await own.post('/session/oidc/link', { password: own.password });
  const [name, value] = (reply.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!.split('=');
  browser.take(whole.url, name!, value!);
  await browser.fetch(await browser.through((reply.body as { url: string }).url, 'as=another-of-a-test'));
  await done(own.delete('/session/oidc/link'), 204);
  await done(own.post('/session/oidc/sign-out'));
  await done(admin.post(`/accounts/${person.accountId}/sessions-end`));
  await provider.stop();
}
