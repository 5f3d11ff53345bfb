import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import type { Moment } from '../../kernel/db/history';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Policy } from '../policy';
import type { Sanctions } from '../sanctions';
import type { caseRoutes, caseSubjectView, caseView } from './cases.contract';
import { judgeDay, moveCase } from './cases.rules';
import { settledStates, type CaseState } from './cases.states';
import { CaseFile, CaseStep, CaseSubject, loadCase, loadCaseSubject, stepsOfCase } from './cases.store';
import { createDecisions } from './decisions.service';
import { createSubjects } from './subjects.service';

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
export type CaseView = z.infer<typeof caseView>;
export type CaseSubjectView = z.infer<typeof caseSubjectView>;

export interface PaperStep {
  day: string;
  paper: string;
  scanFileId: string;
}

const record = (id: string): Subject => ({ kind: 'record', id });

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
    const row: CaseStep = { ...of, id: ids.timed(), day, paper, scanFileId, accountId: who, details, recordedAt: clock.now() };
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

async function presentCase(on: Reads, c: CaseFile): Promise<CaseView> {
  const subjects = await on.m.find(CaseSubject, { where: { caseId: c.id }, order: { id: 'ASC' } });
  const { id, state, summary, openedOn, version } = c;
  return { id, state, summary, openedOn, subjects: subjects.map((s) => s.id), version };
}

function createFiles(deps: CaseDeps) {
  const { db, command, audit } = deps;
  const { clock, ids } = db.sources;
  const steps = createSteps(deps);

  async function lead(call: Call, body: CaseBody<'lead'>): Promise<CaseView> {
    const authority = await deps.requireAuthority();
    return command(call, {}, async (tx) => {
      const file: CaseFile = {
        id: ids.timed(),
        authority: authority.code,
        state: 'lead',
        summary: body.summary,
        source: body.source,
        openedOn: null,
        recordedAt: clock.now(),
        version: 1,
      };
      await tx.m.insert(CaseFile, file);
      await audit.append(tx, call, { type: 'case.lead-recorded', payload: { case: file.id } });
      return presentCase(tx, file);
    });
  }

  const move =
    (wanted: CaseState, event: string) =>
    (call: Call, id: string, body: PaperStep & { officers?: unknown }): Promise<CaseView> =>
      command(call, { subjects: () => [record(id)] }, async (tx) => {
        const file = await loadCase(tx, id);
        const state = unwrap(moveCase(file.state, wanted));
        if (wanted === 'closed') await requireSettled(tx, id);
        const details = body.officers ? { officers: body.officers } : null;
        await steps.enter(tx, call, { caseId: id, caseSubjectId: null, step: wanted }, body, details);
        const openedOn = wanted === 'opened' ? legalDate(body.day) : file.openedOn;
        await changeRecord(tx, CaseFile, file, { state, openedOn });
        await audit.append(tx, call, { type: event, payload: { case: id, day: body.day, paper: body.paper } });
        return presentCase(tx, file);
      });

  async function requireSettled(tx: Tx, id: string): Promise<void> {
    const subjects = await tx.m.findBy(CaseSubject, { caseId: id });
    const open = subjects.filter((s) => !settledStates.includes(s.state));
    if (open.length > 0) throw new Problem('case.subjects-open', { subjects: open.map((s) => s.id).join('、') });
  }

  async function list(request: PageRequest): Promise<Page<CaseView>> {
    const query = db.m.createQueryBuilder(CaseFile, 'c');
    const keyOf = (c: CaseFile): [number, string] => [c.recordedAt, c.id];
    const page = await pageBy(query, { sort: 'c.recordedAt', id: 'c.id', descending: true, keyOf }, request);
    return { ...page, items: await Promise.all(page.items.map((c) => presentCase(db, c))) };
  }

  return {
    recordLead: lead,
    openCase: move('opened', 'case.opened'),
    investigate: move('investigating', 'case.investigating'),
    closeCase: move('closed', 'case.closed'),
    dismiss: move('dismissed', 'case.dismissed'),
    transfer: move('transferred', 'case.transferred'),
    listCases: list,
    showCase: async (id: string) => presentCase(db, await loadCase(db, id)),
    showCaseSubject: async (id: string) => presentSubject(db, await loadCaseSubject(db, id)),
  };
}

/** The procedure from lead to decision, service and remedy. */
export const createCases = (deps: CaseDeps) => ({
  ...createFiles(deps),
  ...createSubjects(deps),
  ...createDecisions(deps),
});

export type Cases = ReturnType<typeof createCases>;
