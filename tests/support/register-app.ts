import path from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import { anonymous, type Actor } from '../../src/kernel/call';
import { createCommand } from '../../src/kernel/db/command';
import { createApp } from '../../src/kernel/http/app';
import type { SignIn } from '../../src/kernel/http/sign-in';
import { createLog } from '../../src/kernel/log';
import { kernelProblems, Problem, type ProblemList } from '../../src/kernel/problem';
import { instant, parseInstant, type Instant } from '../../src/kernel/pure/time';
import { createVault } from '../../src/kernel/vault/vault';
import { auditEntities, createAudit, type Audit } from '../../src/modules/audit-log';
import {
  createExperts,
  employmentEvents,
  employmentProblems,
  expertEndpoints,
  expertEvents,
  expertProblems,
  type ExpertDeps,
  type Experts,
  type Duties,
  type PersonLine,
} from '../../src/modules/experts';
import { createRecorders } from '../../src/modules/identity';
import { mayRole } from '../../src/modules/identity/permissions';
import {
  institutionEndpoints,
  institutionEvents,
  institutionProblems,
  type Institutions,
} from '../../src/modules/institutions';
import { createMines, mineEndpoints, mineEvents, mineProblems, type Mines } from '../../src/modules/mines';
import {
  organisationEndpoints,
  organisationEvents,
  organisationProblems,
  type Organisations,
} from '../../src/modules/organisations';
import { notificationEvents } from '../../src/modules/notifications';
import { national2024, policyEvents } from '../../src/modules/policy';
import { buildBodies } from '../../src/wiring/register-ports';
import { buildTime } from '../../src/wiring/time';
import { noMatter } from './telling-house';
import { testDatabase, type TestDatabase } from './database';

/** A clock that stands still until the test moves it. */
export interface RegisterClock {
  now(): Instant;
  pass(ms: number): void;
}

/** Sign-in for tests of registers alone: a header names the actor; the permission table is the real one. */
const actorOf: SignIn['actorOf'] = async (req) => {
  const header = req.get('x-test-actor');
  if (!header) throw new Problem('sign-in.required');
  return { ...anonymous, ...(JSON.parse(header) as Partial<Actor>) };
};

const headerSignIn: SignIn = {
  handlers: [],
  actorOf,
  enteringOf: actorOf,
  accountOf: actorOf,
  permit: (actor, permission) => {
    if (!mayRole(actor.role, permission)) throw new Problem('sign-in.forbidden');
  },
  refuseForgery: () => undefined,
};

const signInProblems: ProblemList = {
  'sign-in.password-change-required': {
    status: 403,
    title: '请先更改口令',
    detail: '请先更改口令。',
    en: { title: 'Please change your password first', detail: 'Change your password first.' },
  },
  'sign-in.second-factor-required': {
    status: 403,
    title: '请先启用动态口令',
    detail: '请先启用动态口令。',
    en: { title: 'Please switch on one-time codes first', detail: 'Switch on one-time codes first.' },
  },
  'sign-in.required': {
    status: 401,
    title: '请先登录',
    detail: '请先登录。',
    en: { title: 'Please sign in', detail: 'Sign in first.' },
  },
  'sign-in.forbidden': {
    status: 403,
    title: '无权办理',
    detail: '无权办理。',
    en: { title: 'No permission', detail: 'You may not do this.' },
  },
};

export const bureau: Partial<Actor> = { role: 'bureau', accountId: 'acc-bureau', via: 'session' };
/** Another officer, for what needs two. */
export const secondOfficer: Partial<Actor> = { role: 'bureau', accountId: 'acc-second', via: 'session' };
export const institutionActor = (institutionId: string): Partial<Actor> => ({
  role: 'institution',
  accountId: `acc-${institutionId.slice(-8)}`,
  institutionId,
  via: 'session',
});
export const expertActor = (expertId: string): Partial<Actor> => ({
  role: 'expert',
  accountId: `acc-${expertId.slice(-8)}`,
  expertId,
  via: 'session',
});

export interface RegisterApp {
  app: Express;
  database: TestDatabase;
  clock: RegisterClock;
  logged: string[];
  organisations: Organisations;
  institutions: Institutions;
  experts: Experts;
  mines: Mines;
  as(actor: Partial<Actor>): RegisterClient;
  audited(): Promise<{ type: string; leaf: string; facts: unknown }[]>;
}

