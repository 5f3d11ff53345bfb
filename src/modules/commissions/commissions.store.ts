import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { PoolDecision } from './pool.store';
import type { AssignmentState, LotState, PoolState } from './commissions.states';

@Entity('pool_entry')
@Index('ix_pool_entry_applied', ['appliedOn', 'id'])
@Index('ix_pool_entry_institution', ['institutionId', 'authority'])
export class PoolEntry {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column(col.text(6)) authority: string;
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column(col.text(16)) state: PoolState;
  @Column({ ...col.day(), name: 'applied_on' }) appliedOn: LegalDate;
  /** The first day in the register; null while it is not admitted. */
  @Column({ ...col.day(nullable), name: 'admitted_on' }) admittedOn: LegalDate | null;
  /** The first day no longer in it, or the day of the refusal. */
  @Column({ ...col.day(nullable), name: 'ended_on' }) endedOn: LegalDate | null;
  @Column({ ...col.text(500, nullable), name: 'end_reason' }) endReason: string | null;
  /** The institution's written request to leave, where an officer entered it. */
  @Column({ ...col.text(200, nullable), name: 'end_paper' }) endPaper: string | null;
  @Column(col.int()) version: number;
}

@Entity('lot')
export class Lot {
  @Column(col.key(36)) id: string;
  @Column(col.text(6)) authority: string;
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column(col.text(200)) name: string;
  @Column(col.text(24)) purpose: 'new-mine' | 'producing-mine' | 'transferred-entry' | 'spot-check' | 're-check';
  @Column(col.text(16)) mode: 'direct';
  @Column({ ...col.text(32), name: 'purchase_method' }) purchaseMethod: 'government-purchase' | 'entrusted-by-budget';
  @Column({ ...col.text(100), name: 'project_number' }) projectNumber: string;
  @Column({ ...col.text(100, nullable), name: 'contract_number' }) contractNumber: string | null;
  @Column(col.text(24)) state: LotState;
  @Index('ix_lot_opened')
  @Column({ ...col.day(), name: 'opened_on' })
  openedOn: LegalDate;
  @Column({ ...col.text(500, nullable), name: 'end_reason' }) endReason: string | null;
  @Column(col.int()) version: number;
}

@Entity('lot_mine')
export class LotMine {
  @Column({ ...col.key(36), name: 'lot_id' }) lotId: string;
  @Column({ ...col.key(36), name: 'mine_id' }) mineId: string;
}

@Entity('lot_candidate')
export class LotCandidate {
  @Column({ ...col.key(36), name: 'lot_id' }) lotId: string;
  @Column({ ...col.key(36), name: 'institution_id' }) institutionId: string;
}

@Entity('assignment')
@Index('ix_assignment_institution', ['institutionId', 'state'])
@Index('ix_assignment_due', ['state', 'answerBy'])
export class Assignment {
  @Column(col.key(36)) id: string;
  @Index('ix_assignment_lot')
  @Column({ ...col.text(36), name: 'lot_id' })
  lotId: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column(col.text(16)) state: AssignmentState;
  /** Where `resumed` leads back to; null unless frozen. */
  @Column({ ...col.text(16, nullable), name: 'state_before' }) stateBefore: AssignmentState | null;
  @Column({ ...col.day(), name: 'answer_by' }) answerBy: LegalDate;
  @Column({ ...col.at(), name: 'offered_at' }) offeredAt: Instant;
  @Column({ ...col.text(500, nullable), name: 'end_reason' }) endReason: string | null;
  @Column(col.int()) version: number;
}

@Entity('assignment_mine')
export class AssignmentMine {
  @Column({ ...col.key(36), name: 'assignment_id' }) assignmentId: string;
  @Index('ix_assignment_mine_mine')
  @Column({ ...col.key(36), name: 'mine_id' })
  mineId: string;
}

@Entity('conflict_statement')
export class ConflictStatement {
  @Column(col.key(36)) id: string;
  @Index('ix_conflict_statement_assignment')
  @Column({ ...col.text(36), name: 'assignment_id' })
  assignmentId: string;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column({ ...col.at(), name: 'stated_at' }) statedAt: Instant;
  @Column(col.json()) statement: Record<string, unknown>;
}

@Entity('engagement')
@Index('ix_engagement_subject', ['subjectKind', 'subjectId'])
export class Engagement {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(16), name: 'subject_kind' }) subjectKind: 'institution' | 'person';
  @Column({ ...col.text(36), name: 'subject_id' }) subjectId: string;
  @Column(col.text(24)) role: 'adviser' | 'reviewer' | 'spot-check-expert';
  @Column({ ...col.day(), name: 'from_day' }) from: LegalDate;
  /** Last day, inclusive. */
  @Column({ ...col.day(nullable), name: 'to_day' }) to: LegalDate | null;
  @Column(col.int()) version: number;
}

export const commissionEntities = [
  PoolEntry,
  PoolDecision,
  Lot,
  LotMine,
  LotCandidate,
  Assignment,
  AssignmentMine,
  ConflictStatement,
  Engagement,
];

/** Ids of the lots of these authorities. */
export const lotsWithin = async (on: Reads, authorityIds: readonly string[]): Promise<string[]> =>
  (await on.m.find(Lot, { where: { authorityId: In([...authorityIds]) }, select: { id: true } })).map((l) => l.id);

export const minesOfLot = async (on: Reads, lotId: string): Promise<string[]> =>
  (await on.m.find(LotMine, { where: { lotId }, order: { mineId: 'ASC' } })).map((r) => r.mineId);

export const candidatesOfLot = async (on: Reads, lotId: string): Promise<string[]> =>
  (await on.m.find(LotCandidate, { where: { lotId }, order: { institutionId: 'ASC' } })).map((r) => r.institutionId);

export const minesOfAssignment = async (on: Reads, assignmentId: string): Promise<string[]> =>
  (await on.m.find(AssignmentMine, { where: { assignmentId }, order: { mineId: 'ASC' } })).map((r) => r.mineId);

/** Of these mines of the lot, those that another assignment holds. */
export async function minesHeld(
  on: Reads,
  lotId: string,
  mineIds: readonly string[],
  states: readonly AssignmentState[],
): Promise<string[]> {
  const assignments = await on.m.find(Assignment, { where: { lotId, state: In([...states]) } });
  if (assignments.length === 0) return [];
  const rows = await on.m.find(AssignmentMine, {
    where: { assignmentId: In(assignments.map((a) => a.id)), mineId: In([...mineIds]) },
  });
  return [...new Set(rows.map((r) => r.mineId))].sort();
}
