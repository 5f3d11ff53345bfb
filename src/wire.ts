import fs from 'node:fs';
import path from 'node:path';
import type { Express } from 'express';
import { migrations } from '../migrations';
import type { Config } from './config';
import { createDirectoryStore, tieStore, type BlobStore } from './kernel/blobs/blob-store';
import { createCommand, type CommandSwitches } from './kernel/db/command';
import { openDatabase, type Db } from './kernel/db/database';
import { forgetOldReplies } from './kernel/db/idempotency';
import { Installation } from './kernel/db/kernel.store';
import { migrate } from './kernel/db/migrate';
import { inTransaction } from './kernel/db/transaction';
import { createApp } from './kernel/http/app';
import type { Endpoint } from './kernel/http/endpoint';
import { forgetMarkers, type Job } from './kernel/jobs/jobs';
import type { Log } from './kernel/log';
import { todayOf } from './kernel/db/moment';
import { Problem } from './kernel/problem';
import type { Sources } from './kernel/sources';
import { checkMasterKey, createVault, MASTER_KEY_CHECK, type Vault } from './kernel/vault/vault';
import { createPool } from './kernel/workers/pool';
import { createAudit } from './modules/audit-log';
import { caseEndpoints, createCases } from './modules/cases';
import { commissionEndpoints, createCommissions, loadLot } from './modules/commissions';
import { createDocuments, createPapers, documentEndpoints, documentTaskFile } from './modules/documents';
import { createEvaluations, evaluationEndpoints, evidenceOf, loadEvaluation, teamOf } from './modules/evaluations';
import { createExperts, expertEndpoints } from './modules/experts';
import { createFeeGuard, feeEndpoints } from './modules/fee-guard';
import { createIdentity, ensureIdentityKeys } from './modules/identity';
import { createInstitutions, institutionEndpoints } from './modules/institutions';
import { createMines, mineEndpoints } from './modules/mines';
import { createOrganisations, organisationEndpoints } from './modules/organisations';
import { createPledges, pledgeEndpoints, type PledgeFacts, type Pledges } from './modules/pledges';
import { createPolicy } from './modules/policy';
import { createPublicRegistry, publicEndpoints } from './modules/public-registry';
import { createSanctions, createSanctionViews, sanctionEndpoints } from './modules/sanctions';
import { createScreening, screeningEndpoints } from './modules/screening';
import {
  createSignatureWork,
  createSigning,
  ensureAuthority,
  signingEndpoints,
  signingTaskFile,
} from './modules/signing';
import { eventCatalogue, problemCatalogue } from './catalogues';
import { entities } from './schema';

export interface Service {
  app: Express;
  db: Db;
  endpoints: readonly Endpoint[];
  jobs: readonly Job[];
  /** Shown once: the first account, made when the database had none. */
  firstAccount?: { username: string; oneTimePassword: string };
  /** What an operator should know: weak set-ups are said, not hidden. */
  notes: readonly string[];
  /** From here on /readyz says no, so that no new work is sent here. */
  beginStop(): void;
  close(): Promise<void>;
}

export interface WireOptions {
  sources: Sources;
  log: Log;
  switches?: CommandSwitches;
  version: string;
}

/** Does the database know a master key already? Before the first migration there is not even the table. */
async function isKeyed(db: Db): Promise<boolean> {
  const tables: unknown[] = await db.m.query("SELECT 1 FROM sqlite_master WHERE name = 'installation'");
  return tables.length > 0 && (await db.m.existsBy(Installation, { name: MASTER_KEY_CHECK }));
}

/**
 * SQLite without the setting makes its master key beside the data, and says so. Never a second one: a new key beside
 * data sealed under a lost one could be taken for the real one.
 */
