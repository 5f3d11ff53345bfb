import { IsNull } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { isRecorded, type Moment, recordVersion, versionsAt } from '../../kernel/db/history';
import { lastDayOf, momentOf, spanOf, todayOf } from '../../kernel/db/moment';
import { followNames, repostChange, type Listed } from '../../kernel/db/name-index';
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
import { nameKey } from '../../kernel/pure/text';
import { addDays, type Instant, type LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
import type { Audit } from '../audit-log';
import type { Documents } from '../documents';
import { mayActor, type Scope } from '../identity';
import {
  organisationContent,
  type AmendOrganisation,
  type LegalForm,
  type OrganisationContent,
  type OrganisationEntry,
  type OrganisationItem,
  type OrganisationReply,
  type PublicInstitutionClass,
  type RegisterOrganisation,
} from './organisations.contract';
import type { LegalPersonality } from './core/personality';
import { carriedOn, judgeForm, judgePersonality, registeredProvince, saidOf } from './organisations.rules';
import { codeGuard, createBodyLists, type BodyLists } from './lists.service';
import { bearersOf, findableTexts, formerCodeEntries, linksOf } from './lists.store';
import { createOrganisationHistories, type OrganisationHistories } from './history.views';
import { createBodyDocuments, type BodyDocuments } from './documents.service';
import {
  findByCode,
  loadBody,
  Organisation,
  OrganisationVersion,
  organisationGuard,
  organisationPlace,
  organisationTexts,
} from './organisations.store';
import { listOrganisations, namesOf, readOrganisation } from './organisations.views';

export interface OrganisationDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sources: Sources;
  files: Pick<Documents, 'attach'>;
  scope: Pick<Scope, 'isOfHouse' | 'requireHouse'>;
  recorders: Recorders;
  /** The one body whose papers the actor may see; undefined for those who are bound to none. */
  ownBody(on: Reads, actor: Actor): Promise<string | undefined>;
  /** A registered item of the body has changed; the registers to the right may have to know. */
  changed(tx: Tx, call: Call, organisationId: string, change: BodyChange): Promise<void>;
  /** A paper of the body runs out on the day, or never; called whenever one is recorded or taken back. */
  documentEnds(tx: Tx, paper: { organisationId: string; documentId: string; lastDay: LegalDate | null }): Promise<void>;
}

/** What of a body changed from a day on, and on which day the body told of it. */
export interface BodyChange {
  kind: 'content' | 'owners' | 'code' | 'succession';
  /** Of contents: what was said of the day before, and what is said of the day itself. */
  before?: OrganisationFacts;
  after?: OrganisationFacts;
  from: LegalDate;
  reportedOn: LegalDate | null;
  paper: string;
}

export type { OrganisationContent };

export interface OrganisationRef {
  id: string;
  uscc: string;
}

/** What an organisation was on a day. */
export interface OrganisationFacts {
  name: string;
  legalForm: LegalForm;
  publicInstitutionClass: PublicInstitutionClass | null;
  legalRepresentative: string | null;
  address: string | null;
  phone: string | null;
  /** The 类型 line of the certificate, and what it or the clerk says of the legal personality; null where nobody said. */
  certificateType: string | null;
  legalPersonality: LegalPersonality | null;
  businessScope: string | null;
  registeredDivision: string | null;
  /** Province codes of registration, by the credit code and by the address. */
  registeredProvince: { byCode: string; byAddress: string | null };
}

