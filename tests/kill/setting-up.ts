import { randomBytes } from 'node:crypto';
import { createActor, type DemoActor, type Sent } from '../../src/cli/demo/client';
import { createAuthenticator, type Authenticator } from '../../src/cli/demo/second-factor';
import { addDays, legalDateOf } from '../../src/kernel/pure/time';
import { systemClock } from '../../src/kernel/sources';
import type { Shipped } from './shipped';

const secret = (): string => `Kill-${randomBytes(12).toString('base64url')}`;

async function expectStatus<T>(actor: DemoActor, request: Sent, status: number): Promise<T> {
  const reply = await actor.send(request);
  if (reply.status === status) return reply.body as T;
  throw new Error(`${request.method} ${request.path} answered ${reply.status}: ${reply.bytes.toString('utf8')}`);
}

async function enrol(actor: DemoActor): Promise<Authenticator> {
  const { secret } = await expectStatus<{ secret: string }>(actor, { method: 'POST', path: '/session/totp' }, 201);
  const device = createAuthenticator(secret, systemClock.now);
  await expectStatus(actor, { method: 'PUT', path: '/session/totp', body: { code: device.code() } }, 200);
  return device;
}

async function takeSeat(actor: DemoActor, username: string, first: string): Promise<void> {
  await actor.signIn(username, first);
  const newPassword = secret();
  await expectStatus(
    actor,
    { method: 'PUT', path: '/session/password', body: { oldPassword: first, newPassword } },
    204,
  );
  const { mustEnrolTotp } = await expectStatus<{ mustEnrolTotp: boolean }>(
    actor,
    { method: 'GET', path: '/session' },
    200,
  );
  const device = mustEnrolTotp ? await enrol(actor) : undefined;
  const again = await actor.signIn(username, newPassword, device?.code());
  if (again.status !== 200) throw new Error(`signing in anew answered ${again.status}`);
}

/** First password, authority, an officer: what a new installation needs. Answers an API key of the officer. */
export async function setUp({ baseUrl, firstAccount }: Shipped): Promise<string> {
  if (!firstAccount) throw new Error('the first start showed no first account');
  const newKey = (): string => randomBytes(16).toString('hex');
  const admin = createActor('security-admin', baseUrl, newKey);
  await takeSeat(admin, firstAccount.username, firstAccount.oneTimePassword);
  const authority = { code: '370000', name: '示例省自然资源厅', kind: 'natural-resources' };
  await expectStatus(admin, { method: 'PUT', path: '/installation/authority', body: authority }, 200);
  const account = { username: 'officer', name: '示例经办人' };
  const made = await expectStatus<{ id: string; oneTimePassword: string }>(
    admin,
    { method: 'POST', path: '/accounts', body: account },
    201,
  );
  const today = legalDateOf(systemClock.now());
  const grant = { accountId: made.id, role: 'bureau', from: today };
  const post = await expectStatus<{ id: string }>(admin, { method: 'POST', path: '/posts', body: grant }, 201);
  const officer = createActor('bureau', baseUrl, newKey);
  await takeSeat(officer, account.username, made.oneTimePassword);
  const wish = { name: 'kill test', postId: post.id, expiresOn: addDays(today, 30) };
  return (await expectStatus<{ key: string }>(officer, { method: 'POST', path: '/api-keys', body: wish }, 201)).key;
}
