import path from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { createAuthenticator } from '../../src/cli/demo/second-factor';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import { createCommand } from '../../src/kernel/db/command';
import { createApp } from '../../src/kernel/http/app';
import { createLog } from '../../src/kernel/log';
import { kernelProblems, Problem } from '../../src/kernel/problem';
import { instant, parseInstant, type Instant } from '../../src/kernel/pure/time';
import { createVault } from '../../src/kernel/vault/vault';
import { auditEntities, createAudit } from '../../src/modules/audit-log';
import {
  createIdentity,
  ensureIdentityKeys,
  identityEvents,
  identityProblems,
  type Identity,
} from '../../src/modules/identity';
import { shippedPolicy } from '../../src/modules/identity/sign-in-policy/sign-in-policy.rules';
import { documentProblems } from '../../src/modules/documents';
import {
  notificationEndpoints,
  notificationEvents,
  notificationProblems,
  type Notifications,
} from '../../src/modules/notifications';
import { policyEvents } from '../../src/modules/policy';
import { buildTime } from '../../src/wiring/time';
import { noMatter } from './telling-house';
import { testDatabase, type TestDatabase } from './database';

/** A clock that stands still until the test moves it. */
export interface TestClock {
  now(): Instant;
  pass(ms: number): void;
}

export function testClock(start = '2026-03-02T01:00:00.000Z'): TestClock {
  let at = parseInstant(start);
  return {
    now: () => at,
    pass: (ms) => {
      at = instant(at + ms);
    },
  };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface IdentityApp {
  app: Express;
  identity: Identity;
  notifications: Notifications;
  database: TestDatabase;
  clock: TestClock;
  /** What was logged, one JSON line each. */
  logged: string[];
  /** Types of the audit entries so far, oldest first. */
  auditTypes(): Promise<string[]>;
}

/** Files `file-*` exist; those whose id ends in `-text` are no scans. */
export async function aKnownFile(_tx: unknown, _call: unknown, id: string) {
  if (!id.startsWith('file-')) throw new Problem('request.not-found', { id, what: '文件' });
  return { id, sha256: '5'.repeat(64), mediaType: id.endsWith('-text') ? 'text/plain' : 'application/pdf' };
}

export interface IdentityAppOptions {
  publicUrl?: string;
  authority?: string;
}

/** Identity alone behind the real application, on a fresh database of the lane. Institutions `inst-*` and so on exist. */
export async function identityApp(options: IdentityAppOptions = {}): Promise<IdentityApp> {
  const { publicUrl = 'http://localhost:3000', authority } = options;
  const clock = testClock();
  const database = await testDatabase(clock);
  const { db, directory } = database;
  const vault = createVault(db, 'a master key for tests, long enough');
  const keys = await ensureIdentityKeys(vault, db.sources.randomness);
  const known = (prefix: string) => async (id: string) => id.startsWith(prefix);
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => void logged.push(line) });
  const audit = createAudit(db.sources, { ...identityEvents, ...notificationEvents, ...policyEvents });
  const base = { db, command: createCommand(db), audit };
  const parties = { institution: known('inst-'), organisation: known('org-'), expert: known('exp-') };
  const files = { attach: aKnownFile };
  const { notifications } = buildTime(base, {
    log,
    vault,
    codeKey: Buffer.alloc(32, 7),
    files,
    parties,
    matter: noMatter,
    scope: { includes: async () => true, isOfHouse: async () => true, requireHouse: async () => undefined },
  });
  const identity = createIdentity({
    ...base,
    vault,
    keys,
    publicUrl,
    log,
    authority,
    parties: { ...parties, find: async () => [], read: async () => undefined },
    files,
    tell: notifications.tell,
    papers: { make: async ({ title }) => Buffer.from(`%PDF-1.7\n% ${title}\n`) },
    dues: async () => new Map(),
    letterExpiry: async () => undefined,
  });
  const app = createApp({
    requestHashKey: Buffer.alloc(32, 7),
    db,
    blobs: createDirectoryStore(path.join(directory, 'blobs'), db.sources.randomness),
    log,
    signIn: identity.signIn,
    // The list of a hand-over is a paper, and may fail as papers do.
    problems: { ...kernelProblems, ...identityProblems, ...documentProblems, ...notificationProblems },
    endpoints: [...identity.endpoints, ...notificationEndpoints(notifications)],
    routes: ['public', 'partner', 'bureau'],
    trustProxy: false,
    publicUrl,
    maxUpload: 1024,
    version: '0',
    readiness: async () => ({ ready: true, notes: [] }),
  });
  const auditTypes = async (): Promise<string[]> => {
    const rows = await db.m.find(auditEntities[0], { order: { at: 'ASC', id: 'ASC' } });
    return rows.map((row) => row.type);
  };
  return { app, identity, notifications, database, clock, logged, auditTypes };
}

export interface Credentials {
  username: string;
  password: string;
  /** A code, or the device that shows one. */
  totp?: string | (() => string);
}

export const api = (app: Express) => request(app);

