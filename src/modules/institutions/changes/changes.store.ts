import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { mapPage, pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import type { ChangeKind, ChangeProposal, ChangeReply, ReportingMark } from './changes.contract';
import { judgeLateness, lastOverdueStart, type WorkingDays } from './changes.rules';
import { owing, type ChangeState } from './changes.states';

export interface ChangeStep {
  act: 'opened' | 'reported' | 'returned' | 'confirmed' | 'dropped';
  on: LegalDate;
  reason: string | null;
  by: string | null;
}

/** A change that must be reported: when it happened, when it was told, when the authority confirmed it. */
@Entity('institution_change')
@Index('ix_institution_change_of', ['institutionId', 'state'])
@Index('ix_institution_change_open', ['state', 'happenedOn'])
export class InstitutionChange {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column(col.text(30)) kind: ChangeKind;
  /** The record from which it became known (an employment that ended); null where somebody told of it. */
  @Column({ ...col.text(36, nullable), name: 'source_ref' }) sourceRef: string | null;
  @Column(col.text(20)) state: ChangeState;
  @Column({ ...col.day(), name: 'happened_on' }) happenedOn: LegalDate;
  @Column({ ...col.day(nullable), name: 'reported_on' }) reportedOn: LegalDate | null;
  @Column({ ...col.day(nullable), name: 'confirmed_on' }) confirmedOn: LegalDate | null;
  @Column({ ...col.int(), name: 'required_days' }) requiredDays: number;
  @Column({ ...col.day(nullable), name: 'report_by' }) reportBy: LegalDate | null;
  @Column(col.long()) note: string;
  @Column(col.text(200, nullable)) paper: string | null;
  @Column({ ...col.json(), name: 'file_ids' }) fileIds: string[];
  @Column(col.json(nullable)) proposal: ChangeProposal | null;
  @Column(col.json()) steps: ChangeStep[];
  @Column(col.int()) version: number;
}

export const shownChange = (c: InstitutionChange, today: LegalDate, days: WorkingDays): ChangeReply => ({
  id: c.id,
  institutionId: c.institutionId,
  kind: c.kind,
  state: c.state,
  happenedOn: c.happenedOn,
  reportedOn: c.reportedOn,
  confirmedOn: c.confirmedOn,
  requiredDays: c.requiredDays,
  reportBy: c.reportBy,
  ...judgeLateness(c, today, days),
  note: c.note,
  paper: c.paper,
  fileIds: c.fileIds,
  proposal: c.proposal,
  steps: c.steps.map(({ act, on, reason }) => ({ act, on, reason })),
  version: c.version,
});

export interface ChangesAsked extends PageRequest {
  institutionId?: string;
  state?: ChangeState;
  kind?: ChangeKind;
  overdue?: 'true' | 'false';
}

/** SQL for "owed and past the term": the terms in use are few, so each becomes the last day that is too long ago. */
async function overdueCondition(
  on: Reads,
  today: LegalDate,
  days: WorkingDays,
): Promise<[string, Record<string, unknown>]> {
  const terms = await on.m
    .createQueryBuilder(InstitutionChange, 'c')
    .select('c.requiredDays', 'days')
    .distinct(true)
    .where({ state: In([...owing]) })
    .getRawMany<{ days: number }>();
  const back = (d: LegalDate): LegalDate => addDays(d, -1);
  const starts = terms.map(({ days: n }) => ({ n: Number(n), start: lastOverdueStart(today, Number(n), days, back) }));
  const parts = starts.map((_, i) => `(c.requiredDays = :term${i} AND c.happenedOn <= :start${i})`);
  const parameters: Record<string, unknown> = Object.fromEntries<unknown>(
    starts.flatMap(({ n, start }, i) => [
      [`term${i}`, n],
      [`start${i}`, start],
    ]),
  );
  const past = parts.length === 0 ? '1 = 0' : parts.join(' OR ');
  const still = '(c.reportBy IS NULL OR c.reportBy < :today)';
  return [`(c.state IN (:...owing) AND (${past}) AND ${still})`, { ...parameters, owing: [...owing], today }];
}

/** Changes, the newest entry first; `only` narrows the list to one institution. */
export async function listChanges(
  db: Db,
  only: string | undefined,
  asked: ChangesAsked,
  now: { today: LegalDate; days: WorkingDays },
): Promise<Page<ChangeReply>> {
  const query = db.m.createQueryBuilder(InstitutionChange, 'c').where('1 = 1');
  if (only !== undefined) query.andWhere('c.institutionId = :only', { only });
  if (asked.institutionId !== undefined) query.andWhere('c.institutionId = :of', { of: asked.institutionId });
  if (asked.state !== undefined) query.andWhere('c.state = :state', { state: asked.state });
  if (asked.kind !== undefined) query.andWhere('c.kind = :kind', { kind: asked.kind });
  if (asked.overdue !== undefined) {
    const [overdue, parameters] = await overdueCondition(db, now.today, now.days);
    query.andWhere(asked.overdue === 'true' ? overdue : `NOT ${overdue}`, parameters);
  }
  const page = await pageBy(query, { sort: 'c.id', id: 'c.id', descending: true, keyOf: (c) => [c.id, c.id] }, asked);
  return mapPage(page, (c) => shownChange(c, now.today, now.days));
}

/** What each institution owes on the day. */
export async function marksOf(
  on: Reads,
  institutionIds: readonly string[],
  now: { today: LegalDate; days: WorkingDays },
): Promise<Map<string, ReportingMark>> {
  const marks = new Map<string, ReportingMark>(institutionIds.map((id) => [id, { owing: 0, overdue: 0, waiting: 0 }]));
  if (institutionIds.length === 0) return marks;
  const states: ChangeState[] = [...owing, 'reported'];
  const rows = await on.m.findBy(InstitutionChange, { institutionId: In([...institutionIds]), state: In(states) });
  for (const c of rows) {
    const mark = marks.get(c.institutionId)!;
    if (c.state === 'reported') mark.waiting += 1;
    else mark.owing += 1;
    if (judgeLateness(c, now.today, now.days).overdue) mark.overdue += 1;
  }
  return marks;
}

/** Whose change it is; undefined for a change that is not there. */
export const institutionOfChange = async (on: Reads, id: string): Promise<string | undefined> =>
  (await on.m.findOneBy(InstitutionChange, { id }))?.institutionId;
