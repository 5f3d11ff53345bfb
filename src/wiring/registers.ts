import type { Config } from '../config';
import { createCommand, type CommandSwitches } from '../kernel/db/command';
import type { Db, Reads } from '../kernel/db/database';
import { todayOf } from '../kernel/db/moment';
import { isFound } from '../kernel/db/records';
import type { Log } from '../kernel/log';
import type { Sources } from '../kernel/sources';
import { createAudit, type LogWatch } from '../modules/audit-log';
import { createDocuments, type DocumentDeps } from '../modules/documents';
import { createExperts, type PersonLine } from '../modules/experts';
import {
  codesAbove,
  codesOf,
  ofOwnersKind,
  createIdentity,
  createRecorders,
  enteredFor,
  type Identity,
  type PaperMaker,
  type Parties,
  type PartyBook,
  type Scope,
} from '../modules/identity';
import { createMines } from '../modules/mines';
import type { NotificationDeps } from '../modules/notifications';
import { createPolicy } from '../modules/policy';
import { eventCatalogue } from '../catalogues';
import { partyBookOf, type NamedRegisters } from './party-book';
import type { Prepared } from './prepare';
import { letterExpiry } from './papers-ending';
import { personDuties } from './person-duties';
import { buildBodies } from './register-ports';
import { buildTime } from './time';
import { workDues } from './work-dues';

/** What is built before identity asks it for the scope when a request comes. */
const scopeOf = (identity: () => Pick<Identity, 'scope'>): Scope => ({
  authoritiesOf: (...a) => identity().scope.authoritiesOf(...a),
  includes: (...a) => identity().scope.includes(...a),
  require: (...a) => identity().scope.require(...a),
  isOfHouse: (...a) => identity().scope.isOfHouse(...a),
  requireHouse: (...a) => identity().scope.requireHouse(...a),
});

/** Profiles stand left of the authorities' posts in time only: identity is asked when a request comes. */
const buildPolicy = (
  base: Pick<Parameters<typeof createPolicy>[0], 'db' | 'command' | 'audit'>,
  identity: () => Pick<Identity, 'scope' | 'actingAuthority' | 'work'>,
) =>
  createPolicy({
    ...base,
    scope: scopeOf(identity),
    work: {
      openCheck: (...a) => identity().work.openCheck(...a),
      close: (...a) => identity().work.close(...a),
    },
    actingAuthority: (call) => identity().actingAuthority(call),
    codesAbove,
    codesOf,
    ofOwnersKind,
  });

/** Who can be acted for; asked when a request comes, since these registers are built later. */
const partiesOf = (
  db: Db,
  registers: () => NamedRegisters &
    Record<'institutions' | 'organisations' | 'experts', { load(on: Reads, id: string): Promise<unknown> }>,
): Parties & PartyBook => ({
  institution: (id) => isFound(() => registers().institutions.load(db, id)),
  organisation: (id) => isFound(() => registers().organisations.load(db, id)),
  expert: (id) => isFound(() => registers().experts.load(db, id)),
  ...partyBookOf(registers),
});

interface RegisterOptions extends Pick<NotificationDeps, 'matter'> {
  sources: Sources;
  log: Log;
  switches?: CommandSwitches;
  papers: PaperMaker;
  persons: PersonLine;
  watch: LogWatch;
  fileReaders: DocumentDeps['readers'];
}

/** Who is who and what is what: registers, identity, files. */
export function buildRegisters(db: Db, config: Config, made: Prepared, options: RegisterOptions) {
  const { sources, switches } = options;
  const audit = createAudit(sources, eventCatalogue, options.watch);
  const command = createCommand(db, switches, (subjects) => experts.alike(subjects));
  const base = { db, command, audit, sources };
  const recorders = createRecorders((on, ids) => institutions.namesAt(on, ids, todayOf(sources.clock)));
  const parties = partiesOf(db, () => ({ institutions, organisations, experts }));
  const scope = scopeOf(() => identity);
  const time = buildTime(base, {
    ...config,
    log: options.log,
    vault: made.vault,
    codeKey: made.contactCodeKey,
    files: { attach: (...a) => files.attach(...a) },
    ...{ parties, scope, matter: options.matter },
  });
  const files = createDocuments({ ...base, blobs: made.blobs, readers: options.fileReaders });
  const policy = buildPolicy(base, () => identity);
  const authority: ReturnType<typeof createIdentity>['ownAuthority'] = (on) => identity.ownAuthority(on);
  const asked = { policy, authority };
  const { organisations, institutions } = buildBodies({ ...base, recorders, files, scope }, time, asked);
  const { deadlines, notifications } = time;
  const told = { clock: sources.clock, deadlines, tell: notifications.tell, work: () => identity.work };
  const duties = personDuties({ ...told, policy, authority });
  const experts = createExperts({
    ...base,
    recorders,
    vault: made.vault,
    identityKey: made.expertKey,
    institutions,
    ...{ files, scope, enteredFor },
    line: options.persons,
    duties,
  });
  const mines = createMines({ ...base, organisations, recorders, scope });
  const identity = createIdentity({
    ...base,
    vault: made.vault,
    keys: made.identityKeys,
    publicUrl: config.publicUrl,
    log: options.log,
    ...{ authority: config.authority, oidc: config.oidc },
    papers: options.papers,
    tell: notifications.tell,
    ...{ files, parties, dues: workDues(deadlines), letterExpiry: letterExpiry(told) },
  });
  return { policy, base, ...time, organisations, institutions, experts, duties, mines, documents: files, identity };
}

export type Registers = ReturnType<typeof buildRegisters>;