/** POST /session with these credentials. */
export const trySignIn = (app: Express, { username, password, totp }: Credentials) => {
  const code = typeof totp === 'function' ? totp() : totp;
  return request(app).post('/api/v1/session').send({ username, password, totp: code });
};

/** The bytes of a Base32 secret, read without the library under test. */
export function bytesOfBase32(text: string): Buffer {
  const bits = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

export const cookieOf = (reply: request.Response): string => {
  const cookies = (reply.headers['set-cookie'] ?? []) as unknown as string[];
  return cookies.find((c) => c.startsWith('lujian.sid='))?.split(';')[0] ?? '';
};

/** One signed-in browser: sends the cookie and the CSRF token. */
export class Browser {
  constructor(
    private readonly app: Express,
    readonly cookie: string,
    readonly csrf: string,
    readonly view: Record<string, never> & { account: { id: string }; posts: { id: string; role: string }[] },
  ) {}

  send(
    method: 'get' | 'post' | 'put' | 'delete',
    address: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const all = { cookie: this.cookie, 'x-csrf-token': this.csrf, ...headers };
    const sending = request(this.app)[method](`/api/v1${address}`).set(all);
    return body === undefined ? sending : sending.send(body);
  }
  get(address: string, headers?: Record<string, string>) {
    return this.send('get', address, undefined, headers);
  }
  post(address: string, body?: object, headers?: Record<string, string>) {
    return this.send('post', address, body, headers);
  }
  put(address: string, body: object, headers?: Record<string, string>) {
    return this.send('put', address, body, headers);
  }
  delete(address: string, headers?: Record<string, string>) {
    return this.send('delete', address, undefined, headers);
  }
}

/** Signs in; throws unless it works. */
export async function signIn(app: Express, credentials: Credentials): Promise<Browser> {
  const reply = await trySignIn(app, credentials);
  if (reply.status !== 200) throw new Error(`sign-in answered ${reply.status}: ${reply.text}`);
  return new Browser(app, cookieOf(reply), reply.body.csrfToken as string, reply.body);
}

export const ADMIN_PASSWORD = 'a long sentence for the administrator';

/** An own password and, if an office asks for it, a second factor, whose device is returned. */
export async function takeSeat(
  { app, clock }: Pick<IdentityApp, 'app' | 'clock'>,
  given: Credentials,
  newPassword: string,
): Promise<{ browser: Browser; totp?: () => string }> {
  const browser = await signIn(app, given);
  await browser.put('/session/password', { oldPassword: given.password, newPassword }).expect(204);
  const { body } = await browser.get('/session').expect(200);
  return body.mustEnrolTotp ? { browser, totp: await enrol(browser, clock) } : { browser };
}

/** Turns the second factor on; the device shows each code once. */
export async function enrol(browser: Browser, clock: TestClock): Promise<() => string> {
  const { body } = await browser.post('/session/totp').expect(201);
  const device = createAuthenticator(body.secret as string, clock.now, -1);
  await browser.put('/session/totp', { code: device.code() }).expect(200);
  return device.code;
}

const devices = new WeakMap<IdentityApp, () => string>();

/** How the first administrator signs in once more. */
export const adminOf = (house: IdentityApp): Credentials => ({
  username: 'admin',
  password: ADMIN_PASSWORD,
  totp: devices.get(house)!,
});

/** The first administrator, password changed, second factor on and authority named. */
export async function signInAdmin(house: IdentityApp): Promise<Browser> {
  const first = (await house.identity.ensureFirstAccount())!;
  const given = { username: first.username, password: first.oneTimePassword };
  const { browser, totp } = await takeSeat(house, given, ADMIN_PASSWORD);
  devices.set(house, totp!);
  const authority = { code: '330000', name: '示例省自然资源厅', kind: 'natural-resources' };
  await browser.put('/installation/authority', authority).expect(200);
  return browser;
}

export const PASSWORD = 'a long sentence for somebody';

/** A new account whose password is changed already, with the given posts and the second factor that they ask for. */
export async function newPerson(
  { app, clock }: IdentityApp,
  admin: Browser,
  username: string,
  posts: { role: string; [field: string]: unknown }[] = [],
): Promise<Credentials & { id: string }> {
  const made = await admin.post('/accounts', { username, name: '示例人员' }).expect(201);
  const oldPassword = made.body.oneTimePassword as string;
  const browser = await signIn(app, { username, password: oldPassword });
  await browser.put('/session/password', { oldPassword, newPassword: PASSWORD }).expect(204);
  const id = made.body.id as string;
  for (const post of posts) await admin.post('/posts', { accountId: id, from: '2026-01-01', ...post }).expect(201);
  const asked = posts.some(({ role }) => (shippedPolicy.secondFactorRoles as readonly string[]).includes(role));
  if (!asked) return { id, username, password: PASSWORD };
  // Granting a post ends the sessions.
  const again = await signIn(app, { username, password: PASSWORD });
  const totp = await enrol(again, clock);
  await again.delete('/session').expect(204);
  return { id, username, password: PASSWORD, totp };
}