/** Front door of the register of organisations. */
export interface Organisations extends BodyDocuments, BodyLists, OrganisationHistories {
  /** Who may read the records on which stored files hang. */
  fileReaders: Record<'organisation', MayRead>;
  register(call: Call, body: RegisterOrganisation): Promise<OrganisationReply>;
  /** Throws `request.precondition-failed` unless the record still has the version that the caller read. */
  amend(call: Call, id: string, version: number, body: AmendOrganisation): Promise<OrganisationReply & Unchanged>;
  /**
   * Changes some items from a day on, inside the caller's transaction, which holds the body's guard; the rest of what is
   * said of each day stays. Throws Problem `change.no-record` where nothing is said of that day.
   */
  patch(
    tx: Tx,
    call: Call,
    id: string,
    change: { from: LegalDate; paper: string; content: Partial<OrganisationContent> },
  ): Promise<void>;
  list(request: PageRequest & { q?: string }): Promise<Page<OrganisationItem>>;
  read(id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<OrganisationReply>;
  /** From now on the record in another list is found by the names and the code of the body, whatever they become. */
  follow(tx: Tx, organisation: OrganisationRef, follower: Listed): Promise<void>;
  /** Throws Problem `request.not-found`. */
  load(on: Reads, id: string): Promise<OrganisationRef>;
  /** Takes a normalised code, present or former. */
  byCode(on: Reads, uscc: string): Promise<OrganisationRef | undefined>;
  /** The registered ones among at most a few hundred normalised codes, present or former, by the code asked for. */
  byCodes(on: Reads, usccs: readonly string[]): Promise<Map<string, OrganisationRef>>;
  /** What it was at the moment; undefined when no entry holds there. */
  at(on: Reads, id: string, moment: Moment): Promise<OrganisationFacts | undefined>;
  /** The name borne at the moment; the credit code when no entry holds there. */
  nameAt(on: Reads, id: string, moment: Moment): Promise<string>;
  /** Code and name at the moment of at most a few hundred organisations, by id. */
  namesAt(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, { uscc: string; name: string }>>;
}

/** The register of organisations: any body, by its lasting code, with what it was on every day. */
export function createOrganisations(deps: OrganisationDeps): Organisations {
  const { db, command, audit, sources } = deps;
  const { clock, ids } = sources;

  const reading = async (on: Reads, row: Organisation, moment: Moment): Promise<OrganisationReply> =>
    readOrganisation(on, clock, row, moment, await linksOf(on, row.id, moment));

  const record = async (
    tx: Tx,
    call: Call,
    row: OrganisationRef,
    body: OrganisationEntry,
    type: 'organisation.registered' | 'organisation.amended',
    anew = true,
  ): Promise<boolean> => {
    const { from, lastDay, paper, legalRepresentative, phone, ...said } = body;
    unwrap(judgeForm(row.uscc, said.legalForm, said.publicInstitutionClass));
    const legalPersonality = unwrap(judgePersonality(said.certificateType, said.legalPersonality));
    const open = { ...said, legalPersonality };
    const where = { organisationId: row.id };
    const fields = { ...where, ...open, nameKey: nameKey(body.name), legalRepresentative, phone };
    const recording = { ...spanOf({ from, lastDay }), by: call.actor.accountId, paper };
    if (!anew && (await isRecorded(tx, OrganisationVersion, where, fields, recording))) return false;
    const stamp = { now: clock.now(), id: ids.timed };
    const change = await recordVersion(tx, OrganisationVersion, where, fields, recording, stamp);
    await repostChange(tx, organisationPlace(row.uscc), change, organisationTexts);
    // The representative's name and the phone stay in the register: the log needs no personal data.
    const payload = { organisationId: row.id, uscc: row.uscc, from, lastDay, paper, ...open };
    await audit.append(tx, call, { type, subjects: [`organisation:${row.uscc}`], payload });
    return true;
  };

  const at: Organisations['at'] = async (on, id, moment) => {
    const [v] = await versionsAt(on, OrganisationVersion, { organisationId: id }, moment);
    if (!v) return undefined;
    const { name, legalForm, publicInstitutionClass, legalRepresentative, address, phone } = v;
    const { certificateType, legalPersonality, businessScope, registeredDivision } = v;
    const { uscc } = await loadBody(on, id);
    return {
      name,
      legalForm,
      publicInstitutionClass,
      legalRepresentative,
      address,
      phone,
      certificateType,
      legalPersonality,
      businessScope,
      registeredDivision,
      registeredProvince: registeredProvince(uscc, registeredDivision),
    };
  };

  const entryOf = async (
    tx: Tx,
    id: string,
    { from, lastDay, paper, ...said }: Omit<AmendOrganisation, 'reportedOn'>,
  ): Promise<OrganisationEntry> => {
    const inForce = await at(tx, id, { ...todayOf(clock), asOf: from });
    return { from, lastDay, paper, ...wholeEntry(organisationContent, saidOf(said, inForce), inForce) };
  };

  const patch: Organisations['patch'] = async (tx, call, id, { from, paper, content }) => {
    const row = await loadBody(tx, id);
    const entries = await tx.m.findBy(OrganisationVersion, { organisationId: id, supersededAt: IsNull() });
    const met = entries.filter((v) => v.validTo === null || v.validTo > from);
    if (!met.some((v) => v.validFrom <= from)) throw new Problem('change.no-record', { from });
    await changeRecord(tx, Organisation, row, {});
    const inOrder = [...met].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    for (const { entry: v, content: said } of carriedOn(inOrder, content)) {
      if (Object.keys(said).length === 0) continue;
      const { name, legalForm, publicInstitutionClass, legalRepresentative, address, phone } = v;
      const { certificateType, legalPersonality, businessScope, registeredDivision } = v;
      const body = { name, legalForm, publicInstitutionClass, legalRepresentative, address, phone };
      const paperSaid = { certificateType, legalPersonality, businessScope, registeredDivision };
      const span = { from: v.validFrom > from ? v.validFrom : from, lastDay: lastDayOf(v), paper };
      await record(tx, call, row, { ...body, ...paperSaid, ...said, ...span }, 'organisation.amended');
    }
  };

  return {
    fileReaders: {
      // A body's papers are read by whoever may list them; of the offices by the house's, since bodies name no authority.
      organisation: async (on, actor, id) => {
        if (!mayActor(actor, 'register.read')) return false;
        const own = await deps.ownBody(on, actor);
        return own === undefined ? deps.scope.isOfHouse(on, actor) : own === id;
      },
    },
    ...createBodyDocuments(deps),
    ...createBodyLists(deps),
    ...createOrganisationHistories(db, deps.recorders, deps.ownBody),
    register: (call, { uscc, ...fields }) =>
      command(call, { subjects: () => [codeGuard(uscc)] }, async (tx) => {
        const present = await findByCode(tx, uscc);
        if (present) throw new Problem('organisation.already-registered', { uscc, id: present.id });
        const [former] = await formerCodeEntries(tx, [uscc]);
        if (former) throw new Problem('organisation.code-of-another', { code: uscc, id: former.organisationId });
        const row = { id: ids.timed(), uscc, registeredAt: clock.now(), version: 1 };
        await tx.m.insert(Organisation, row);
        await record(tx, call, row, { ...fields, lastDay: null }, 'organisation.registered');
        return reading(tx, row, todayOf(clock));
      }),
    amend: (call, id, version, body) =>
      command(call, { subjects: () => [organisationGuard(id)] }, async (tx) => {
        const row = await loadBody(tx, id);
        expectVersion(row, version);
        const { reportedOn, ...said } = body;
        const before = await at(tx, id, { ...todayOf(clock), asOf: addDays(body.from, -1) });
        // The same content with a day of report says something new: that it was reported.
        const anew = reportedOn !== null;
        if (!(await record(tx, call, row, await entryOf(tx, id, said), 'organisation.amended', anew))) {
          return replyOf(tx, await reading(tx, row, todayOf(clock)), 'unchanged');
        }
        await changeRecord(tx, Organisation, row, {});
        const after = await at(tx, id, { ...todayOf(clock), asOf: body.from });
        if (body.lastDay === null) {
          const { from, paper } = body;
          await deps.changed(tx, call, id, { kind: 'content', before, after, from, reportedOn, paper });
        }
        return replyOf(tx, await reading(tx, row, todayOf(clock)), 'changed');
      }),
    patch,
    follow: async (tx, organisation, follower) =>
      followNames(tx, organisationPlace(organisation.uscc), follower, await findableTexts(tx, organisation)),
    list: (request) => listOrganisations(db, request),
    read: async (id, asked) => reading(db, await loadBody(db, id), momentOf(clock, asked)),
    load: loadBody,
    byCode: async (on, uscc) => (await bearersOf(on, [uscc])).get(uscc),
    byCodes: bearersOf,
    at,
    nameAt: async (on, id, moment) => (await at(on, id, moment))?.name ?? (await loadBody(on, id)).uscc,
    namesAt: namesOf,
  };
}
