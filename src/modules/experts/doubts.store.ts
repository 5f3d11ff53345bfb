import { Brackets, Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant } from '../../kernel/pure/time';
import type { DoubtState } from './doubts.states';

export const doubtGrounds = ['name-and-birth-day', 'name'] as const;
export type DoubtGround = (typeof doubtGrounds)[number];

/**
 * Somebody newly registered may be a person already on record. An officer decides, with reasons; the likeness alone
 * neither merges nor refuses (个保法 24).
 */
@Entity('expert_doubt')
@Index('ix_expert_doubt_new', ['expertId'])
@Index('ix_expert_doubt_known', ['knownId'])
@Index('ix_expert_doubt_state', ['state', 'id'])
export class ExpertDoubt {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column({ ...col.text(36), name: 'known_id' }) knownId: string;
  @Column(col.text(24)) ground: DoubtGround;
  @Column(col.text(16)) state: DoubtState;
  @Column({ ...col.at(), name: 'raised_at' }) raisedAt: Instant;
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...col.at(nullable), name: 'decided_at' }) decidedAt: Instant | null;
  @Column({ ...col.text(1000, nullable), name: 'decision_reason' }) decisionReason: string | null;
  @Column({ ...col.text(200, nullable), name: 'decision_paper' }) decisionPaper: string | null;
  @Column(col.int()) version: number;
}

/** Doubts about any of these persons that nobody has decided. */
export function openDoubts(on: Reads, ids: readonly string[]): Promise<ExpertDoubt[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const some = In([...ids]);
  return on.m
    .createQueryBuilder(ExpertDoubt, 'd')
    .where({ state: 'open' })
    .andWhere(new Brackets((q) => q.where({ expertId: some }).orWhere({ knownId: some })))
    .orderBy('d.id')
    .getMany();
}
