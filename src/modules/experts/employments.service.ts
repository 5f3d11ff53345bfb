import type { Actor, Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import { insertMany } from '../../kernel/db/bulk';
import type { Db, Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { lastDayOf, LATEST, momentOf, shownMoment, spanOf } from '../../kernel/db/moment';
import { changeRecord, type Unchanged } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { say } from '../../kernel/pure/wording';
import { legalDateOf, addDays, type Instant, type LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import type { Documents } from '../documents';
import type { Scope } from '../identity';
import { boundTo, mayTouch, type Institutions } from '../institutions';
import { createConfirming } from './confirming.service';
import { createActing, guardedPerson, requireDays, subjectsOf } from './employments.acting';
import type {
  ConfirmEmployment,
  EmploymentReply,
  EndEmployment,
  EnterSheet,
  RecordEmployment,
  StaffReply,
  VoidEmployment,
} from './employments.contract';
import { clashOf, judgeEnd, type EmploymentClash, type EmploymentDays } from './employments.rules';
import { employmentsKnownAt, staffWithEntries, type EmploymentEntry } from './employments.views';
import {
  Employment,
  EmploymentVersion,
  type Expert,
  findByPlatformNumber,
  findExpert,
  replaceDays,
  strikeOut,
} from './experts.store';
import type { Duties } from './line.port';
import { namesToday } from './persons.views';
import { personBehind } from './together';
import { sightOf, type EnteredFor } from './sight.views';

export interface EmploymentDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sources: Sources;
  vault: Vault;
  institutions: Institutions;
  duties: Duties;
  files: Pick<Documents, 'load' | 'attach'>;
  scope: Pick<Scope, 'isOfHouse' | 'requireHouse'>;
  /** Whose entries an institution's own people made. */
  enteredFor: EnteredFor;
}

export interface Employments {
  recordEmployment(call: Call, body: RecordEmployment): Promise<EmploymentReply>;
  enterSheet(call: Call, id: string, body: EnterSheet): Promise<EmploymentReply & Unchanged>;
  confirmEmployment(call: Call, id: string, body: ConfirmEmployment): Promise<EmploymentReply>;
  endEmployment(call: Call, id: string, body: EndEmployment): Promise<EmploymentReply>;
  voidEmployment(call: Call, id: string, body: VoidEmployment): Promise<EmploymentReply>;
  staff(actor: Actor, institutionId: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<StaffReply>;
}

/** The days of an employment as the rules see them; struck ones stand in nobody's way. */
export const heldDays = (entries: readonly EmploymentEntry[]): EmploymentDays[] =>
  entries
    .filter((e) => e.voidReason === null)
    .map((e) => ({
      employmentId: e.employment.id,
      institutionId: e.employment.institutionId,
      kind: e.kind,
      from: e.validFrom,
      to: e.validTo,
    }));

const unconfirmed = {
  confirmedAt: null,
  confirmedBy: null,
  signedSheetFileId: null,
  signedSheetPaper: null,
  signedSheetSha256: null,
  sheetRecordedBy: null,
  sheetRecordedAt: null,
};

export type NewEmployment = Omit<RecordEmployment, 'platformNumber'> & { expertId: string };

/** Writes employments that clash with none, unconfirmed; the caller holds the guards and appends the audit entries. */
export async function insertEmployments(
  tx: Tx,
  call: Call,
  { ids, clock }: Sources,
  list: readonly NewEmployment[],
): Promise<Employment[]> {
  const made: Employment[] = list.map(({ expertId, institutionId }) => ({
    id: ids.timed(),
    expertId,
    institutionId,
    ...unconfirmed,
    version: 1,
  }));
  const days = list.map((one, i): EmploymentVersion => {
    const { from, to } = spanOf(one);
    const { kind, insuranceEvidence, establishmentEvidence, retirementEvidence, evidenceFileIds, paper } = one;
    return {
      id: ids.timed(),
      employmentId: made[i]!.id,
      kind,
      insuranceEvidence,
      establishmentEvidence,
      retirementEvidence,
      evidenceFileIds,
      paper,
      voidReason: null,
      validFrom: from,
      validTo: to,
      recordedAt: clock.now(),
      supersededAt: null,
      recordedBy: call.actor.accountId,
    };
  });
  await insertMany(tx, Employment, made);
  await insertMany(tx, EmploymentVersion, days);
  return made;
}

function createRecording(deps: EmploymentDeps): Pick<Employments, 'recordEmployment'> {
  const { db, command, audit, institutions } = deps;
  const { show } = createActing(deps);

  /** Only an officer learns where else a person works. */
  const clashProblem = async (tx: Tx, call: Call, person: Expert, clash: EmploymentClash): Promise<Problem> => {
    const { employmentId, institutionId, from, to } = clash.with;
    if (clash.kind === 'here') return new Problem('employment.already-recorded', { id: employmentId });
    const lastDay = to === null ? '今' : addDays(to, -1);
    const base = { platformNumber: person.platformNumber, from, lastDay };
    if (call.actor.role !== 'bureau')
      return new Problem('employment.full-time-elsewhere', {
        ...base,
        employer: say('其他机构', 'another institution'),
      });
    const employer = await institutions.nameAt(tx, institutionId, { asOf: from, knownAt: LATEST });
    return new Problem('employment.full-time-elsewhere', { ...base, employer, institutionId });
  };

  const recordEmployment: Employments['recordEmployment'] = (call, body) => {
    const { platformNumber, institutionId, kind, paper } = body;
    const find = async (on: Reads): Promise<Expert> => {
      if (!mayTouch(call.actor, institutionId))
        throw new Problem('request.not-found', { id: institutionId, what: say('评估机构', 'institution') });
      await institutions.load(on, institutionId);
      const asked = await findByPlatformNumber(on, platformNumber);
      if (!asked) throw new Problem('employment.person-missing', { platformNumber });
      // A number whose registration was merged goes on naming the person.
      return (await findExpert(on, (await personBehind(on, asked.id, LATEST)).survivor))!;
    };
    const subjects = async (): Promise<Subject[]> => subjectsOf({ institutionId, expertId: (await find(db)).id });
    return command(call, { subjects }, async (tx) => {
      const found = await find(tx);
      requireGuarded(tx, subjectsOf({ institutionId, expertId: found.id }));
      const { person, survivor } = await guardedPerson(tx, found.id);
      const present = heldDays(await employmentsKnownAt(tx, { expertIds: person.ids }, LATEST));
      const clash = clashOf(present, { institutionId, kind, ...spanOf(body) });
      if (clash) throw await clashProblem(tx, call, survivor, clash);
      const [made] = await insertEmployments(tx, call, deps.sources, [{ ...body, expertId: survivor.id }]);
      const employment = made!;
      for (const id of body.evidenceFileIds) {
        await deps.files.attach(tx, call, id, { kind: 'employment', ref: employment.id });
      }
      const { from, lastDay } = body;
      const payload = { employmentId: employment.id, expertId: survivor.id, institutionId, kind, from, lastDay, paper };
      await audit.append(tx, call, { type: 'employment.recorded', payload });
      for (const expertId of person.ids) {
        await deps.duties.tell(tx, { expertId }, 'employment.to-confirm', `employment:${employment.id}`);
      }
      return show(tx, employment.id, survivor);
    });
  };

  return { recordEmployment };
}

/** Of somebody who has not confirmed it, the institution sees public number, name and the employment itself. */
const unseen = {
  titleLevel: null,
  titleName: null,
  titleEvidence: null,
  specialties: [],
  specialtyEvidence: {},
};

/** Who works where, how, from which day to which. */
export function createEmployments(deps: EmploymentDeps): Employments {
  const { db, audit, institutions, vault } = deps;
  const { clock, ids } = deps.sources;
  const { onEmployment, show } = createActing(deps);

  const endEmployment: Employments['endEmployment'] = (call, id, { lastDay, paper }) =>
    onEmployment(call, id, async (tx, loaded) => {
      const { employment, survivor } = loaded;
      const days = requireDays(loaded);
      const { to } = unwrap(judgeEnd({ from: days.validFrom, to: days.validTo }, lastDay));
      const change = { validTo: to, paper, recordedBy: call.actor.accountId };
      await replaceDays(tx, days, change, { now: clock.now(), id: ids.timed() });
      await changeRecord(tx, Employment, employment, {});
      const { expertId, institutionId } = employment;
      const payload = { employmentId: id, expertId, institutionId, before: lastDayOf(days), lastDay, paper };
      await audit.append(tx, call, { type: 'employment.ended', payload });
      // The institution that enters it has thereby reported it; what others enter it still has to report (domain 3.1).
      const reportedOn = boundTo(call.actor) === institutionId ? legalDateOf(clock.now()) : null;
      const left = { kind: 'staff-left' as const, happenedOn: lastDay, reportedOn, paper, ref: id };
      await institutions.noteChange(tx, call, { institutionId }, left);
      return show(tx, id, survivor);
    });

  const voidEmployment: Employments['voidEmployment'] = (call, id, { from, reason, paper }) =>
    onEmployment(call, id, async (tx, loaded) => {
      const { employment, survivor } = loaded;
      const days = requireDays(loaded);
      const by = { recordedBy: call.actor.accountId, paper, voidReason: reason };
      const struck = await strikeOut(tx, days, from, by, { now: clock.now(), id: ids.timed });
      await changeRecord(tx, Employment, employment, {});
      const { expertId, institutionId } = employment;
      const payload = { employmentId: id, expertId, institutionId, from: struck.from, reason, paper };
      await audit.append(tx, call, { type: 'employment.voided', payload });
      return show(tx, id, survivor);
    });

  const staff: Employments['staff'] = async (actor, institutionId, asked) => {
    if (!mayTouch(actor, institutionId))
      throw new Problem('request.not-found', { id: institutionId, what: say('评估机构', 'institution') });
    await institutions.load(db, institutionId);
    const moment = momentOf(clock, asked);
    const members = await staffWithEntries(db, vault, institutionId, moment);
    const own = actor.role === 'expert' ? await personBehind(db, actor.expertId ?? '', LATEST) : undefined;
    const theirs = members.filter(({ member }) => own === undefined || own.survivor === member.expertId);
    const entries = theirs.flatMap(({ entry }) => (entry ? [entry] : []));
    const sight = await sightOf(db, { ...deps, institutionId: boundTo(actor) }, entries);
    const isLimited = ({ entry }: (typeof theirs)[number]) => entry !== undefined && !sight.sees(entry);
    const limited = theirs.filter(isLimited).map(({ member }) => member.expertId);
    const names = await namesToday(db, clock, limited);
    const items = theirs.map(({ member: { birthDay: _never, ...shown } }) => {
      if (!limited.includes(shown.expertId)) return { ...shown, limited: false };
      return { ...shown, ...unseen, name: names.get(shown.expertId) ?? null, limited: true };
    });
    return { ...shownMoment(clock, moment), items };
  };

  return { ...createRecording(deps), ...createConfirming(deps), endEmployment, voidEmployment, staff };
}
