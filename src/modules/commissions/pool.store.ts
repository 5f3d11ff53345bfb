import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { RuleResult } from '../policy';
import type { PoolDecisionState } from './commissions.states';
import type { PoolOutcome, PublicNotice } from './pool.contract';

/** What one officer proposed about an entry, and what became of it: rows are added, and none is proposed twice. */
@Entity('pool_decision')
@Index('ix_pool_decision_entry', ['entryId', 'state'])
export class PoolDecision {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'entry_id' }) entryId: string;
  @Column(col.text(16)) outcome: PoolOutcome;
  @Column(col.text(16)) state: PoolDecisionState;
  @Column({ ...col.text(100), name: 'decision_number' }) decisionNumber: string;
  @Column({ ...col.day(), name: 'decided_on' }) decidedOn: LegalDate;
  @Column(col.long()) reasons: string;
  @Column({ ...col.json(nullable), name: 'public_notice' }) publicNotice: PublicNotice | null;
  /** The rules of the decision's day. */
  @Column(col.text(64)) profile: string;
  /** Every rule's answer as of that day, as it was known when this row was last decided upon. */
  @Column(col.json()) rules: RuleResult[];
  @Column({ ...col.text(36), name: 'proposed_by' }) proposedBy: string;
  @Column({ ...col.text(36, nullable), name: 'proposed_for' }) proposedFor: string | null;
  @Column({ ...col.at(), name: 'proposed_at' }) proposedAt: Instant;
  @Column({ ...col.text(36, nullable), name: 'settled_by' }) settledBy: string | null;
  @Column({ ...col.text(36, nullable), name: 'settled_for' }) settledFor: string | null;
  @Column({ ...col.at(nullable), name: 'settled_at' }) settledAt: Instant | null;
  @Column({ ...col.text(500, nullable), name: 'return_reason' }) returnReason: string | null;
  @Column({ ...col.text(36, nullable), name: 'scan_file_id' }) scanFileId: string | null;
  @Column(col.int()) version: number;
}

/** The proposal that waits, if one does. */
export const openDecisionOf = (on: Reads, entryId: string): Promise<PoolDecision | null> =>
  on.m.findOneBy(PoolDecision, { entryId, state: 'proposed' });

/** All that was ever proposed about the entry, oldest first. */
export const decisionsOf = (on: Reads, entryId: string): Promise<PoolDecision[]> =>
  on.m.find(PoolDecision, { where: { entryId }, order: { proposedAt: 'ASC', id: 'ASC' } });
