import type { Actor, Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { lastDayOf, LATEST, momentOf, shownMoment, spanOf, todayOf } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { addDays, instantText, type Instant, type LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
import type { Audit } from '../audit-log';
import { mayTouch, type Institutions } from '../institutions';
import type {
  ConfirmEmployment,
  EmploymentReply,
  EndEmployment,
  RecordEmployment,
  StaffReply,
} from './employments.contract';
import { clashOf, judgeEnd, type EmploymentClash } from './employments.rules';
import { employmentsKnownAt, shownEmployment, staffAt, type EmploymentEntry } from './employments.views';
import {
  currentDays,
  Employment,
  EmploymentVersion,
  type Expert,
  findByPlatformNumber,
  findEmployment,
  findExpert,
  replaceDays,
} from './experts.store';

export interface EmploymentDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sources: Sources;
  institutions: Institutions;
  /** Stored files; `load` throws Problem `request.not-found`. */
  files: { load(on: Reads, id: string): Promise<{ id: string }> };
}

export interface Employments {
  recordEmployment(call: Call, body: RecordEmployment): Promise<EmploymentReply>;
  confirmEmployment(call: Call, id: string, body: ConfirmEmployment): Promise<EmploymentReply>;
  endEmployment(call: Call, id: string, body: EndEmployment): Promise<EmploymentReply>;
  staff(actor: Actor, institutionId: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<StaffReply>;
}

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: '聘用关系' });

const subjectsOf = (e: { institutionId: string; expertId: string }): Subject[] => [
  { kind: 'institution', id: e.institutionId },
  { kind: 'person', id: e.expertId },
];

interface Loaded {
  employment: Employment;
  days: EmploymentVersion;
  person: Expert;
}

