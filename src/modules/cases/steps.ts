import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import type { Tx } from '../../kernel/db/transaction';
import { unwrap } from '../../kernel/problem';
import { legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Policy } from '../policy';
import type { Sanctions } from '../sanctions';
import type { caseRoutes, caseSubjectView } from './cases.contract';
import { judgeDay } from './cases.rules';
import { CaseStep, stepsOfCase, type CaseSubject } from './cases.store';

export interface CaseDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  sanctions: Sanctions;
  institutions: {
    load(on: Reads, id: string): Promise<{ id: string; uscc: string }>;
    nameAt(on: Reads, id: string, moment: Moment): Promise<string>;
  };
  experts: {
    load(on: Reads, id: string): Promise<{ id: string; platformNumber: string }>;
    at(on: Reads, id: string, moment: Moment): Promise<{ name: string } | undefined>;
  };
  files: { load(on: Reads, id: string): Promise<{ id: string }> };
  freezing: {
    assignments(tx: Tx, call: Call, institutionId: string): Promise<string[]>;
    evaluationsOfInstitution(tx: Tx, call: Call, institutionId: string): Promise<string[]>;
    evaluationsOfPerson(tx: Tx, call: Call, expertId: string): Promise<string[]>;
  };
  requireAuthority(): Promise<{ code: string; name: string }>;
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

  /** The latest day among the steps that this one follows: those of the case itself and of the same subject. */
  async function previousDay(on: Reads, caseId: string, caseSubjectId: string | null): Promise<LegalDate | null> {
    const steps = await stepsOfCase(on, caseId);
    const mine = steps.filter((s) => s.caseSubjectId === null || s.caseSubjectId === caseSubjectId);
    return mine.reduce<LegalDate | null>((last, s) => (last === null || s.day > last ? s.day : last), null);
  }

  async function enter(
    tx: Tx,
    call: Call,
    of: { caseId: string; caseSubjectId: string | null; step: string },
    step: PaperStep,
    details: Record<string, unknown> | null = null,
  ): Promise<void> {
    await files.load(tx, step.scanFileId);
    const day = legalDate(step.day);
    unwrap(judgeDay(day, await previousDay(tx, of.caseId, of.caseSubjectId), today()));
    const { paper, scanFileId } = step;
    const who = call.actor.accountId;
    const row: CaseStep = {
      ...of,
      id: ids.timed(),
      day,
      paper,
      scanFileId,
      accountId: who,
      details,
      recordedAt: clock.now(),
    };
    await tx.m.insert(CaseStep, row as never);
  }
  return { enter, today };
}

export async function presentSubject(on: Reads, s: CaseSubject): Promise<CaseSubjectView> {
  const steps = (await stepsOfCase(on, s.caseId)).filter((t) => t.caseSubjectId === s.id);
  const { decisionNumber, decidedOn, actDay, reasons, proposedBy } = s;
  const proposed = decisionNumber && decidedOn && actDay && reasons && proposedBy;
  return {
    id: s.id,
    caseId: s.caseId,
    subject: { kind: s.subjectKind, id: s.subjectId, code: s.code, name: s.name },
    ground: s.ground,
    state: s.state,
    proposal: proposed ? { decisionNumber, decidedOn, actDay, reasons, proposedBy } : null,
    decidedBy: s.decidedBy,
    servedOn: s.servedOn,
    steps: steps.map(({ step, day, paper, scanFileId }) => ({ step, day, paper, scanFileId })),
    version: s.version,
  };
}
