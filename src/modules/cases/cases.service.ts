import type * as z from 'zod';
import { In, IsNull } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { changeRecord, isFound, type MayRead } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { instantText, legalDate } from '../../kernel/pure/time';
import { mayActor } from '../identity';
import type { caseView } from './cases.contract';
import { judgeDismissal, moveCase } from './cases.rules';
import { caseMoves, settledStates, type CaseState } from './cases.states';
import { CaseFile, CaseStep, CaseSubject } from './cases.store';
import { createDecisions } from './decisions.service';
import {
  createSteps,
  loadOwnCase,
  loadOwnSubject,
  presentSubject,
  type CaseBody,
  type CaseDeps,
  type PaperStep,
} from './steps';
import { createNotices } from './notices.service';
import { createSubjects } from './subjects.service';

export type CaseView = z.infer<typeof caseView>;

const record = (id: string): Subject => ({ kind: 'record', id });

async function presentCase(on: Reads, c: CaseFile): Promise<CaseView> {
  const subjects = await on.m.find(CaseSubject, { where: { caseId: c.id }, order: { id: 'ASC' } });
  const steps = await on.m.find(CaseStep, {
    where: { caseId: c.id, caseSubjectId: IsNull() },
    order: { day: 'ASC', id: 'ASC' },
  });
  const { id, state, summary, source, openedOn, version } = c;
  return {
    id,
    state,
    summary,
    source,
    recordedAt: instantText(c.recordedAt),
    openedOn,
    steps: steps.map(({ step, day, paper, scanFileId }) => ({ step, day, paper, scanFileId })),
    subjects: subjects.map((s) => s.id),
    version,
  };
}

function createFiles(deps: CaseDeps) {
  const { db, command, audit } = deps;
  const { clock, ids } = db.sources;
  const steps = createSteps(deps);

  async function lead(call: Call, body: CaseBody<'lead'>): Promise<CaseView> {
    const authority = await deps.actingAuthority(call);
    return command(call, {}, async (tx) => {
      const file: CaseFile = {
        id: ids.timed(),
        authority: authority.code,
        authorityId: authority.id,
        state: 'lead',
        summary: body.summary,
        source: body.source,
        openedOn: null,
        recordedAt: clock.now(),
        version: 1,
      };
      await tx.m.insert(CaseFile, file);
      await deps.work.open(tx, { kind: 'case', ref: file.id, holder: { by: call.actor } });
      await audit.append(tx, call, { type: 'case.lead-recorded', payload: { case: file.id } });
      return presentCase(tx, file);
    });
  }

  const move =
    (wanted: CaseState, event: string) =>
    (call: Call, id: string, body: PaperStep & { officers?: unknown }): Promise<CaseView> =>
      command(call, { subjects: () => [record(id)] }, async (tx) => {
        const file = await loadOwnCase(deps, tx, call, id);
        const state = unwrap(moveCase(file.state, wanted));
        if (wanted === 'closed') await requireSettled(tx, id);
        if (wanted === 'dismissed' || wanted === 'transferred') await endDefences(tx, id);
        if (wanted === 'dismissed') unwrap(judgeDismissal(await tx.m.findBy(CaseSubject, { caseId: id })));
        const details = body.officers ? { officers: body.officers } : null;
        await steps.enter(tx, call, { caseId: id, caseSubjectId: null, step: wanted }, body, details);
        const openedOn = wanted === 'opened' ? legalDate(body.day) : file.openedOn;
        await changeRecord(tx, CaseFile, file, { state, openedOn });
        if (caseMoves[state].length === 0) await closeWork(tx, id);
        await audit.append(tx, call, { type: event, payload: { case: id, day: body.day, paper: body.paper } });
        return presentCase(tx, file);
      });

  async function closeWork(tx: Tx, caseId: string): Promise<void> {
    await deps.work.close(tx, 'case', caseId);
    for (const { id } of await tx.m.findBy(CaseSubject, { caseId })) await deps.work.close(tx, 'case-subject', id);
  }

  /** Nobody owes a defence in a case that is over. */
  async function endDefences(tx: Tx, caseId: string): Promise<void> {
    for (const s of await tx.m.findBy(CaseSubject, { caseId })) {
      await deps.deadlines.close(tx, 'case.defence', s.id);
    }
  }

  async function requireSettled(tx: Tx, id: string): Promise<void> {
    const subjects = await tx.m.findBy(CaseSubject, { caseId: id });
    const open = subjects.filter((s) => !settledStates.includes(s.state));
    if (open.length > 0) throw new Problem('case.subjects-open', { subjects: open.map((s) => s.id).join('、') });
  }

  async function list({ actor }: Call, asked: PageRequest & { state?: CaseState }): Promise<Page<CaseView>> {
    const { state, ...request } = asked;
    const query = db.m.createQueryBuilder(CaseFile, 'c');
    const authorityIds = (await deps.scope.authoritiesOf(actor)) ?? [];
    query.andWhere({ authorityId: In([...authorityIds]) });
    if (state) query.andWhere({ state });
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
    showCase: async (call: Call, id: string) => presentCase(db, await loadOwnCase(deps, db, call, id)),
    /** Who may read the records on which stored files hang. */
    fileReaders: {
      case: async (on, actor, id) =>
        mayActor(actor, 'case.read') && isFound(() => loadOwnCase(deps, on, { actor }, id)),
    } satisfies Record<string, MayRead>,
    showCaseSubject: async (call: Call, id: string) =>
      presentSubject(deps, db, await loadOwnSubject(deps, db, call, id)),
  };
}

/** The procedure from lead to decision, service and remedy. */
export const createCases = (deps: CaseDeps) => ({
  ...createFiles(deps),
  ...createSubjects(deps),
  ...createDecisions(deps),
  notices: createNotices(deps),
});

export type Cases = ReturnType<typeof createCases>;
