import path from 'node:path';
import type { Express } from 'express';
import { migrations } from '../migrations';
import type { Config } from './config';
import type { CommandSwitches } from './kernel/db/command';
import { openDatabase, type Db } from './kernel/db/database';
import { refuseUnfinished } from './kernel/db/loading';
import { migrate } from './kernel/db/migrate';
import { createApp, type AppDeps } from './kernel/http/app';
import { consolePages } from './kernel/http/console';
import type { Endpoint } from './kernel/http/endpoint';
import type { Job } from './kernel/jobs/jobs';
import type { Log } from './kernel/log';
import type { Sources } from './kernel/sources';
import { problemCatalogue } from './catalogues';
import { createLogState, type Auditor, type LogKeeper } from './modules/audit-log';
import { SESSION_COOKIE, type FirstAccount } from './modules/identity';
import type { NotificationDeps } from './modules/notifications';
import { createOperations, operationsEndpoints, type OperationsDeps } from './modules/workbench';
import { entities } from './schema';
import { projectRoot } from './version';
import { factReaders } from './wiring/facts';
import { fileReaders } from './wiring/files';
import { buildLine, type Line } from './wiring/line';
import { buildLog } from './wiring/log';
import { logKeys } from './wiring/log-keys';
import { buildPapers } from './wiring/papers';
import { personLine } from './wiring/persons';
import { masterKeyFor, prepare, type Prepared } from './wiring/prepare';
import { buildPublicFace } from './wiring/public-face';
import { buildRegisters, type Registers } from './wiring/registers';
import { buildSheets, sheetEndpoints, sheetJobs } from './wiring/sheets';
import { endpointsOf, jobsOf } from './wiring/surface';

export interface Service {
  app: Express;
  db: Db;
  endpoints: readonly Endpoint[];
  jobs: readonly Job[];
  /** Shown once: the first account, made when the database had none. */
  firstAccount?: FirstAccount;
  /** Deadlines and notices, for what runs inside the process. */
  time: Pick<Registers, 'deadlines' | 'notifications'>;
  /** Started by whoever serves: until then entries wait. */
  log: LogKeeper;
  /** The self-audit of the log, now; what it finds is stored and told on /readyz. */
  auditLog: Auditor['auditNow'];
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

/** Opens the database, migrates it, makes what is missing, builds every service and the application over them. */
export async function createService(config: Config, options: WireOptions): Promise<Service> {
  const { sources, log } = options;
  const db = await openDatabase(
    { url: config.databaseUrl, directory: config.dataDirectory, entities, migrations },
    sources,
  );
  try {
    await refuseUnfinished(db);
    return await assemble(db, config, options);
  } catch (error) {
    await db.close().catch((err: unknown) => log.warn({ err }, 'closing after a failed start failed'));
    throw error;
  }
}

/** One after the other: what comes later is used by what comes before. */
async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}

/** Formal notices are about cases; asked when a request comes. */
const matterOf = (line: () => Line): NotificationDeps['matter'] => ({
  guards: (...a) => line().cases.notices.guards(...a),
  served: (...a) => line().cases.notices.served(...a),
  undelivered: (...a) => line().cases.notices.undelivered(...a),
});

/** Ready while the database answers and nobody has asked to stop. */
function readinessOf(db: Db, notesOf: () => Promise<readonly string[]>) {
  let stopping = false;
  return {
    read: async () => {
      await db.m.query('SELECT 1');
      const notes = await notesOf();
      return { ready: !stopping, notes: stopping ? [...notes, '正在停止'] : notes };
    },
    beginStop: () => {
      stopping = true;
    },
  };
}

type Figures = () => Promise<Record<string, number>>;

/** The figures of all parts in one. */
const figuresOf =
  (parts: readonly { figures: Figures }[]): Figures =>
  async () =>
    Object.assign({}, ...(await Promise.all(parts.map((part) => part.figures())))) as Record<string, number>;

/** Where one signs out of the unified sign-in. */
const formTargetsOf = ({ oidc }: Config): string[] => (oidc ? [new URL(oidc.issuer).origin] : []);