async function masterKeyFor(db: Db, config: Config, sources: Sources): Promise<{ key: string; note?: string }> {
  const file = path.join(config.dataDirectory, 'master.key');
  const note =
    '主密钥保存在数据目录的 master.key；正式使用请改用 LUJIAN_MASTER_KEY 或 LUJIAN_MASTER_KEY_FILE 并移走该文件';
  if (config.masterKey) return { key: config.masterKey, ...(fs.existsSync(file) ? { note } : {}) };
  if (await isKeyed(db)) {
    throw new Error(`master.key is missing in ${config.dataDirectory}: put it back, or set LUJIAN_MASTER_KEY`, {
      cause: 'lost key',
    });
  }
  const key = sources.randomness.bytes(32).toString('hex');
  // Whole or not at all: an empty file after a crash would stop every later start.
  const making = `${file}.new`;
  fs.writeFileSync(making, `${key}\n`, { mode: 0o600, flush: true });
  fs.renameSync(making, file);
  return { key, note };
}

async function settled(db: Db, name: string, value: string): Promise<string> {
  const row = await db.m.findOneBy(Installation, { name });
  if (row) return row.value;
  await inTransaction(db, (tx) => tx.m.insert(Installation, { name, value }));
  return value;
}

interface Prepared {
  vault: Vault;
  blobs: BlobStore;
  identityKeys: Awaited<ReturnType<typeof ensureIdentityKeys>>;
  expertKey: Buffer;
  requestHashKey: Buffer;
  authority: Awaited<ReturnType<typeof ensureAuthority>>;
}

/** What one process makes while no other does: keys, store id, log origin. */
async function prepare(db: Db, config: Config, masterKey: string): Promise<Prepared> {
  await checkMasterKey(db, masterKey);
  const vault = createVault(db, masterKey);
  const { randomness, ids } = db.sources;
  const blobs = createDirectoryStore(config.blobDirectory, randomness);
  const known = await db.m.findOneBy(Installation, { name: 'store-id' });
  const storeId = await tieStore(blobs, known?.value, ids.random);
  await settled(db, 'store-id', storeId);
  await settled(db, 'log-origin', config.logOrigin);
  return {
    vault,
    blobs,
    identityKeys: await ensureIdentityKeys(vault, randomness),
    expertKey: await vault.ensure('identity-number-hash', () => randomness.bytes(32)),
    requestHashKey: await vault.ensure('request-hash', () => randomness.bytes(32)),
    authority: await ensureAuthority(vault, db.sources),
  };
}

const exists = (load: () => Promise<unknown>): Promise<boolean> =>
  load().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'request.not-found') return false;
      throw error;
    },
  );

/** Who is who and what is what: registers, identity, files. */
function buildRegisters(db: Db, config: Config, made: Prepared, options: WireOptions) {
  const { sources, switches } = options;
  const audit = createAudit(sources, eventCatalogue);
  const base = { db, command: createCommand(db, switches), audit, sources };
  const organisations = createOrganisations(base);
  const institutions = createInstitutions({ ...base, organisations });
  const documents = createDocuments({ ...base, blobs: made.blobs });
  const files = documents;
  const experts = createExperts({ ...base, vault: made.vault, identityKey: made.expertKey, institutions, files });
  const mines = createMines({ ...base, organisations });
  const identity = createIdentity({
    ...base,
    vault: made.vault,
    keys: made.identityKeys,
    publicUrl: config.publicUrl,
    authority: config.authority,
    parties: {
      institution: (id) => exists(() => institutions.load(db, id)),
      organisation: (id) => exists(() => organisations.load(db, id)),
      expert: (id) => exists(() => experts.load(db, id)),
    },
  });
  return { base, organisations, institutions, experts, mines, documents, identity };
}

type Registers = ReturnType<typeof buildRegisters>;