export interface RegisterClient {
  get(address: string): request.Test;
  post(address: string, body?: object, ifMatch?: number): request.Test;
  put(address: string, body: object, ifMatch: number): request.Test;
  upload(address: string, content: string | Buffer, mediaType?: string): request.Test;
}

const clientOf = (app: Express, actor: Partial<Actor>): RegisterClient => {
  const header = JSON.stringify(actor);
  return {
    get: (address) => request(app).get(`/api/v1${address}`).set('x-test-actor', header),
    post(address, body = {}, ifMatch) {
      const sending = request(app).post(`/api/v1${address}`).set('x-test-actor', header);
      return (ifMatch === undefined ? sending : sending.set('if-match', `"${ifMatch}"`)).send(body);
    },
    put: (address, body, ifMatch) =>
      request(app).put(`/api/v1${address}`).set('x-test-actor', header).set('if-match', `"${ifMatch}"`).send(body),
    upload: (address, content, mediaType = 'text/csv') =>
      request(app)
        .post(`/api/v1${address}`)
        .set('x-test-actor', header)
        .set('content-type', mediaType)
        .set('x-file-name', encodeURIComponent('名录.csv'))
        .send(content),
  };
};

const aFile = async (id: string) => {
  if (!id.startsWith('file-')) throw new Problem('request.not-found', { id, what: '文件' });
  return { id, sha256: id, size: 1, mediaType: 'application/pdf', accountId: 'acc-scanner', institutionId: null };
};
const files = {
  load: (_on: unknown, id: string) => aFile(id),
  attach: (_tx: unknown, _call: unknown, id: string) => aFile(id),
};

/** Every officer here works for the house. */
const scope = { includes: async () => true, isOfHouse: async () => true, requireHouse: async () => undefined };

const catalogue = {
  ...organisationEvents,
  ...institutionEvents,
  ...expertEvents,
  ...employmentEvents,
  ...mineEvents,
  ...policyEvents,
  ...notificationEvents,
};

/** Nothing of the line names anybody here. */
const nothingRuns: PersonLine = {
  teams: async () => [],
  engagements: async () => [],
  bars: async () => [],
  stop: async () => undefined,
};

/** What is owed and told is the whole service's test. */
const nothingOwed: Duties = { owe: async () => undefined, done: async () => undefined, tell: async () => undefined };

/** Here an account says for whom it works. */
const enteredFor: ExpertDeps['enteredFor'] = async (_on, institutionId) => {
  const { accountId } = institutionActor(institutionId);
  return (entry) => entry.recordedBy === accountId;
};

const identityKey = Buffer.alloc(32, 7);
const nobody = async (): Promise<boolean> => false;

type Registers = Pick<RegisterApp, 'organisations' | 'institutions' | 'experts' | 'mines'>;

/** The application over the four registers. */
function serve({ db, directory }: TestDatabase, registers: Registers, logged: string[]): Express {
  const { organisations, institutions, experts, mines } = registers;
  return createApp({
    requestHashKey: Buffer.alloc(32, 7),
    db,
    blobs: createDirectoryStore(path.join(directory, 'blobs'), db.sources.randomness),
    log: createLog('info', { write: (line) => void logged.push(line) }),
    signIn: headerSignIn,
    problems: {
      ...kernelProblems,
      ...signInProblems,
      ...organisationProblems,
      ...institutionProblems,
      ...expertProblems,
      ...employmentProblems,
      ...mineProblems,
    },
    endpoints: [
      ...organisationEndpoints(organisations),
      ...institutionEndpoints(institutions),
      ...expertEndpoints(experts),
      ...mineEndpoints(mines),
    ],
    routes: ['public', 'partner', 'bureau'],
    trustProxy: false,
    publicUrl: 'http://localhost:3000',
    maxUpload: 50 * 1024 * 1024,
    version: '0',
    readiness: async () => ({ ready: true, notes: [] }),
  });
}

/**
 * The four registers behind the real application, on a fresh database of the lane. Files `file-*` exist. `recorded` may
 * put another recorder of acts in the place of the real one.
 */
