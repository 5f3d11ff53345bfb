import type { Randomness } from '../../kernel/sources';
import type { LegalDate } from '../../kernel/pure/time';
import { createActor, type DemoActor } from './client';
import { createAuthenticator, type Authenticator } from './second-factor';
import { bodyOf, holds, idOf, type Chapter, type Steps } from './steps';

export interface DemoAccount {
  username: string;
  password: string;
  role: string;
  name: string;
  /** Of an office that has to show a second factor: what an authenticator app is given. */
  totpSecret?: string;
}

/** What the chapters share: the people at their browsers and the ids of what they made. */
export interface World {
  baseUrl: string;
  steps: Steps;
  today: LegalDate;
  randomness: Randomness;
  accounts: DemoAccount[];
  actors: Record<string, DemoActor>;
  /** By short key: organisations, institutions, experts, mines, lots, assignments, evaluations, files. */
  ids: Record<string, string>;
  /** Last known ETags of organisations by key. */
  etags: Record<string, string>;
  /** Public platform numbers of experts by key. */
  numbers: Record<string, string>;
  /** Invented identity numbers by expert key. */
  identities: Record<string, string>;
  newActor(name: string): DemoActor;
  actor(key: string): DemoActor;
  id(key: string): string;
  /** What the account's authenticator shows now, each code once; undefined without one. */
  codeOf(account: Pick<DemoAccount, 'totpSecret'>): string | undefined;
  /** By which clock the service runs. */
  now(): number;
}

export function createWorld(given: Pick<World, 'baseUrl' | 'steps' | 'today' | 'randomness' | 'now'>): World {
  const devices = new Map<string, Authenticator>();
  const newKey = (): string => given.randomness.bytes(16).toString('hex');
  const world: World = {
    ...given,
    accounts: [],
    actors: {},
    ids: {},
    etags: {},
    numbers: {},
    identities: {},
    newActor: (name) => createActor(name, world.baseUrl, newKey),
    actor: (key) => must(world.actors[key], `actor ${key}`),
    id: (key) => must(world.ids[key], `id ${key}`),
    codeOf({ totpSecret: secret }) {
      if (secret === undefined) return undefined;
      const device = devices.get(secret) ?? createAuthenticator(secret, () => world.now());
      devices.set(secret, device);
      return device.code();
    },
  };
  return world;
}

export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demonstration has no ${what}`);
  return value;
}

export interface Post {
  role: string;
  institutionId?: string;
  organisationId?: string;
  expertId?: string;
}

/** An account with a post: made by the security administrator, first password changed by its owner, signed in. */
export async function enlist(w: World, chapter: Chapter, key: string, name: string, post: Post): Promise<void> {
  const admin = w.actor('security-admin');
  const username = `demo-${key}`;
  const made = await w.steps.step(
    chapter,
    `新建账号 ${name}`,
    admin,
    { method: 'POST', path: '/accounts', body: { username, name } },
    201,
  );
  const { id: accountId, oneTimePassword } = bodyOf<{ id: string; oneTimePassword: string }>(made);
  const body = { accountId, from: w.today, to: null, ...post };
  await w.steps.step(chapter, `设立岗位 ${post.role}`, admin, { method: 'POST', path: '/posts', body }, 201);
  const actor = w.newActor(name);
  await takeSeat(w, chapter, actor, { username, role: post.role, name }, oneTimePassword);
  w.actors[key] = actor;
}

/** First sign-in with the one-time password, an own one, a second factor where the office asks for it, sign-in anew. */
export async function takeSeat(
  w: World,
  chapter: Chapter,
  actor: DemoActor,
  who: Pick<DemoAccount, 'username' | 'role' | 'name'>,
  first: string,
): Promise<void> {
  const password = `Demo-${w.randomness.bytes(9).toString('base64url')}`;
  await actor.signIn(who.username, first);
  const body = { oldPassword: first, newPassword: password };
  await w.steps.step(chapter, '首次登录更改口令', actor, { method: 'PUT', path: '/session/password', body }, 204);
  const session = await actor.send({ method: 'GET', path: '/session' });
  const asked = bodyOf<{ mustEnrolTotp: boolean }>(session).mustEnrolTotp;
  const totpSecret = asked ? await enrol(w, chapter, actor) : undefined;
  const account = { ...who, password, ...(totpSecret === undefined ? {} : { totpSecret }) };
  w.accounts.push(account);
  const again = await actor.signIn(who.username, password, w.codeOf(account));
  if (again.status !== 200) throw new Error(`signing in anew answered ${again.status}`);
}

/** Turns the second factor on; answers its secret. */
async function enrol(w: World, chapter: Chapter, actor: DemoActor): Promise<string> {
  const made = await w.steps.step(chapter, '生成动态口令密钥', actor, { method: 'POST', path: '/session/totp' }, 201);
  const { secret } = bodyOf<{ secret: string }>(made);
  const body = { code: w.codeOf({ totpSecret: secret }) };
  await w.steps.step(
    chapter,
    '确认动态口令，取得恢复码',
    actor,
    { method: 'PUT', path: '/session/totp', body },
    {
      status: 200,
      check: (reply) => {
        const { left } = bodyOf<{ left: number }>(reply);
        holds(left > 0, 'recovery codes come with the second factor');
        return { left };
      },
    },
  );
  return secret;
}

/** Stores a file and remembers its id under the key. */
export async function store(
  w: World,
  chapter: Chapter,
  actor: DemoActor,
  key: string,
  file: { bytes: Uint8Array; mediaType: string; name: string },
): Promise<string> {
  const reply = await w.steps.step(chapter, `上传 ${file.name}`, actor, { method: 'POST', path: '/files', file }, 201);
  return (w.ids[key] = idOf(reply));
}
