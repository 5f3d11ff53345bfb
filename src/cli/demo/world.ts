import type { Randomness } from '../../kernel/sources';
import type { LegalDate } from '../../kernel/pure/time';
import { createActor, type DemoActor } from './client';
import { bodyOf, idOf, type Chapter, type Steps } from './steps';

export interface DemoAccount {
  username: string;
  password: string;
  role: string;
  name: string;
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
}

export function createWorld(given: Pick<World, 'baseUrl' | 'steps' | 'today' | 'randomness'>): World {
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
  const password = `Demo-${w.randomness.bytes(9).toString('base64url')}`;
  await takeSeat(w, chapter, actor, username, oneTimePassword, password);
  w.actors[key] = actor;
  w.accounts.push({ username, password, role: post.role, name });
}

/** First sign-in with the one-time password, change, sign-in anew. */
export async function takeSeat(
  w: World,
  chapter: Chapter,
  actor: DemoActor,
  username: string,
  first: string,
  password: string,
): Promise<void> {
  await actor.signIn(username, first);
  const body = { oldPassword: first, newPassword: password };
  await w.steps.step(chapter, '首次登录更改口令', actor, { method: 'PUT', path: '/session/password', body }, 204);
  const again = await actor.signIn(username, password);
  if (again.status !== 200) throw new Error(`signing in anew answered ${again.status}`);
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
