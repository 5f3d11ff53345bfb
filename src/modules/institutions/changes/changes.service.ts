import { In } from 'typeorm';
import type { Actor, Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { changeRecord, expectVersion, loadRecord } from '../../../kernel/db/records';
import type { Tx } from '../../../kernel/db/transaction';
import type { Page } from '../../../kernel/http/page';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf, type Instant, type LegalDate } from '../../../kernel/pure/time';
import { Problem, unwrap } from '../../../kernel/problem';
import type { Sources } from '../../../kernel/sources';
import type { Audit } from '../../audit-log';
import type { Documents } from '../../documents';
import type { Scope } from '../../identity';
import { organisationGuard, type Organisations } from '../../organisations';
import type { Deadlines } from '../../policy';
import { readableBy } from '../institutions.rules';
import type { Institution } from '../institutions.store';
import type {
  AnswerDuty,
  ChangeKind,
  ChangeProposal,
  ChangeReply,
  OpenDuty,
  ReportChange,
  ReportingMark,
} from './changes.contract';
import {
  judgeHappened,
  judgeLateness,
  judgeProposal,
  judgeReportBy,
  kindNames,
  moveChange,
  type WorkingDays,
} from './changes.rules';
import { InstitutionChange, listChanges, marksOf, shownChange, type ChangesAsked } from './changes.store';
import { changeStates, type ChangeState } from './changes.states';

export interface ChangeDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sources: Sources;
  organisations: Organisations;
  files: Pick<Documents, 'attach'>;
  scope: Pick<Scope, 'isOfHouse' | 'requireHouse'>;
  /** Working days as they are known now. */
  workingDays(on: Reads): Promise<WorkingDays>;
  /** Within how many working days a change must be reported, by the profile of the day. */
  reportDays(on: Reads, day: LegalDate): Promise<number>;
  deadlines: Pick<Deadlines, 'open' | 'close'>;
  /** Tells the institution's clerks, or the officers of the authority when nobody else is named. */
  tell(
    tx: Tx,
    notice: { institutionId?: string; kind: ChangeNotice; deadline: LegalDate | null; ref: string },
  ): Promise<void>;
}

export type ChangeNotice = 'change.owed' | 'change.reported' | 'change.returned';

/** The register's own rows, handed in by the room next door. */
export interface ChangeRooms {
  /** Throws Problem `request.not-found`. */
  load(on: Reads, id: string): Promise<Institution>;
  ofOrganisation(on: Reads, organisationId: string): Promise<Institution | undefined>;
}

/** A change that an act in a register has just brought to light. */
export interface NotedChange {
  kind: ChangeKind;
  happenedOn: LegalDate;
  /** The day on which the institution told of it; null when it did not. */
  reportedOn: LegalDate | null;
  paper: string | null;
  /** The record that shows it. */
  ref?: string;
}

export interface Changes {
  reportChange(call: Call, institutionId: string, body: ReportChange): Promise<ChangeReply>;
  openDuty(call: Call, institutionId: string, body: OpenDuty): Promise<ChangeReply>;
  answerDuty(call: Call, id: string, version: number, body: AnswerDuty): Promise<ChangeReply>;
  confirmChange(call: Call, id: string, version: number, body: { paper: string }): Promise<ChangeReply>;
  returnChange(
    call: Call,
    id: string,
    version: number,
    body: { reason: string; reportBy: LegalDate },
  ): Promise<ChangeReply>;
  dropChange(call: Call, id: string, version: number, body: { reason: string }): Promise<ChangeReply>;
  listChanges(actor: Actor, asked: ChangesAsked): Promise<Page<ChangeReply>>;
  readChange(actor: Actor, id: string): Promise<ChangeReply>;
  changePhone(
    call: Call,
    institutionId: string,
    body: { phone: string },
  ): Promise<{ institutionId: string; phone: string; from: string }>;
  /**
   * Enters a change that a register shows, inside the act's transaction: confirmed with its report, or as a duty that is
   * open. Without effect for bodies that are no assessors, for what happened before they were registered, and for what is
   * entered already.
   */
  noteChange(
    tx: Tx,
    call: Call,
    whose: { organisationId: string } | { institutionId: string },
    noted: NotedChange,
  ): Promise<void>;
  /** What each institution owes today. */
  marksOf(on: Reads, institutionIds: readonly string[]): Promise<Map<string, ReportingMark>>;
}

