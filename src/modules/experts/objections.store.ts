import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { ObjectionState } from './objections.states';

/** A person says: this body names me and should not (个保法 17, 46). It opens a check. */
@Entity('employment_objection')
@Index('ix_employment_objection_of', ['employmentId'])
@Index('ix_employment_objection_state', ['state', 'id'])
export class EmploymentObjection {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'employment_id' }) employmentId: string;
  @Column({ ...col.text(36), name: 'expert_id' }) expertId: string;
  @Column(col.text(16)) state: ObjectionState;
  @Column(col.text(1000)) reason: string;
  /** The paper of a person without an account; null when raised from the person's own account. */
  @Column(col.text(200, nullable)) paper: string | null;
  @Column({ ...col.text(36, nullable), name: 'raised_by' }) raisedBy: string | null;
  @Column({ ...col.at(), name: 'raised_at' }) raisedAt: Instant;
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...col.at(nullable), name: 'decided_at' }) decidedAt: Instant | null;
  @Column({ ...col.text(1000, nullable), name: 'decision_reason' }) decisionReason: string | null;
  @Column({ ...col.text(200, nullable), name: 'decision_paper' }) decisionPaper: string | null;
  /** First day struck out by an objection that was upheld. */
  @Column({ ...col.day(nullable), name: 'void_from' }) voidFrom: LegalDate | null;
  @Column(col.int()) version: number;
}

export const objectionsTo = (on: Reads, employmentIds: readonly string[]): Promise<EmploymentObjection[]> =>
  employmentIds.length === 0
    ? Promise.resolve([])
    : on.m.find(EmploymentObjection, { where: { employmentId: In([...employmentIds]) }, order: { id: 'ASC' } });

const openAt = (o: EmploymentObjection, knownAt: Instant): boolean =>
  o.raisedAt <= knownAt && (o.decidedAt === null || o.decidedAt > knownAt);

/** Of these employments, those to which an objection is open at the instant. */
export async function disputedAt(
  on: Reads,
  employmentIds: readonly string[],
  knownAt: Instant,
): Promise<ReadonlySet<string>> {
  const open = (await objectionsTo(on, employmentIds)).filter((o) => openAt(o, knownAt));
  return new Set(open.map((o) => o.employmentId));
}
