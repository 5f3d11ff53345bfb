import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Response } from 'supertest';
import { readConfig } from '../../src/config';
import { createLog } from '../../src/kernel/log';
import { legalDateOf, parseInstant, type LegalDate } from '../../src/kernel/pure/time';
import { systemSources } from '../../src/kernel/sources';
import { auditEntities } from '../../src/modules/audit-log';
import type { Role } from '../../src/modules/identity';
import { createService, type Service } from '../../src/wire';
import { createClient, done, type Client } from './client';
import { handClock, type HandClock } from './hand-clock';
import { migratedDatabase } from './migrated';

/** 2026-03-02, 09:00 in Asia/Shanghai. */
export const START = '2026-03-02T01:00:00.000Z';
export const AUTHORITY = { code: '370000', name: '示例省自然资源厅', kind: 'natural-resources' };
const ADMIN_PASSWORD = 'a long sentence for the administrator';

export interface Party {
  institutionId?: string;
  organisationId?: string;
  expertId?: string;
}

/** An account with one post, signed in. */
export interface Person extends Client {
  accountId: string;
  postId: string;
  username: string;
  name: string;
  password: string;
  role: Role;
}

export type AuditRow = InstanceType<(typeof auditEntities)[0]>;
export type LogLine = Record<string, unknown>;

/** The service as shipped over a database of the lane, listening on a free port; only clock and log are the test's. */
export interface Whole {
  service: Service;
  url: string;
  directory: string;
  clock: HandClock;
  /** Everything logged, one JSON line each. */
  logged: string[];
  /** Passwords, keys and tokens handed out so far; none may be found again. */
  secrets: string[];
  /** Names of the persons made so far. */
  names: string[];
  /** Identity numbers used so far. */
  identities: string[];
  /** Nobody signed in. */
  anyone: Client;
  admin: Client;
  bureau: Person;
  reviewer: Person;
  lead: Person;
  secondLead: Person;
  inspector: Person;
  today(): LegalDate;
  next(): number;
  enlist(role: Role, party?: Party): Promise<Person>;
  /** Moves the clock and signs everybody in anew, since sessions end with time. */
  moveTo(when: string): Promise<void>;
  /** Audit entries, oldest first; of one request if named. */
  audit(requestId?: string): Promise<AuditRow[]>;
  /** Waits for the line that tells of the request's end. */
  logOf(requestId: string): Promise<LogLine>;
  /** What a request left beside its reply: types of its audit entries, its line in the log. */
  traceOf(reply: Response): Promise<{ types: string[]; log: LogLine }>;
  close(): Promise<void>;
}

export interface WholeOptions {
  /** LUJIAN_… settings beyond those of the lane. */
  settings?: Record<string, string>;
}

const listen = (server: Server): Promise<number> =>
  new Promise((ready) => server.listen(0, '127.0.0.1', () => ready((server.address() as { port: number }).port)));

interface Running extends Pick<Whole, 'service' | 'url' | 'directory' | 'clock' | 'logged' | 'close'> {
  first: { username: string; oneTimePassword: string };
}

async function start({ settings = {} }: WholeOptions): Promise<Running> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-whole-'));
  const database = await migratedDatabase(directory);
  const server = createServer();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    LUJIAN_PORT: String(port),
    LUJIAN_PUBLIC_URL: url,
    LUJIAN_DATA: directory,
    LUJIAN_MASTER_KEY: 'a master key for tests, long enough',
    ...(database.url ? { LUJIAN_DATABASE_URL: database.url } : {}),
    ...settings,
  };
  const clock = handClock(parseInstant(START));
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => void logged.push(line) });
  const service = await createService(readConfig(environment), { sources: systemSources(clock), log, version: '0' });
  server.on('request', service.app);
  const close = async (): Promise<void> => {
    await new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
    await service.close();
    await database.giveBack();
    fs.rmSync(directory, { recursive: true, force: true });
  };
  return { service, url, directory, clock, logged, close, first: service.firstAccount! };
}

async function logLine(logged: readonly string[], requestId: string): Promise<LogLine> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const line = logged.find((l) => l.includes(requestId) && l.includes('"msg":"request"'));
    if (line) return JSON.parse(line) as LogLine;
    // The line is written when the connection is done with the reply, a moment after the client has it.
    await new Promise((later) => setTimeout(later, 10));
  }
  throw new Error(`no log line tells of ${requestId}`);
}

/** Account, post, first sign-in with what it asks for, as people come in. */
function enlister(whole: Pick<Whole, 'url' | 'admin' | 'secrets' | 'names' | 'next' | 'clock'>, people: Person[]) {
  return async (role: Role, party: Party = {}): Promise<Person> => {
    const n = whole.next();
    const [username, name, password] = [`${role}-${n}`, `示例岗位人员其${n}`, `a long sentence for ${role} ${n}`];
    const account = await done(whole.admin.post('/accounts', { username, name }), 201);
    const oneTimePassword = account.oneTimePassword as string;
    const wanted = { accountId: account.id as string, role, from: '2026-01-01', ...party };
    const post = await done(whole.admin.post('/posts', wanted), 201);
    const client = createClient(whole.url);
    const given = await client.takeSeat({ username, oneTimePassword, password, now: whole.clock.now });
    whole.secrets.push(oneTimePassword, password, ...given);
    whole.names.push(name);
    const person = {
      ...client,
      accountId: wanted.accountId,
      postId: post.id as string,
      username,
      name,
      password,
      role,
    };
    people.push(person);
    return person;
  };
}

async function openHouse({ url, first, clock }: Running): Promise<{ admin: Client; secrets: string[] }> {
  const admin = createClient(url);
  const given = await admin.takeSeat({ ...first, password: ADMIN_PASSWORD, now: clock.now });
  await done(admin.put('/installation/authority', AUTHORITY));
  return { admin, secrets: [first.oneTimePassword, ADMIN_PASSWORD, ...given] };
}

/** Starts it, names the authority and enlists five officers. */
export async function wholeService(options: WholeOptions = {}): Promise<Whole> {
  const running = await start(options);
  const { service, url, clock, logged, first } = running;
  let count = 0;
  const people: Person[] = [];
  const ground = {
    ...running,
    ...(await openHouse(running)),
    names: [] as string[],
    identities: [] as string[],
    anyone: createClient(url),
    today: () => legalDateOf(clock.now()),
    next: () => (count += 1),
  };
  const enlist = enlister(ground, people);
  const audit: Whole['audit'] = async (requestId) => {
    const where = requestId === undefined ? {} : { requestId };
    return service.db.m.find(auditEntities[0], { where, order: { at: 'ASC', id: 'ASC' } });
  };
  return {
    ...ground,
    audit,
    enlist,
    bureau: await enlist('bureau'),
    reviewer: await enlist('bureau'),
    lead: await enlist('bureau-lead'),
    secondLead: await enlist('bureau-lead'),
    inspector: await enlist('inspector'),
    async moveTo(when) {
      clock.advance(parseInstant(when) - clock.now());
      await ground.admin.signIn(first.username, ADMIN_PASSWORD);
      for (const p of people) await p.signIn(p.username, p.password);
    },
    async traceOf(reply) {
      const requestId = reply.headers['x-request-id'] as string;
      const types = (await audit(requestId)).map((row) => row.type).sort();
      return { types, log: await logLine(logged, requestId) };
    },
    logOf: (requestId) => logLine(logged, requestId),
  };
}