const WHAT = say('变更报告', 'report of changes');
const DEADLINE = 'organisation.change-report';
const changeNotFound = (id: string): Problem => new Problem('request.not-found', { what: WHAT, id });

/** As notices name it. */
const eventOf = {
  opened: 'institution.change-opened',
  reported: 'institution.change-reported',
  confirmed: 'institution.change-confirmed',
  returned: 'institution.change-returned',
  dropped: 'institution.change-dropped',
} as const;

const refOf = (c: { id: string }): string => `institution-change:${c.id}`;

const guardOf = (institutionId: string) => ({ kind: 'institution', id: institutionId }) as const;

/** Changes that must be reported within the profile's working days (生态环境部令第9号第十一条 as model). */
export function createChanges(deps: ChangeDeps, rooms: ChangeRooms): Changes {
  const { db, command, audit, organisations, deadlines } = deps;
  const { clock, ids } = deps.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  const shown = async (on: Reads, c: InstitutionChange): Promise<ChangeReply> =>
    shownChange(c, today(), await deps.workingDays(on));

  const loadInstitution = async (on: Reads, actor: Actor, id: string): Promise<Institution> => {
    const only = readableBy(actor);
    if (only !== undefined && only !== id)
      throw new Problem('request.not-found', { what: say('评估机构', 'institution'), id });
    return rooms.load(on, id);
  };

  const load = async (on: Reads, actor: Actor, id: string): Promise<InstitutionChange> => {
    const c = await loadRecord(on, InstitutionChange, { id }, WHAT);
    const only = readableBy(actor);
    if (only !== undefined && only !== c.institutionId) throw changeNotFound(id);
    return c;
  };

  /** What was sent with the report, and what it proposes to file: the officers who confirm it read both. */
  const attachFiles = async (
    tx: Tx,
    call: Call,
    ref: string,
    { fileIds, proposal }: Pick<InstitutionChange, 'fileIds' | 'proposal'>,
  ): Promise<void> => {
    const proposed = (proposal?.documents ?? []).flatMap((d) => (d.fileId ? [d.fileId] : []));
    for (const id of [...fileIds, ...proposed]) {
      await deps.files.attach(tx, call, id, { kind: 'institution-change', ref });
    }
  };

  /** Papers that are to be renewed are the institution's own, with days that fit. */
  const requirePapers = async (on: Reads, institutionId: string, proposal: ChangeProposal | null): Promise<void> => {
    const { organisationId } = await rooms.load(on, institutionId);
    await organisations.requireDocuments(on, organisationId, proposal?.documents ?? [], '/proposal/documents');
  };

  /** The term itself, or the later day that the authority set. */
  const openDeadline = async (tx: Tx, c: InstitutionChange): Promise<void> => {
    const { institutionId } = c;
    const holders = [{ institutionId }];
    const { day: dueOn } = (await deps.workingDays(tx)).due(c.happenedOn, c.requiredDays);
    const term =
      c.reportBy !== null && c.reportBy > dueOn
        ? { startsOn: c.reportBy, days: 0, unit: 'calendar' as const, roll: false }
        : { startsOn: c.happenedOn, days: c.requiredDays, unit: 'working' as const };
    const opened = await deadlines.open(tx, { kind: DEADLINE, ref: c.id, holders, ...term });
    const kind = c.state === 'returned' ? 'change.returned' : 'change.owed';
    await deps.tell(tx, { institutionId, kind, deadline: opened.dueOn, ref: refOf(c) });
  };

  const tellReported = (tx: Tx, c: InstitutionChange): Promise<void> =>
    deps.tell(tx, { kind: 'change.reported', deadline: null, ref: refOf(c) });

  const enter = async (
    tx: Tx,
    call: Call,
    institutionId: string,
    what: Pick<InstitutionChange, 'kind' | 'state' | 'happenedOn' | 'note'> & Partial<InstitutionChange>,
  ): Promise<InstitutionChange> => {
    const act = what.state === 'open' ? 'opened' : what.state === 'confirmed' ? 'confirmed' : 'reported';
    const c: InstitutionChange = {
      id: ids.timed(),
      institutionId,
      sourceRef: null,
      reportedOn: null,
      confirmedOn: null,
      requiredDays: await deps.reportDays(tx, what.happenedOn),
      reportBy: null,
      paper: null,
      fileIds: [],
      proposal: null,
      steps: [{ act, on: today(), reason: null, by: call.actor.accountId }],
      version: 1,
      ...what,
    };
    await attachFiles(tx, call, c.id, c);
    await tx.m.insert(InstitutionChange, c);
    if (c.state === 'open') await openDeadline(tx, c);
    if (c.state === 'reported') await tellReported(tx, c);
    // What was proposed stays in the register: it may name persons.
    const { id, kind, state, happenedOn, reportedOn, requiredDays, reportBy, paper, fileIds } = c;
    const payload = { change: id, institutionId, kind, state, happenedOn, reportedOn, requiredDays, reportBy, paper };
    await audit.append(tx, call, { type: eventOf[act], payload: { ...payload, fileIds } });
    return c;
  };

  /** One move of a change that stands. */
  const move = async (
    call: Call,
    id: string,
    version: number,
    to: { state: ChangeState; act: 'reported' | 'returned' | 'confirmed' | 'dropped'; reason: string | null },
    patch: (tx: Tx, c: InstitutionChange) => Promise<Partial<InstitutionChange>>,
  ): Promise<ChangeReply> => {
    const { institutionId } = await load(db, call.actor, id);
    const { organisationId } = await rooms.load(db, institutionId);
    const subjects = () => [guardOf(institutionId), organisationGuard(organisationId)];
    return command(call, { subjects }, async (tx) => {
      const c = await load(tx, call.actor, id);
      expectVersion(c, version);
      const state = unwrap(moveChange(c.state, to.state));
      const more = await patch(tx, c);
      const steps = [...c.steps, { act: to.act, on: today(), reason: to.reason, by: call.actor.accountId }];
      await changeRecord(tx, InstitutionChange, c, { ...more, state, steps });
      if (state === 'returned') await openDeadline(tx, c);
      else await deadlines.close(tx, DEADLINE, id);
      if (state === 'reported') await tellReported(tx, c);
      const { kind, happenedOn, reportedOn, confirmedOn, reportBy, paper } = c;
      const payload = { change: id, institutionId, kind, happenedOn, reportedOn, confirmedOn, reportBy, paper };
      await audit.append(tx, call, {
        type: eventOf[to.act],
        payload: { ...payload, reason: to.reason },
      });
      return shown(tx, c);
    });
  };

  const known = async (
    on: Reads,
    institutionId: string,
    { kind, happenedOn, ref }: Pick<NotedChange, 'kind' | 'happenedOn' | 'ref'>,
  ): Promise<InstitutionChange | null> => {
    const alive = In(changeStates.filter((s) => s !== 'dropped'));
    const where = { institutionId, kind, happenedOn, state: alive };
    return on.m.findOneBy(InstitutionChange, ref === undefined ? where : { ...where, sourceRef: ref });
  };

  /** Registers what was proposed, from the day on which it happened. */
  const apply = async (tx: Tx, call: Call, c: InstitutionChange, paper: string): Promise<void> => {
    const { organisationId } = await rooms.load(tx, c.institutionId);
    const { organisation, documents }: ChangeProposal = c.proposal ?? { organisation: {}, documents: [] };
    if (Object.keys(organisation).length > 0) {
      await organisations.patch(tx, call, organisationId, { from: c.happenedOn, paper, content: organisation });
    }
    await organisations.fileDocuments(tx, call, organisationId, documents);
  };

  return {
    reportChange: (call, institutionId, body) =>
      command(call, { subjects: () => [guardOf(institutionId)] }, async (tx) => {
        await loadInstitution(tx, call.actor, institutionId);
        unwrap(judgeHappened(body.happenedOn, today()));
        unwrap(judgeProposal(body.kind, body.proposal));
        await requirePapers(tx, institutionId, body.proposal);
        const c = await enter(tx, call, institutionId, { ...body, state: 'reported', reportedOn: today() });
        return shown(tx, c);
      }),
    openDuty: (call, institutionId, { kind, happenedOn, note, paper, reportBy }) =>
      command(call, { subjects: () => [guardOf(institutionId)] }, async (tx) => {
        await loadInstitution(tx, call.actor, institutionId);
        unwrap(judgeHappened(happenedOn, today()));
        const present = await known(tx, institutionId, { kind, happenedOn });
        if (present) throw new Problem('change.known', { id: present.id });
        const days = await deps.workingDays(tx);
        const { day: dueOn } = days.due(happenedOn, await deps.reportDays(tx, happenedOn));
        unwrap(judgeReportBy(reportBy, dueOn, today()));
        return shown(
          tx,
          await enter(tx, call, institutionId, { kind, happenedOn, note, paper, reportBy, state: 'open' }),
        );
      }),
    answerDuty: (call, id, version, { note, fileIds, proposal }) =>
      move(call, id, version, { state: 'reported', act: 'reported', reason: null }, async (tx, c) => {
        unwrap(judgeProposal(c.kind, proposal));
        await requirePapers(tx, c.institutionId, proposal);
        await attachFiles(tx, call, id, { fileIds, proposal });
        // The first report counts for lateness; what is put right later does not make it later.
        return { note, fileIds, proposal, reportedOn: c.reportedOn ?? today() };
      }),
    confirmChange: (call, id, version, { paper }) =>
      move(call, id, version, { state: 'confirmed', act: 'confirmed', reason: null }, async (tx, c) => {
        await apply(tx, call, c, paper);
        return { paper, confirmedOn: today() };
      }),
    returnChange: (call, id, version, { reason, reportBy }) =>
      move(call, id, version, { state: 'returned', act: 'returned', reason }, async (tx, c) => {
        const { dueOn } = judgeLateness(c, today(), await deps.workingDays(tx));
        unwrap(judgeReportBy(reportBy, dueOn, today()));
        return { reportBy };
      }),
    dropChange: (call, id, version, { reason }) =>
      move(call, id, version, { state: 'dropped', act: 'dropped', reason }, async () => ({})),
    listChanges: async (actor, asked) =>
      listChanges(db, readableBy(actor), asked, { today: today(), days: await deps.workingDays(db) }),
    readChange: async (actor, id) => shown(db, await load(db, actor, id)),
    changePhone: async (call, institutionId, { phone }) => {
      const { organisationId } = await loadInstitution(db, call.actor, institutionId);
      return command(call, { subjects: () => [organisationGuard(organisationId)] }, async (tx) => {
        const from = today();
        const content = { from, paper: '评估机构自行更新联系电话', content: { phone } };
        await organisations.patch(tx, call, organisationId, content);
        await audit.append(tx, call, { type: 'institution.phone-changed', payload: { institutionId, from } });
        return { institutionId, phone, from };
      });
    },
    noteChange: async (tx, call, whose, { kind, happenedOn, reportedOn, paper, ref }) => {
      const institution =
        'institutionId' in whose
          ? await rooms.load(tx, whose.institutionId)
          : await rooms.ofOrganisation(tx, whose.organisationId);
      if (!institution) return;
      if (happenedOn <= legalDateOf(institution.registeredAt as Instant)) return;
      if (await known(tx, institution.id, { kind, happenedOn, ref })) return;
      const told = reportedOn !== null;
      await enter(tx, call, institution.id, {
        kind,
        happenedOn,
        sourceRef: ref ?? null,
        paper,
        note: `登记的变更：${kindNames[kind]}`,
        state: told ? 'confirmed' : 'open',
        reportedOn,
        confirmedOn: told ? today() : null,
      });
    },
    marksOf: async (on, institutionIds) =>
      marksOf(on, institutionIds, { today: today(), days: await deps.workingDays(on) }),
  };
}
