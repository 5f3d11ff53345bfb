import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { AskedChanges, CorrectedField } from './corrections.contract';
import type { CorrectionState } from './corrections.states';

/** A person asks to have the own record put right (个保法 46); an officer decides. */
@Entity('expert_correction')
@Index('ix_expert_correction_of', ['expertId', 'state'])
@Index('ix_expert_correction_state', ['state', 'id'])
export class ExpertCorrection {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column(col.text(16)) state: CorrectionState;
  @Column({ ...col.day(), name: 'from_day' }) from: LegalDate;
  /** The last day of the entry that is to be put right; null where it has none. */
  @Column({ ...col.day(nullable), name: 'last_day' }) lastDay: LegalDate | null;
  @Column(col.json()) changes: AskedChanges;
  /** What stood in the record then, field by field. */
  @Column(col.json()) recorded: Record<string, unknown>;
  @Column(col.text(1000)) reason: string;
  @Column({ ...col.json(), name: 'file_ids' }) fileIds: string[];
  @Column({ ...col.text(36), name: 'asked_by' }) askedBy: string;
  @Column({ ...col.at(), name: 'asked_at' }) askedAt: Instant;
  @Column(col.json(nullable)) granted: CorrectedField[] | null;
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...col.at(nullable), name: 'decided_at' }) decidedAt: Instant | null;
  @Column({ ...col.text(1000, nullable), name: 'decision_reason' }) decisionReason: string | null;
  @Column({ ...col.text(200, nullable), name: 'decision_paper' }) decisionPaper: string | null;
  @Column(col.int()) version: number;
}

/** What was ever asked under these registrations, newest first. */
export const correctionsOf = (on: Reads, expertIds: readonly string[]): Promise<ExpertCorrection[]> =>
  on.m.find(ExpertCorrection, { where: { expertId: In([...expertIds]) }, order: { askedAt: 'DESC', id: 'DESC' } });
