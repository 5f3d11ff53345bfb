import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command, RecordedRefusal } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import type { Moment } from '../../kernel/db/history';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { legalDateOf } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import { loadLot } from '../commissions';
import type { Documents } from '../documents';
import type { Scope, Work } from '../identity';
import type { Notifications } from '../notifications';
import type { Policy } from '../policy';
import type { Sanctions } from '../sanctions';
import type { evaluationRoutes, EvaluationView } from './evaluations.contract';
import type { TitleLevel } from './evaluations.rules';
import { Evaluation, loadEvaluation, presentEvaluation, teamOf } from './evaluations.store';

export interface StaffMember {
  expertId: string;
  kind: string;
  confirmed: boolean;
  /** An objection to the employment is open: it does not count meanwhile. */
  disputed: boolean;
  titleLevel: TitleLevel;
  specialties: readonly string[];
  assessmentExperience: string | null;
}

export interface EvaluationDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  sanctions: Pick<Sanctions, 'checkDoor'>;
  experts: {
    load(on: Reads, id: string): Promise<{ id: string }>;
    together(
      on: Reads,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { survivor: string; ids: readonly string[] }>>;
    staffAt(on: Reads, institutionId: string, moment: Moment): Promise<readonly StaffMember[]>;
  };
  files: Pick<Documents, 'attach'>;
  commissions: {
    fulfil(tx: Tx, call: Call, assignmentId: string): Promise<void>;
    resumeWith(tx: Tx, call: Call, assignmentId: string, reason: string): Promise<void>;
  };
  /** What evaluations want of pledges, which lie to their right. */
  pledges: {
    isComplete(on: Reads, evaluationId: string): Promise<boolean>;
    voidFor(tx: Tx, call: Call, evaluationId: string, reason: string): Promise<void>;
  };
  /** The authority that commissioned: its rules hold for the team. */
  authorityOf(on: Reads, id: string | null): Promise<{ code: string; name: string }>;
  scope: Scope;
  work: Work;
  tell: Notifications['tell'];
}

export type Body<K extends keyof typeof evaluationRoutes> = z.output<NonNullable<(typeof evaluationRoutes)[K]['body']>>;

/** An institution works on its own evaluations only; to others they do not exist. */
export function requireOwnEvaluation({ actor }: Pick<Call, 'actor'>, e: Evaluation): void {
  const { role, institutionId } = actor;
  const outsider = role === 'institution' || role === 'seal-keeper';
  if (outsider && institutionId !== e.institutionId) {
    throw new Problem('request.not-found', { what: say('评估', 'evaluation'), id: e.id });
  }
}

/** Own institution, or an authority in whose scope the lot lies; to others the evaluation does not exist. */
export async function requireVisible(
  { scope }: Pick<EvaluationDeps, 'scope'>,
  on: Reads,
  call: Pick<Call, 'actor'>,
  e: Evaluation,
): Promise<void> {
  requireOwnEvaluation(call, e);
  const { authorityId } = await loadLot(on, e.lotId);
  await scope.require(on, call, authorityId, { what: say('评估', 'evaluation'), id: e.id });
}

/**
 * Whose turn it is: a reported evaluation waits with whoever runs the lot, a decided one with nobody, every other one
 * with the institution. A frozen one stays where it lay, and goes on there.
 */
export async function followWork({ work }: EvaluationDeps, tx: Tx, e: Evaluation): Promise<void> {
  const item = { kind: 'evaluation', ref: e.id } as const;
  if (e.state === 'frozen') return;
  if (e.state === 'accepted' || e.state === 'rejected' || e.state === 'voided') {
    await work.close(tx, item.kind, item.ref);
  } else if (e.state === 'reported') {
    const place = await work.holderOf(tx, 'lot', e.lotId);
    const { authorityId } = await loadLot(tx, e.lotId);
    await work.open(tx, { ...item, holder: place ? { place } : { pool: { role: 'bureau', authorityId } } });
  } else {
    const { institutionId } = e;
    const place = await work.holderOf(tx, item.kind, item.ref);
    if (place?.institutionId === institutionId) return;
    await work.open(tx, { ...item, holder: { pool: { role: 'institution', institutionId } } });
  }
}

export const institutionOf = (e: Evaluation): Subject => ({ kind: 'institution', id: e.institutionId });
/** Whom the work concerns: the institution and everybody in the present team. */
export const partiesOf = async (on: Reads, e: Evaluation): Promise<Subject[]> => [
  institutionOf(e),
  ...(await teamOf(on, e)).map((t): Subject => ({ kind: 'person', id: t.expertId })),
];

export const recordOf = (id: string): Subject => ({ kind: 'record', id });

export interface Step {
  patch: Partial<Evaluation>;
  type: string;
  payload?: Record<string, unknown>;
}

/** Loads the evaluation under its guard, checks ownership, applies the step, records it. */
export function createStepper(deps: EvaluationDeps) {
  const { command, audit } = deps;
  return (
    call: Call,
    id: string,
    step: (tx: Tx, e: Evaluation) => Promise<Step | RecordedRefusal>,
    subjects: () => Promise<Subject[]> = async () => [],
    after: (tx: Tx, e: Evaluation) => Promise<void> = async () => undefined,
  ): Promise<EvaluationView> =>
    command(call, { subjects: async () => [...(await subjects()), recordOf(id)] }, async (tx) => {
      const e = await loadEvaluation(tx, id);
      await requireVisible(deps, tx, call, e);
      const done = await step(tx, e);
      if (!('type' in done)) return done;
      await changeRecord(tx, Evaluation, e, done.patch);
      if (done.patch.state !== undefined) await followWork(deps, tx, e);
      await recordStep(audit, tx, call, e, done.type, done.payload);
      await after(tx, e);
      return presentEvaluation(tx, e);
    });
}

/** Sealed types name no subjects; open ones the evaluation and its lot. */
export async function recordStep(
  audit: Audit,
  tx: Tx,
  call: Call,
  e: Evaluation,
  type: string,
  payload: Record<string, unknown> = {},
): Promise<void> {
  const sealed = ['evaluation.team-named', 'evaluation.team-changed', 'evaluation.evidence-added'].includes(type);
  await audit.append(tx, call, {
    type,
    ...(sealed ? {} : { subjects: [`evaluation:${e.id}`, `lot:${e.lotId}`] }),
    payload: { evaluation: e.id, ...payload },
  });
}

/** Throws `evaluation.day-in-future` for a day after today. */
export function requirePast(db: Db, day: string): void {
  const today = legalDateOf(db.sources.clock.now());
  if (day > today) throw new Problem('evaluation.day-in-future', { day, today });
}

/** Every id under which the person may stand in a team; nobody's are none. */
export const idsOfPerson = async (
  experts: Pick<EvaluationDeps['experts'], 'together'>,
  on: Reads,
  expertId: string | null,
): Promise<readonly string[]> => (await experts.together(on, [expertId ?? ''])).get(expertId ?? '')!.ids;