/** The console is for those who sign in: not where only the public is served. */
const hasConsole = ({ routes }: Config): boolean => routes.some((face) => face !== 'public');

const pagesOf = (config: Config, { sources }: WireOptions) =>
  hasConsole(config)
    ? [consolePages(path.join(projectRoot(), 'dist', 'web'), SESSION_COOKIE, sources.randomness, formTargetsOf(config))]
    : [];

type AppParts = 'blobs' | 'requestHashKey' | 'signIn' | 'endpoints' | 'pages' | 'lostPage' | 'readiness' | 'figures';

const appOver = (db: Db, config: Config, { log, version }: WireOptions, parts: Pick<AppDeps, AppParts>): Express =>
  createApp({
    ...parts,
    db,
    log,
    version,
    problems: problemCatalogue,
    routes: config.routes,
    // Where the public has no pages, whoever opens the printed address is staff.
    ...(hasConsole(config) ? { home: '/console/' } : {}),
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    formTargets: formTargetsOf(config),
    maxUpload: config.maxUpload,
  });

const operationsOver = (db: Db, { version }: WireOptions, parts: Omit<OperationsDeps, 'db' | 'version'>): Endpoint[] =>
  operationsEndpoints(createOperations({ db, version, ...parts }));

async function assemble(db: Db, config: Config, options: WireOptions): Promise<Service> {
  const { key, note } = await masterKeyFor(db, config, options.sources);
  const notes = note ? [note] : [];
  const logState = createLogState();
  let made: Prepared | undefined;
  let registers: Registers | undefined;
  let firstAccount: Service['firstAccount'];
  await migrate(db, async () => {
    made = await prepare(db, config, key);
    registers = buildRegisters(db, config, made, {
      ...options,
      watch: logState,
      papers: { make: (spec) => papers.paperMaker.make(spec) },
      persons: personLine(options.sources.clock, () => line),
      matter: matterOf(() => line),
      fileReaders: () => fileReaders(registers!, line, papers),
    });
    await registers.identity.checkAuthority();
    await registers.calendar.ensureShipped();
    firstAccount = await registers.identity.ensureFirstAccount();
  });
  notes.push(...registers!.notifications.notes);
  const { keeper, auditor, ...logged } = await buildLog(db, made!, logState, { ...config, ...options });
  const line: Line = buildLine(db, registers!, () => papers.pledges);
  const papers = buildPapers(db, made!, registers!, line);
  const sheets = buildSheets(registers!, made!, options.log);
  const face = buildPublicFace(db, config, registers!, line, { log: options.log, problems: problemCatalogue });
  const readiness = readinessOf(db, async () => [...notes, ...keeper.notes(), ...(await auditor.notes())]);
  const jobs = [...jobsOf(db, made!.blobs, registers!, line), ...sheetJobs(sheets), auditor.job];
  const figures = figuresOf([registers!.notifications, keeper, auditor]);
  const endpoints = [
    ...endpointsOf(registers!, line, papers, db),
    ...[...face.endpoints, ...logged.endpoints(factReaders(db, registers!, line)), ...logKeys(registers!, made!)],
    ...sheetEndpoints(sheets, registers!, line),
    ...operationsOver(db, options, { jobs, readiness: readiness.read, figures }),
  ];
  const app = appOver(db, config, options, {
    blobs: made!.blobs,
    requestHashKey: made!.requestHashKey,
    signIn: registers!.identity.signIn,
    endpoints,
    pages: [logged.files, ...pagesOf(config, options), ...face.pages],
    lostPage: face.lostPage,
    readiness: readiness.read,
    figures,
  });
  return {
    app,
    db,
    endpoints,
    jobs,
    firstAccount,
    time: { deadlines: registers!.deadlines, notifications: registers!.notifications },
    notes: [...notes, ...keeper.notes()],
    log: keeper,
    auditLog: auditor.auditNow,
    beginStop: readiness.beginStop,
    close: () => closeAll([{ close: keeper.stop }, auditor, sheets, papers, db]),
  };
}
