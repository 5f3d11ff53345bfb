import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import type { Moment } from '../../kernel/db/history';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Documents } from '../documents';
import type { Recipient, Role, Scope, Work, WorkHolder } from '../identity';
import type { Notifications } from '../notifications';
import { settledStates } from './cases.states';
import type { CalendarService, Deadlines, Policy } from '../policy';
import type { Sanctions } from '../sanctions';
import type { caseRoutes, caseSubjectView } from './cases.contract';
import { judgeDay, type Officers } from './cases.rules';
import { CaseStep, loadCase, loadCaseSubject, stepsOfCase, type CaseFile, type CaseSubject } from './cases.store';

export interface CaseDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  calendar: Pick<CalendarService, 'current'>;
  deadlines: Pick<Deadlines, 'open' | 'close' | 'find'>;
  sanctions: Sanctions;
  institutions: {
    load(on: Reads, id: string): Promise<{ id: string; uscc: string }>;
    nameAt(on: Reads, id: string, moment: Moment): Promise<string>;
  };
  experts: {
    together(
      on: Reads,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { survivor: string; ids: readonly string[] }>>;
    load(on: Reads, id: string): Promise<{ id: string; platformNumber: string }>;
    at(on: Reads, id: string, moment: Moment): Promise<{ name: string } | undefined>;
  };
  files: Pick<Documents, 'attach'>;
  tell: Notifications['tell'];
  /** Has the party confirmed electronic service for today (电子送达确认书)? */
  hasConsent(on: Reads, to: Recipient): Promise<boolean>;
  freezing: {
    assignments(tx: Tx, call: Call, institutionId: string): Promise<string[]>;
    evaluationsOfInstitution(tx: Tx, call: Call, institutionId: string): Promise<string[]>;
    /** Ends the subject's running engagements. */
    engagements(tx: Tx, call: Call, subject: Subject): Promise<string[]>;
    evaluationsOfPerson(tx: Tx, call: Call, expertId: string): Promise<string[]>;
  };
  /** The authority whose case it is: its name stands on the decision and the bar. */
  authorityOf(on: Reads, id: string | null): Promise<{ code: string; name: string }>;
  actingAuthority(call: Call): Promise<{ id: string; code: string; name: string }>;
  scope: Scope;
  work: Work;
}

export type CaseBody<K extends keyof typeof caseRoutes> = z.output<NonNullable<(typeof caseRoutes)[K]['body']>>;
export type CaseSubjectView = z.infer<typeof caseSubjectView>;

export interface PaperStep {
  day: string;
  paper: string;
  scanFileId: string;
}

/** Steps on paper: their order of days, their scans, who entered them. */
export function createSteps({ db, files }: Pick<CaseDeps, 'db' | 'files'>) {
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  /**
   * The latest day among the steps that this one follows. A step of the case follows all of them; one of a subject
   * follows its own and the beginning of the case, since a service may be entered after the case has ended. The service
   * of a notice may come after a hearing and stands in no act's way.
   */
  async function previousDay(on: Reads, caseId: string, caseSubjectId: string | null): Promise<LegalDate | null> {
    const steps = await stepsOfCase(on, caseId);
    const begun = (s: CaseStep): boolean => s.caseSubjectId === null && ['opened', 'investigating'].includes(s.step);
    const acts = steps.filter((s) => s.step !== 'notice-served');
    const mine = acts.filter((s) => caseSubjectId === null || s.caseSubjectId === caseSubjectId || begun(s));
    return mine.reduce<LegalDate | null>((last, s) => (last === null || s.day > last ? s.day : last), null);
  }

  /** Judges the day by the steps before. */
  async function enter(...[tx, call, of, step, details]: Parameters<typeof note>): Promise<void> {
    unwrap(judgeDay(legalDate(step.day), await previousDay(tx, of.caseId, of.caseSubjectId), today()));
    await note(tx, call, of, step, details);
  }

  /** Enters a step whose day is judged elsewhere. */
  async function note(
    tx: Tx,
    call: Call,
    of: { caseId: string; caseSubjectId: string | null; step: string },
    step: PaperStep,
    details: Record<string, unknown> | null = null,
  ): Promise<void> {
    await files.attach(tx, call, step.scanFileId, { kind: 'case', ref: of.caseId });
    const day = legalDate(step.day);
    const { paper, scanFileId } = step;
    const who = call.actor.accountId;
    const row: CaseStep = {
      ...of,
      id: ids.timed(),
      day,
      paper,
      scanFileId,
      accountId: who,
      representedAccountId: call.actor.deputy?.forAccountId ?? null,
      details,
      recordedAt: clock.now(),
    };
    await tx.m.insert(CaseStep, row as never);
  }
  return { enter, note, today };
}

/** Outside the scope of the acting post a case does not exist. */
export async function loadOwnCase(
  { scope }: Pick<CaseDeps, 'scope'>,
  on: Reads,
  call: Pick<Call, 'actor'>,
  id: string,
): Promise<CaseFile> {
  const file = await loadCase(on, id);
  await scope.require(on, call, file.authorityId, { what: say('案件', 'case'), id });
  return file;
}

