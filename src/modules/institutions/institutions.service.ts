import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { isRecorded, type Moment, recordVersion, versionsAt } from '../../kernel/db/history';
import { momentOf, spanOf, todayOf } from '../../kernel/db/moment';
import {
  changeRecord,
  expectVersion,
  type MayRead,
  replyOf,
  type Unchanged,
  wholeEntry,
} from '../../kernel/db/records';
import type { Recorders } from '../../kernel/db/record-history';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { say } from '../../kernel/pure/wording';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import { mayActor, type Permission } from '../identity';
import type {
  DocumentFacts,
  LegalForm,
  LegalPersonality,
  OrganisationRef,
  PublicInstitutionClass,
} from '../organisations';
import { organisationGuard } from '../organisations';
import { institutionOfChange } from './changes/changes.store';
import { createChanges, type ChangeDeps, type Changes } from './changes/changes.service';
import {
  evidence,
  type AmendInstitution,
  type InstitutionEntry,
  type InstitutionItem,
  type InstitutionReply,
  type LegalPersonEvidence,
  type RegisterInstitution,
} from './institutions.contract';
import { judgeCertificate, judgeEligibility, readableBy } from './institutions.rules';
import {
  bodiesOfInstitutions,
  findInstitution,
  findOfOrganisation,
  Institution,
  InstitutionVersion,
} from './institutions.store';
import { createInstitutionHistories, type InstitutionHistories } from './history.views';
import { certificateShown, listInstitutions, namesOfInstitutions, readInstitution } from './institutions.views';

export interface InstitutionDeps extends ChangeDeps {
  recorders: Recorders;
}

export interface InstitutionRef {
  id: string;
  organisationId: string;
  uscc: string;
}

/** The evidence on file on a day, and what the organisation was then. */
export interface InstitutionFacts {
  legalPersonEvidence: LegalPersonEvidence | null;
  experience: string | null;
  office: string | null;
  managementRules: string | null;
  training: string | null;
  stableWork: string | null;
  /** Every paper of the body known then, expired ones too; `validTo` is a paper's last day. */
  documents: readonly DocumentFacts[];
  legalForm: LegalForm | null;
  /** What the certificate says of its legal personality; null where nobody said. */
  legalPersonality: LegalPersonality | null;
  publicInstitutionClass: PublicInstitutionClass | null;
  /** Province codes of registration, by the credit code and by the address. */
  registeredProvince: { byCode: string; byAddress: string | null } | null;
  /** Why a body that the circular does not name was taken in; null for those it names. */
  manualDecision: string | null;
}

