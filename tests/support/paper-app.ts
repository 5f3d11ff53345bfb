import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Express } from 'express';
import { createDirectoryStore, type BlobStore } from '../../src/kernel/blobs/blob-store';
import { anonymous, systemCall, type Actor } from '../../src/kernel/call';
import { createCommand, type Command } from '../../src/kernel/db/command';
import { createApp } from '../../src/kernel/http/app';
import type { SignIn } from '../../src/kernel/http/sign-in';
import { createLog } from '../../src/kernel/log';
import { Problem } from '../../src/kernel/problem';
import { legalDate } from '../../src/kernel/pure/time';
import type { Clock } from '../../src/kernel/sources';
import { createVault } from '../../src/kernel/vault/vault';
import { createPool, type Pool } from '../../src/kernel/workers/pool';
import { auditEntities, createAudit, type Audit } from '../../src/modules/audit-log';
import {
  createDocuments,
  createPapers,
  documentEndpoints,
  documentEvents,
  documentTaskFile,
  fileHolderKinds,
  type Documents,
  type FileReaders,
} from '../../src/modules/documents';
import { mayRole, type Scope } from '../../src/modules/identity';
import {
  createPledges,
  pledgeEndpoints,
  pledgeEvents,
  type EvaluationFacts,
  type EvidenceFact,
  type PledgeFacts,
  type Pledges,
  type TeamFact,
} from '../../src/modules/pledges';
import { national2024 } from '../../src/modules/policy';
import { createSanctions, sanctionEvents, type PersonsPort, type Sanctions } from '../../src/modules/sanctions';
import {
  createSignatureWork,
  createSigning,
  ensureAuthority,
  signingEndpoints,
  signingEvents,
  signingTaskFile,
  type CertificateAuthority,
} from '../../src/modules/signing';
import { problemCatalogue } from '../../src/catalogues';
import { entities } from '../../src/schema';
import { testDatabase, type TestDatabase } from './database';

/** The registers' side of a pledge, as plain values that a test may change. */
export interface World {
  institutions: Map<string, { name: string; uscc: string }>;
  evaluations: Map<string, EvaluationFacts>;
  team: TeamFact[];
  evidence: EvidenceFact[];
  mineName: string;
  lotName: string;
}

export const OWN = 'institution-1';
export const OTHER = 'institution-2';
export const USCC = '91370000MA3X000106';

export const aWorld = (): World => ({
  institutions: new Map([
    [OWN, { name: '示例绿色矿山评估有限公司', uscc: USCC }],
    [OTHER, { name: '示例地质勘查院', uscc: '12370000MB2X00012D' }],
  ]),
  evaluations: new Map([
    [
      'evaluation-1',
      {
        id: 'evaluation-1',
        institutionId: OWN,
        mineId: 'mine-1',
        lotId: 'lot-1',
        state: 'on-site',
        freezeReason: null,
      },
    ],
  ]),
  team: [
    { name: '示例张三', role: 'leader', platformNumber: 'P-0001' },
    { name: '示例李四', role: 'member', platformNumber: null },
  ],
  evidence: [],
  mineName: '示例铁矿',
  lotName: '二〇二六年第一批',
});

function factsOf(world: World): PledgeFacts {
  const found = <T>(value: T | undefined, what: string, id: string): T => {
    if (value === undefined) throw new Problem('request.not-found', { what, id });
    return value;
  };
  return {
    evaluation: async (_on, id) => found(world.evaluations.get(id), '评估', id),
    team: async () => world.team,
    evidence: async () => world.evidence,
    institution: async (_on, id) => found(world.institutions.get(id), '评估机构', id),
    mineName: async () => world.mineName,
    lotName: async () => world.lotName,
    lotAuthority: async () => null,
  };
}

/** Takes the actor from a header: signing in is not what these tests look at; permissions are the true table. */
const headerSignIn: SignIn = {
  handlers: [],
  actorOf: async (req) => {
    const header = req.get('authorization')?.replace(/^Bearer /, '');
    if (!header) throw new Problem('sign-in.required');
    return JSON.parse(decodeURIComponent(header)) as Actor;
  },
  enteringOf: async (req) => headerSignIn.actorOf(req),
  accountOf: async (req) => headerSignIn.actorOf(req),
  permit: (actor, permission) => {
    if (!mayRole(actor.role, permission)) throw new Problem('sign-in.forbidden', { permission });
  },
  refuseForgery: () => undefined,
};

/** Goes into `authorization: Bearer …`, so that the sign client can carry it as its API key. */
export const credential = (actor: Partial<Actor>): string =>
  encodeURIComponent(JSON.stringify({ ...anonymous, via: 'api-key', accountId: 'account-1', ...actor }));

export const clerk = credential({ role: 'institution', institutionId: OWN });
export const stranger = credential({ role: 'institution', institutionId: OTHER, accountId: 'account-2' });
export const officer = credential({ role: 'bureau', authority: '370000', accountId: 'account-3' });