export async function registerApp(
  start = '2026-03-02T01:00:00.000Z',
  recorded: (real: Audit) => Audit = (real) => real,
): Promise<RegisterApp> {
  let at = parseInstant(start);
  const clock: RegisterClock = { now: () => at, pass: (ms) => void (at = instant(at + ms)) };
  const database = await testDatabase(clock);
  const { db } = database;
  const command = createCommand(db, {}, (subjects) => experts.alike(subjects));
  const base = { db, command, audit: recorded(createAudit(db.sources, catalogue)), sources: db.sources };
  const recorders = createRecorders(async () => new Map());
  const vault = createVault(db, 'a master key for tests, long enough');
  const time = buildTime(base, {
    log: createLog('silent', { write: () => undefined }),
    vault,
    codeKey: Buffer.alloc(32, 7),
    files,
    parties: { institution: nobody, organisation: nobody, expert: nobody },
    matter: noMatter,
    scope,
  });
  const asked = { policy: { profileFor: async () => national2024 }, authority: async () => ({ code: '370000' }) };
  const { organisations, institutions } = buildBodies({ ...base, recorders, files, scope }, time, asked);
  const people = { line: nothingRuns, duties: nothingOwed };
  const experts = createExperts({
    ...base,
    ...people,
    recorders,
    institutions,
    vault,
    identityKey,
    files,
    scope,
    enteredFor,
  });
  const mines = createMines({ ...base, recorders, organisations, scope });
  const logged: string[] = [];
  const app = serve(database, { organisations, institutions, experts, mines }, logged);
  const audited = async (): Promise<{ type: string; leaf: string; facts: unknown }[]> =>
    (await db.m.find(auditEntities[0], { order: { at: 'ASC', id: 'ASC' } })).map(({ type, leaf, facts }) => ({
      type,
      leaf,
      facts,
    }));
  const as = (actor: Partial<Actor>): RegisterClient => clientOf(app, actor);
  return { app, database, clock, logged, organisations, institutions, experts, mines, as, audited };
}

/** Codes that are well formed and belong to nobody (domain.md 6.1). */
export const codes = {
  enterprise: '91370000MA3X000106',
  enterpriseTwo: '91150000MA0P000262',
  publicInstitution: '12370000MB2X00012D',
  association: '51410000MJG0000174',
  privateUnit: '52330000MJ8700035Y',
  selfEmployed: '92370100MA3X00045T',
  organ: '11370000MB2X00055X',
};

/** A registered organisation; its id. */
export async function anOrganisation(
  { as }: RegisterApp,
  wished: { uscc: string; name?: string; legalForm?: string; from?: string },
): Promise<string> {
  const body = { name: '示例有限公司', legalForm: 'other', from: '2020-01-01', paper: '登记证书', ...wished };
  return (await as(bureau).post('/organisations', body).expect(201)).body.id as string;
}

/** A registered assessor; its id. */
export async function anInstitution(registers: RegisterApp, uscc: string, name = '示例评估有限公司'): Promise<string> {
  const organisationId = await anOrganisation(registers, { uscc, name, legalForm: 'enterprise' });
  const body = { organisationId, from: '2020-01-01', paper: '营业执照' };
  return (await registers.as(bureau).post('/institutions', body).expect(201)).body.id as string;
}

/** A registered person. Well-formed numbers: see identityNumber. */
export async function anExpert(
  registers: RegisterApp,
  number: string,
  name = '示例人员',
): Promise<{ id: string; platformNumber: string }> {
  const body = {
    identities: [{ kind: 'resident-id', number }],
    documentSeen: true,
    from: '2020-01-01',
    paper: '登记表',
    name,
    titleLevel: 'deputy-senior',
    specialties: ['geology', 'mining'],
  };
  const reply = await registers.as(bureau).post('/experts', body).expect(201);
  return { id: reply.body.id as string, platformNumber: reply.body.platformNumber as string };
}

/** A resident number of nobody: area 110105, born on the day, serial 0–999, right check character. */
export function identityNumber(serial: number, born = '19800101'): string {
  const digits = `110105${born}${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + '10X98765432'[sum % 11];
}