/** What a pledge says of the world, gathered from the registers and the line. */
function pledgeFacts(db: Db, r: Registers): PledgeFacts {
  const { clock } = db.sources;
  return {
    evaluation: loadEvaluation,
    team: async (on, id) => {
      const rows = await teamOf(on, await loadEvaluation(on, id));
      const members = await Promise.all(
        rows.map(async ({ expertId, role }) => {
          const { platformNumber } = await r.experts.load(on, expertId);
          const facts = await r.experts.at(on, expertId, todayOf(clock));
          return { name: facts?.name ?? platformNumber, role, platformNumber };
        }),
      );
      return members.sort((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'));
    },
    evidence: async (on, id) => (await evidenceOf(on, id)).map(({ kind, sha256 }) => ({ kind, sha256 })),
    institution: async (on, id) => ({
      name: await r.institutions.nameAt(on, id, todayOf(clock)),
      uscc: (await r.institutions.load(on, id)).uscc,
    }),
    mineName: async (on, id) => (await r.mines.at(on, id, todayOf(clock)))?.name ?? id,
    lotName: async (on, id) => (await loadLot(on, id)).name,
  };
}

/** Certificates and pledges; PDF work runs in worker threads. */
function buildPapers(db: Db, made: Prepared, r: Registers, line: Pick<ReturnType<typeof buildLine>, 'sanctions'>) {
  const { institutions, base } = r;
  const workers = createPool({ files: [documentTaskFile(), signingTaskFile()] });
  const signing = createSigning({
    ...base,
    authority: made.authority,
    parties: {
      async subjectOf(on, actor) {
        const { institutionId } = actor;
        if (institutionId === null) return undefined;
        const { uscc } = await institutions.load(on, institutionId);
        return { institutionId, uscc, name: await institutions.nameAt(on, institutionId, todayOf(db.sources.clock)) };
      },
    },
  });
  const pledges = createPledges({
    ...base,
    sanctions: line.sanctions,
    blobs: made.blobs,
    papers: createPapers(workers),
    signatures: createSignatureWork(workers),
    signing,
    authority: made.authority,
    facts: pledgeFacts(db, r),
  });
  return { signing, pledges, close: workers.close };
}

/** The line from lot to decision. What lies to the right of its caller is a port: asked when a request comes. */
function buildLine(db: Db, r: Registers, pledges: () => Pick<Pledges, 'isComplete' | 'voidFor'>) {
  const { base, organisations, institutions, experts, mines, documents, identity } = r;
  const { requireAuthority } = identity;
  const policy = createPolicy();
  const common = { ...base, policy, requireAuthority };
  const sanctions = createSanctions(base);
  const views = createSanctionViews(db);
  const screening = createScreening({ ...common, sanctions, views, institutions, experts });
  const commissions = createCommissions({
    ...common,
    sanctions,
    facts: { institutions, organisations, experts, mines },
    evaluations: {
      open: (...a) => evaluations.open(...a),
      voidAll: (...a) => evaluations.voidAll(...a),
      minesInWork: (...a) => evaluations.minesInWork(...a),
      idsOf: (...a) => evaluations.idsOf(...a),
    },
  });
  const evaluations = createEvaluations({
    ...common,
    sanctions,
    experts,
    files: documents,
    commissions,
    pledges: { isComplete: (...a) => pledges().isComplete(...a), voidFor: (...a) => pledges().voidFor(...a) },
  });
  const feeGuard = createFeeGuard({ ...common, organisations, institutions, mines, lots: { load: loadLot } });
  const cases = createCases({
    ...common,
    sanctions,
    institutions,
    experts,
    files: documents,
    freezing: {
      assignments: (tx, call, id) => commissions.freezeFor(tx, call, id, 'institution-bar'),
      evaluationsOfInstitution: evaluations.freezeForInstitution,
      evaluationsOfPerson: evaluations.freezeForPerson,
      engagements: (tx, call, subject) => commissions.endEngagementsFor(tx, call, subject, 'bar'),
    },
  });
  const publicRegistry = createPublicRegistry({ clock: db.sources.clock, views });
  return { policy, sanctions, views, screening, commissions, evaluations, feeGuard, cases, publicRegistry };
}

function endpointsOf(
  r: Registers,
  line: ReturnType<typeof buildLine>,
  papers: ReturnType<typeof buildPapers>,
  db: Db,
): Endpoint[] {
  return [
    ...r.identity.endpoints,
    ...organisationEndpoints(r.organisations),
    ...institutionEndpoints(r.institutions),
    ...expertEndpoints(r.experts),
    ...mineEndpoints(r.mines),
    ...documentEndpoints(r.documents),
    ...sanctionEndpoints(line.views, db.sources.clock),
    ...screeningEndpoints(line.screening),
    ...commissionEndpoints(line.commissions),
    ...evaluationEndpoints(line.evaluations),
    ...signingEndpoints(papers.signing),
    ...pledgeEndpoints(papers.pledges),
    ...feeEndpoints(line.feeGuard),
    ...caseEndpoints(line.cases),
    ...publicEndpoints(line.publicRegistry),
  ];
}

/** An upload that a crash cut off is nobody's after a day: none takes as long. */
const ARRIVING_MS = 24 * 3600_000;

const jobsOf = (db: Db, blobs: BlobStore, r: Registers, line: ReturnType<typeof buildLine>): Job[] => [
  { name: 'assignments.lapse', everyMs: 3600_000, run: line.commissions.lapseOverdue },
  { name: 'idempotency.forget', everyMs: 3600_000, run: () => forgetOldReplies(db) },
  { name: 'markers.forget', everyMs: 3600_000, run: () => forgetMarkers(db) },
  { name: 'mine-imports.drop-abandoned', everyMs: 3600_000, run: r.mines.dropAbandonedImports },
  {
    name: 'uploads.drop-cut-off',
    everyMs: 3600_000,
    run: () => blobs.dropArrivingBefore(db.sources.clock.now() - ARRIVING_MS),
  },
  { name: 'sessions.tidy', everyMs: 3600_000, run: r.identity.tidy },
];

/** Opens the database, migrates it, makes what is missing, builds every service and the application over them. */
export async function createService(config: Config, options: WireOptions): Promise<Service> {
  const { sources, log } = options;
  const db = await openDatabase(
    { url: config.databaseUrl, directory: config.dataDirectory, entities, migrations },
    sources,
  );
  try {
    return await assemble(db, config, options);
  } catch (error) {
    await db.close().catch((err: unknown) => log.warn({ err }, 'closing after a failed start failed'));
    throw error;
  }
}

async function assemble(db: Db, config: Config, options: WireOptions): Promise<Service> {
  const { key, note } = await masterKeyFor(db, config, options.sources);
  const notes = note ? [note] : [];
  let made: Prepared | undefined;
  let registers: Registers | undefined;
  let firstAccount: Service['firstAccount'];
  await migrate(db, async () => {
    made = await prepare(db, config, key);
    registers = buildRegisters(db, config, made, options);
    await registers.identity.checkAuthority();
    firstAccount = await registers.identity.ensureFirstAccount();
  });
  const line = buildLine(db, registers!, () => papers.pledges);
  const papers = buildPapers(db, made!, registers!, line);
  const endpoints = endpointsOf(registers!, line, papers, db);
  let stopping = false;
  const readiness = async () => {
    await db.m.query('SELECT 1');
    return { ready: !stopping, notes: stopping ? [...notes, '正在停止'] : notes };
  };
  const app = createApp({
    db,
    blobs: made!.blobs,
    log: options.log,
    signIn: registers!.identity.signIn,
    problems: problemCatalogue,
    endpoints,
    routes: config.routes,
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    maxUpload: config.maxUpload,
    version: options.version,
    requestHashKey: made!.requestHashKey,
    readiness,
  });
  return {
    app,
    db,
    endpoints,
    jobs: jobsOf(db, made!.blobs, registers!, line),
    firstAccount,
    notes,
    beginStop: () => {
      stopping = true;
    },
    close: async () => {
      await papers.close();
      await db.close();
    },
  };
}