/** Front door of the register of assessors. */
export interface Institutions extends InstitutionHistories, Changes {
  /** Who may read the records on which stored files hang. */
  fileReaders: Record<'institution' | 'institution-change', MayRead>;
  register(call: Call, body: RegisterInstitution): Promise<InstitutionReply>;
  /** The same in the caller's transaction, for lists; the caller holds the organisation's guard. */
  registerWithin(tx: Tx, call: Call, body: RegisterInstitution): Promise<Institution>;
  /** Throws `request.precondition-failed` unless the record still has the version that the caller read. */
  amend(call: Call, id: string, version: number, body: AmendInstitution): Promise<InstitutionReply & Unchanged>;
  list(actor: Actor, request: PageRequest & { q?: string }): Promise<Page<InstitutionItem>>;
  read(actor: Actor, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<InstitutionReply>;
  /** Throws Problem `request.not-found`. */
  load(on: Reads, id: string): Promise<InstitutionRef>;
  /** Takes a normalised code. */
  byCode(on: Reads, uscc: string): Promise<InstitutionRef | undefined>;
  /** The assessor's file of the body, if it has one. */
  ofOrganisation(on: Reads, organisationId: string): Promise<{ id: string } | undefined>;
  today(): LegalDate;
  /** What was on file at the moment; undefined when no entry holds there. */
  at(on: Reads, id: string, moment: Moment): Promise<InstitutionFacts | undefined>;
  /** The body whose papers the actor may see: that of its institution, or the operator it works for; undefined = all. */
  bodyOf(on: Reads, actor: Actor): Promise<string | undefined>;
  /** The organisation's name at the moment; its credit code when no entry holds there. */
  nameAt(on: Reads, id: string, moment: Moment): Promise<string>;
  /** The same of at most a few hundred, by id. */
  namesAt(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, string>>;
  /** The bodies behind these, by their ids. */
  bodiesOf(on: Reads, ids: readonly string[]): Promise<string[]>;
}

const notFound = (id: string): Problem =>
  new Problem('request.not-found', { id, what: say('评估机构', 'institution') });

const evidenceOf = (v: InstitutionVersion) => ({
  legalPersonEvidence: certificateShown(v.legalPersonEvidence),
  experience: v.experience,
  office: v.office,
  managementRules: v.managementRules,
  training: v.training,
  stableWork: v.stableWork,
  manualDecision: v.manualDecision,
});

/** The register of assessors: the evidence by which an organisation may assess. */
export function createInstitutions(deps: InstitutionDeps): Institutions {
  const { db, command, audit, organisations } = deps;
  const { clock, ids } = deps.sources;

  const loadRow = async (on: Reads, id: string): Promise<Institution> => {
    const row = await findInstitution(on, id);
    if (!row) throw notFound(id);
    return row;
  };
  const loadFor = async (actor: Actor, id: string): Promise<Institution> => {
    const only = readableBy(actor);
    if (only !== undefined && only !== id) throw notFound(id);
    return loadRow(db, id);
  };
  const changes = createChanges(deps, { load: loadRow, ofOrganisation: findOfOrganisation });
  const refOf = async (on: Reads, row: Institution): Promise<InstitutionRef> => {
    const { uscc } = await organisations.load(on, row.organisationId);
    return { id: row.id, organisationId: row.organisationId, uscc };
  };
  const load: Institutions['load'] = async (on, id) => refOf(on, await loadRow(on, id));
  const reading = async (on: Reads, row: Institution, moment: Moment): Promise<InstitutionReply> =>
    readInstitution(on, clock, organisations, row, moment, (await changes.marksOf(on, [row.id])).get(row.id)!);

  const record = async (
    tx: Tx,
    call: Call,
    row: { id: string; organisationId: string },
    body: InstitutionEntry,
  ): Promise<boolean> => {
    const { id, organisationId } = row;
    const onDay = await organisations.at(tx, organisationId, { ...todayOf(clock), asOf: body.from });
    unwrap(judgeCertificate(onDay?.legalForm, body.legalPersonEvidence));
    const fileId = body.legalPersonEvidence?.fileId ?? null;
    if (fileId !== null) await deps.files.attach(tx, call, fileId, { kind: 'institution', ref: id });
    const { from, lastDay, paper, ...fields } = body;
    const recording = { ...spanOf({ from, lastDay }), by: call.actor.accountId, paper };
    const stamp = { now: clock.now(), id: ids.timed };
    const said = { institutionId: id, ...fields };
    if (await isRecorded(tx, InstitutionVersion, { institutionId: id }, said, recording)) return false;
    await recordVersion(tx, InstitutionVersion, { institutionId: id }, said, recording, stamp);
    return true;
  };

  const entryOf = async (tx: Tx, id: string, { from, lastDay, paper, ...said }: AmendInstitution) => {
    const [v] = await versionsAt(tx, InstitutionVersion, { institutionId: id }, { ...todayOf(clock), asOf: from });
    return { from, lastDay, paper, ...wholeEntry(evidence, said, v && evidenceOf(v)) };
  };

  const organisationOf = async (tx: Reads, body: RegisterInstitution): Promise<OrganisationRef> => {
    if (body.organisationId !== undefined) return organisations.load(tx, body.organisationId);
    const found = await organisations.byCode(tx, body.uscc!);
    if (!found) throw new Problem('institution.organisation-missing', { uscc: body.uscc });
    return found;
  };

  const registerWithin: Institutions['registerWithin'] = async (tx, call, body) => {
    const organisation = await organisationOf(tx, body);
    const { id: organisationId, uscc } = organisation;
    const present = await findOfOrganisation(tx, organisationId);
    if (present) throw new Problem('institution.already-registered', { uscc, id: present.id });
    const { from, paper, uscc: _uscc, organisationId: _id, ...said } = body;
    const onDay = await organisations.at(tx, organisationId, { ...todayOf(clock), asOf: from });
    unwrap(judgeEligibility(uscc, onDay?.legalForm, said.manualDecision, onDay?.legalPersonality));
    const row = { id: ids.timed(), organisationId, registeredAt: clock.now(), version: 1 };
    await tx.m.insert(Institution, row);
    await organisations.follow(tx, organisation, { list: 'inst', place: row.id });
    await record(tx, call, row, { from, lastDay: null, paper, ...said });
    await organisations.remindOfPapers(tx, organisationId);
    await audit.append(tx, call, {
      type: 'institution.registered',
      subjects: [`institution:${uscc}`],
      payload: { institutionId: row.id, organisationId, uscc, from, paper, ...said },
    });
    return row;
  };

  const register: Institutions['register'] = (call, body) =>
    // A name that is amended at this moment must reach the new assessor too.
    command(call, { subjects: async () => [organisationGuard((await organisationOf(db, body)).id)] }, async (tx) =>
      reading(tx, await registerWithin(tx, call, body), todayOf(clock)),
    );

  const amend: Institutions['amend'] = (call, id, version, body) =>
    // Evidence that goes may turn a verdict to no, so the doors meet this act on the guard row.
    command(call, { subjects: () => [{ kind: 'institution', id }] }, async (tx) => {
      const row = await loadRow(tx, id);
      expectVersion(row, version);
      const entry = await entryOf(tx, id, body);
      const changed = await record(tx, call, row, entry);
      if (changed) {
        await changeRecord(tx, Institution, row, {});
        await audit.append(tx, call, { type: 'institution.amended', payload: { institutionId: id, ...entry } });
      }
      return replyOf(tx, await reading(tx, row, todayOf(clock)), changed ? 'changed' : 'unchanged');
    });

  const at: Institutions['at'] = async (on, id, moment) => {
    const [v] = await versionsAt(on, InstitutionVersion, { institutionId: id }, moment);
    if (!v) return undefined;
    const row = await loadRow(on, id);
    const body = await organisations.at(on, row.organisationId, moment);
    const form = {
      legalForm: body?.legalForm ?? null,
      legalPersonality: body?.legalPersonality ?? null,
      publicInstitutionClass: body?.publicInstitutionClass ?? null,
      registeredProvince: body?.registeredProvince ?? null,
    };
    const documents = await organisations.documentsAt(on, row.organisationId, moment);
    return { ...evidenceOf(v), documents, ...form };
  };

  /** An institution reads its own files, the house's officers those of all: these records name no authority. */
  const readsFileOf =
    (permission: Permission, institutionOf: (on: Reads, id: string) => Promise<string | undefined>): MayRead =>
    async (on, actor, id) => {
      if (!mayActor(actor, permission)) return false;
      const only = readableBy(actor);
      return only === undefined ? deps.scope.isOfHouse(on, actor) : only === (await institutionOf(on, id));
    };

  return {
    ...changes,
    fileReaders: {
      institution: readsFileOf('register.read', async (_on, id) => id),
      'institution-change': readsFileOf('institution-change.read', institutionOfChange),
    },
    ofOrganisation: findOfOrganisation,
    today: () => todayOf(clock).asOf,
    register,
    registerWithin,
    amend,
    list: (actor, request) =>
      listInstitutions(db, organisations, readableBy(actor), request, (ids) => changes.marksOf(db, ids)),
    read: async (actor, id, asked) => reading(db, await loadFor(actor, id), momentOf(clock, asked)),
    ...createInstitutionHistories(db, deps.recorders, async (reader, id) => refOf(db, await loadFor(reader, id))),
    load,
    byCode: async (on, uscc) => {
      const organisation = await organisations.byCode(on, uscc);
      const row = organisation && (await findOfOrganisation(on, organisation.id));
      return row && refOf(on, row);
    },
    at,
    bodyOf: async (on, actor) => {
      if (actor.role === 'mine') return actor.organisationId ?? '';
      const only = readableBy(actor);
      if (only === undefined) return undefined;
      return (await findInstitution(on, only))?.organisationId ?? '';
    },
    bodiesOf: bodiesOfInstitutions,
    namesAt: (on, ids, moment) => namesOfInstitutions(on, organisations, ids, moment),
    nameAt: async (on, id, moment) => organisations.nameAt(on, (await loadRow(on, id)).organisationId, moment),
  };
}