/** Who works where, how, from which day to which. */
export function createEmployments(deps: EmploymentDeps): Employments {
  const { db, command, audit, institutions } = deps;
  const { clock, ids } = deps.sources;

  const show = async (tx: Tx, entry: EmploymentEntry, { platformNumber }: Expert): Promise<EmploymentReply> => {
    const institutionName = await institutions.nameAt(tx, entry.employment.institutionId, todayOf(clock));
    return shownEmployment(entry, { platformNumber, institutionName }, LATEST);
  };

  /** Only an officer learns where else a person works. */
  const clashProblem = async (tx: Tx, call: Call, person: Expert, clash: EmploymentClash): Promise<Problem> => {
    const { employmentId, institutionId, from, to } = clash.with;
    if (clash.kind === 'here') return new Problem('employment.already-recorded', { id: employmentId });
    const lastDay = to === null ? '今' : addDays(to, -1);
    const base = { platformNumber: person.platformNumber, from, lastDay };
    if (call.actor.role !== 'bureau')
      return new Problem('employment.full-time-elsewhere', { ...base, employer: '其他机构' });
    const employer = await institutions.nameAt(tx, institutionId, { asOf: from, knownAt: LATEST });
    return new Problem('employment.full-time-elsewhere', { ...base, employer, institutionId });
  };

  const recordEmployment: Employments['recordEmployment'] = (call, body) => {
    const { platformNumber, institutionId, kind, insuranceEvidence, paper } = body;
    const find = async (on: Reads): Promise<Expert> => {
      if (!mayTouch(call.actor, institutionId))
        throw new Problem('request.not-found', { id: institutionId, what: '评估机构' });
      await institutions.load(on, institutionId);
      const person = await findByPlatformNumber(on, platformNumber);
      if (!person) throw new Problem('employment.person-missing', { platformNumber });
      return person;
    };
    const subjects = async (): Promise<Subject[]> => subjectsOf({ institutionId, expertId: (await find(db)).id });
    return command(call, { subjects }, async (tx) => {
      const person = await find(tx);
      const employment: Employment = {
        id: ids.timed(),
        expertId: person.id,
        institutionId,
        confirmedAt: null,
        confirmedBy: null,
        signedSheetFileId: null,
        signedSheetPaper: null,
        version: 1,
      };
      requireGuarded(tx, subjectsOf(employment));
      const span = spanOf(body);
      const present = (await employmentsKnownAt(tx, { expertId: person.id }, LATEST)).map((e) => ({
        employmentId: e.employment.id,
        institutionId: e.employment.institutionId,
        kind: e.kind,
        from: e.validFrom,
        to: e.validTo,
      }));
      const clash = clashOf(present, { institutionId, kind, ...span });
      if (clash) throw await clashProblem(tx, call, person, clash);
      await tx.m.insert(Employment, employment);
      const days: EmploymentVersion = {
        id: ids.timed(),
        employmentId: employment.id,
        kind,
        insuranceEvidence,
        validFrom: span.from,
        validTo: span.to,
        recordedAt: clock.now(),
        supersededAt: null,
        recordedBy: call.actor.accountId,
        paper,
      };
      await tx.m.insert(EmploymentVersion, days);
      const { from, lastDay } = body;
      const payload = { employmentId: employment.id, expertId: person.id, institutionId, kind, from, lastDay, paper };
      await audit.append(tx, call, { type: 'employment.recorded', payload });
      return show(tx, { ...days, employment }, person);
    });
  };

  /** Runs an act on one employment under the guards of both sides. */
  const onEmployment = <T>(call: Call, id: string, work: (tx: Tx, loaded: Loaded) => Promise<T>): Promise<T> => {
    const subjects = async (): Promise<Subject[]> => {
      const found = await findEmployment(db, id);
      return found ? subjectsOf(found) : [];
    };
    return command(call, { subjects }, async (tx) => {
      const employment = await findEmployment(tx, id);
      const { actor } = call;
      const own = actor.role !== 'expert' || employment?.expertId === actor.expertId;
      if (!employment || !own || !mayTouch(actor, employment.institutionId)) throw notFound(id);
      requireGuarded(tx, subjectsOf(employment));
      const person = await findExpert(tx, employment.expertId);
      return work(tx, { employment, days: await currentDays(tx, id), person: person! });
    });
  };

  const checkSheet = async (call: Call, tx: Tx, { signedSheetFileId, paper }: ConfirmEmployment): Promise<void> => {
    if (call.actor.role === 'expert') return;
    if (signedSheetFileId === null || paper === null) throw new Problem('employment.sheet-needed');
    await deps.files.load(tx, signedSheetFileId);
  };

  const confirmEmployment: Employments['confirmEmployment'] = (call, id, body) =>
    onEmployment(call, id, async (tx, { employment, days, person }) => {
      if (employment.confirmedAt !== null) {
        const confirmedAt = instantText(employment.confirmedAt as Instant);
        throw new Problem('employment.already-confirmed', { confirmedAt });
      }
      await checkSheet(call, tx, body);
      const { signedSheetFileId, paper } = body;
      const confirmed = await changeRecord(tx, Employment, employment, {
        confirmedAt: clock.now(),
        confirmedBy: call.actor.accountId,
        signedSheetFileId,
        signedSheetPaper: paper,
      });
      const { expertId, institutionId } = employment;
      const by = call.actor.role === 'expert' ? 'person' : 'signed-sheet';
      const payload = { employmentId: id, expertId, institutionId, by, signedSheetFileId, paper };
      await audit.append(tx, call, { type: 'employment.confirmed', payload });
      return show(tx, { ...days, employment: confirmed }, person);
    });

  const endEmployment: Employments['endEmployment'] = (call, id, { lastDay, paper }) =>
    onEmployment(call, id, async (tx, { employment, days, person }) => {
      const { to } = unwrap(judgeEnd({ from: days.validFrom, to: days.validTo }, lastDay));
      const change = { validTo: to, paper, recordedBy: call.actor.accountId };
      const ended = await replaceDays(tx, days, change, { now: clock.now(), id: ids.timed() });
      const changed = await changeRecord(tx, Employment, employment, {});
      const { expertId, institutionId } = employment;
      const payload = { employmentId: id, expertId, institutionId, before: lastDayOf(days), lastDay, paper };
      await audit.append(tx, call, { type: 'employment.ended', payload });
      return show(tx, { ...ended, employment: changed }, person);
    });

  const staff: Employments['staff'] = async (actor, institutionId, asked) => {
    if (!mayTouch(actor, institutionId))
      throw new Problem('request.not-found', { id: institutionId, what: '评估机构' });
    await institutions.load(db, institutionId);
    const moment = momentOf(clock, asked);
    const members = await staffAt(db, institutionId, moment);
    const items = members.filter((m) => actor.role !== 'expert' || m.expertId === actor.expertId);
    return { ...shownMoment(clock, moment), items };
  };

  return { recordEmployment, confirmEmployment, endEmployment, staff };
}