/** The same for one of its subjects. */
export async function loadOwnSubject(
  { scope }: Pick<CaseDeps, 'scope'>,
  on: Reads,
  call: Call,
  id: string,
): Promise<CaseSubject> {
  const s = await loadCaseSubject(on, id);
  const { authorityId } = await loadCase(on, s.caseId);
  await scope.require(on, call, authorityId, { what: say('当事人', 'party'), id });
  return s;
}

/** Who has done what in this case, by the steps they entered. */
export async function officersOf(tx: Tx, s: CaseSubject): Promise<Officers> {
  const steps = await stepsOfCase(tx, s.caseId);
  const by = (wanted: readonly string[]): string[] =>
    steps
      .filter((t) => wanted.includes(t.step))
      .flatMap((t) => [t.accountId, t.representedAccountId])
      .filter((id) => id !== null);
  return {
    investigators: by(['opened', 'investigating', 'notified', 'notice-served', 'heard', 'waived', 'defence-lapsed']),
    reviewers: by(['reviewed']),
    proposers: [s.proposedBy, s.proposedFor].filter((id) => id !== null),
    deciders: [s.decidedBy, s.decidedFor].filter((id) => id !== null),
  };
}

/**
 * Whose turn it is: the inspector's who holds the case, for legal review and proposal the office's, for the decision
 * the lead's, and not of those who had a hand in it; nobody's once the decision is in force or undone.
 */
export async function followSubject({ work }: Pick<CaseDeps, 'work'>, tx: Tx, s: CaseSubject): Promise<void> {
  const item = { kind: 'case-subject', ref: s.id } as const;
  if (settledStates.includes(s.state)) return work.close(tx, item.kind, item.ref);
  const { authorityId } = await loadCase(tx, s.caseId);
  const pool = (role: Role): WorkHolder => ({ pool: { role, authorityId } });
  const investigator = await work.holderOf(tx, 'case', s.caseId);
  const atInspector = investigator ? { place: investigator } : pool('inspector');
  const atOffice = s.proposedBy === null ? pool('bureau') : pool('bureau-lead');
  if (['notified', 'decided', 'served'].includes(s.state)) return work.open(tx, { ...item, holder: atInspector });
  const { investigators, proposers, reviewers } = await officersOf(tx, s);
  const notBy = s.proposedBy === null ? investigators : [...investigators, ...proposers, ...reviewers];
  return work.open(tx, { ...item, holder: atOffice, notBy });
}

/** Acts on a subject until its decision belong to an investigation that goes on; throws `case.wrong-state`. */
export async function loadRunningCase(tx: Tx, s: CaseSubject, act: string): Promise<CaseFile> {
  const file = await loadCase(tx, s.caseId);
  if (file.state !== 'investigating') throw new Problem('case.wrong-state', { state: file.state, wanted: act });
  return file;
}

/** Guards of an act that needs the case to go on: whoever ends the case meanwhile meets it here. */
export async function subjectAndCase(on: Reads, id: string): Promise<Subject[]> {
  const { caseId } = await loadCaseSubject(on, id);
  return [
    { kind: 'record', id },
    { kind: 'record', id: caseId },
  ];
}

/** The day on which the notice was entered, and sent with that. */
export async function sentOn(on: Reads, s: CaseSubject): Promise<LegalDate> {
  const steps = await stepsOfCase(on, s.caseId);
  const { recordedAt } = steps.find((t) => t.caseSubjectId === s.id && t.step === 'notified')!;
  return legalDateOf(recordedAt);
}

/** The day on the notice, or a later one to which its delivery or days off have moved it; null before delivery. */
export function lastDefenceDay(s: CaseSubject, dueOn: string | null | undefined): LegalDate | null {
  if (dueOn && dueOn > s.defenceUntil) return legalDate(dueOn);
  return s.noticeId !== null && !dueOn ? null : s.defenceUntil;
}

export async function presentSubject(
  { deadlines }: Pick<CaseDeps, 'deadlines'>,
  on: Reads,
  s: CaseSubject,
): Promise<CaseSubjectView> {
  const defence = await deadlines.find(on, 'case.defence', s.id);
  const steps = (await stepsOfCase(on, s.caseId)).filter((t) => t.caseSubjectId === s.id);
  const { decisionNumber, decidedOn, actDay, reasons, proposedBy } = s;
  const proposed = decisionNumber && decidedOn && actDay && reasons && proposedBy;
  return {
    id: s.id,
    caseId: s.caseId,
    subject: { kind: s.subjectKind, id: s.subjectId, code: s.code, name: s.name },
    ground: s.ground,
    state: s.state,
    defence: { until: lastDefenceDay(s, defence?.dueOn), provisional: defence?.provisional ?? false },
    noticeId: s.noticeId,
    proposal: proposed ? { decisionNumber, decidedOn, actDay, reasons, proposedBy } : null,
    decidedBy: s.decidedBy,
    servedOn: s.servedOn,
    steps: steps.map(({ step, day, paper, scanFileId }) => ({ step, day, paper, scanFileId })),
    version: s.version,
  };
}