export interface PaperApp {
  app: Express;
  url: string;
  world: World;
  database: TestDatabase;
  blobs: BlobStore;
  documents: Documents;
  pledges: Pledges;
  sanctions: Sanctions;
  command: Command;
  audit: Audit;
  authority: CertificateAuthority;
  /** Warnings and errors, one JSON line each. */
  logged: string[];
  /** Builds the pledges anew over the same data, as another process would, with another store or pool. */
  pledgesOver(changes: { blobs?: BlobStore }): Pledges;
  auditTypes(): Promise<string[]>;
  close(): Promise<void>;
}

const catalogue = { ...documentEvents, ...signingEvents, ...sanctionEvents, ...pledgeEvents };

/** Nobody here is registered twice. */
/** Nobody here works for an authority. */
const unbound: Scope = {
  authoritiesOf: async () => undefined,
  includes: async () => true,
  require: async () => undefined,
  isOfHouse: async () => true,
  requireHouse: async () => undefined,
};

const nobodyReads = Object.fromEntries(
  fileHolderKinds.map((kind) => [kind, async () => false] as const),
) as unknown as FileReaders;

const nobodyTwice: PersonsPort = {
  together: async (_on, ids) => new Map(ids.map((id) => [id, { ids: [id] }])),
  undecided: async () => [],
};

/** One thread for several applications: loading the font takes longer than a test. */
export const paperPool = (): Pool => createPool({ files: [documentTaskFile(), signingTaskFile()], size: 1 });

/** The services over one database, as `wire.ts` builds them; the registers are the world's. */
async function build({ db, directory }: TestDatabase, world: World, pool: Pool) {
  const blobs = createDirectoryStore(path.join(directory, 'blobs'), db.sources.randomness);
  const authority = await ensureAuthority(createVault(db, 'a master key for tests, long enough'), db.sources);
  const base = { db, command: createCommand(db), audit: createAudit(db.sources, catalogue) };
  const sanctions = createSanctions({ ...base, persons: nobodyTwice });
  const documents = createDocuments({ ...base, blobs, readers: () => nobodyReads });
  const signing = createSigning({
    ...base,
    authority,
    parties: {
      subjectOf: async (_on, { institutionId }) => {
        const known = institutionId === null ? undefined : world.institutions.get(institutionId);
        return known && { institutionId: institutionId!, ...known };
      },
    },
  });
  const facts = factsOf(world);
  const scope = unbound;
  const work = { papers: createPapers(pool), signatures: createSignatureWork(pool), signing, authority, facts, scope };
  const pledgesOver: PaperApp['pledgesOver'] = (changes) =>
    createPledges({ ...base, ...work, blobs, sanctions, ...changes });
  return { ...base, blobs, authority, sanctions, documents, signing, pledgesOver, pledges: pledgesOver({}) };
}

function listen(app: Express): Promise<Server> {
  return new Promise((done) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => done(listening));
  });
}

/** Files, certificates and pledges behind the real application, on a fresh database of the lane. */
export async function paperApp(clock: Clock, pool: Pool): Promise<PaperApp> {
  const database = await testDatabase(clock, entities);
  const { db } = database;
  const world = aWorld();
  const { signing, ...built } = await build(database, world, pool);
  const { documents, pledges, blobs } = built;
  const logged: string[] = [];
  const app = createApp({
    db,
    blobs,
    requestHashKey: db.sources.randomness.bytes(32),
    log: createLog('warn', { write: (line) => void logged.push(line) }),
    signIn: headerSignIn,
    problems: problemCatalogue,
    endpoints: [...documentEndpoints(documents), ...signingEndpoints(signing), ...pledgeEndpoints(pledges)],
    routes: ['public', 'partner', 'bureau'],
    trustProxy: false,
    publicUrl: 'http://localhost:3000',
    maxUpload: 64 * 1024,
    version: '0',
    readiness: async () => ({ ready: true, notes: [] }),
  });
  const server = await listen(app);
  return {
    ...built,
    app,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    database,
    logged,
    auditTypes: async () => (await db.m.find(auditEntities[0], { order: { at: 'ASC', id: 'ASC' } })).map((r) => r.type),
    close: async () => {
      await new Promise((done) => server.close(done));
      await database.drop();
    },
  };
}

/** Bars the institution from today on, as service of a decision does. */
export async function bar(
  { command, sanctions, database }: PaperApp,
  institutionId: string,
  servedOn: string,
): Promise<void> {
  const call = systemCall(database.db.sources.ids.timed());
  await command(call, { subjects: () => [{ kind: 'institution', id: institutionId }] }, async (tx) => {
    await sanctions.impose(tx, call, {
      subject: { kind: 'institution', id: institutionId, code: USCC, name: '示例绿色矿山评估有限公司' },
      ground: 'outsourcing',
      decisionNumber: '示例自然资决〔2026〕1号',
      caseId: 'case-1',
      caseSubjectId: 'case-subject-1',
      authority: { code: '370000', name: '示例省自然资源厅' },
      servedOn: legalDate(servedOn),
      profile: national2024,
    });
  });
}
