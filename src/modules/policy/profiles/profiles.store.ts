import { Column, Entity, In, Index, IsNull, Not } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import type { Instant, LegalDate } from '../../../kernel/pure/time';
import type { Basis, PoolMode } from '../core/profile';
import type { RuleSetting } from '../core/rule';

/** One version of an authority's profile. Once adopted its content is never changed. */
@Entity('policy_profile')
@Index('ix_policy_profile_authority', ['authority', 'effectiveFrom'])
export class PolicyProfile {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'authority_id' }) authorityId: string;
  @Column(col.text(6)) authority: string;
  @Column(col.text(200)) title: string;
  @Column(col.json()) basis: Basis;
  @Column({ ...col.text(16), name: 'pool_mode' }) poolMode: PoolMode;
  @Column(col.json()) settings: Record<string, RuleSetting>;
  @Column({ ...col.text(36), name: 'drafted_by' }) draftedBy: string;
  /** The first day of an adopted version; null for a draft. */
  @Column({ ...col.day(nullable), name: 'effective_from' }) effectiveFrom: LegalDate | null;
  @Column({ ...col.text(36, nullable), name: 'adopted_by' }) adoptedBy: string | null;
  @Column({ ...col.at(nullable), name: 'adopted_at' }) adoptedAt: Instant | null;
  @Column({ ...col.text(200, nullable), name: 'paper' }) paper: string | null;
  /** Of a draft that was taken back; it stays readable and is never adopted. */
  @Column({ ...col.at(nullable), name: 'withdrawn_at' }) withdrawnAt: Instant | null;
  @Column({ ...col.text(36, nullable), name: 'withdrawn_by' }) withdrawnBy: string | null;
  @Column({ ...col.text(1000, nullable), name: 'withdrawn_because' }) withdrawnBecause: string | null;
  @Column(col.int()) version: number;
}

/** A legality review or a repeal, of a version (shipped ones too) or of one rule of it; only ever added. */
@Entity('policy_act')
@Index('ix_policy_act_profile', ['profileId'])
export class PolicyAct {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(64), name: 'profile_id' }) profileId: string;
  @Column(col.text(64, nullable)) rule: string | null;
  @Column(col.text(16)) kind: 'review' | 'repeal';
  /** Number of the review, or the paper that repeals. */
  @Column(col.text(200)) paper: string;
  @Column(col.day()) day: LegalDate;
  @Column(col.text(16, nullable)) result: 'upheld' | 'not-upheld' | null;
  @Column({ ...col.text(200, nullable), name: 'fair_competition' }) fairCompetition: string | null;
  @Column({ ...col.text(36), name: 'recorded_by' }) recordedBy: string;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: Instant;
}

export const profileEntities = [PolicyProfile, PolicyAct];

export const adoptedOf = (on: Reads, authorities: readonly string[]): Promise<PolicyProfile[]> =>
  on.m.find(PolicyProfile, {
    where: { authority: In([...authorities]), effectiveFrom: Not(IsNull()) },
    // Of two that begin on one day the one adopted last holds.
    order: { adoptedAt: 'ASC', id: 'ASC' },
  });

export const adoptedAll = (on: Reads): Promise<PolicyProfile[]> =>
  on.m.find(PolicyProfile, {
    where: { effectiveFrom: Not(IsNull()) },
    order: { authority: 'ASC', id: 'ASC' },
    take: 500,
  });

export const draftsOf = (
  on: Reads,
  authorityIds: readonly string[],
  state: 'draft' | 'withdrawn',
): Promise<PolicyProfile[]> =>
  on.m.find(PolicyProfile, {
    where: {
      authorityId: In([...authorityIds]),
      effectiveFrom: IsNull(),
      withdrawnAt: state === 'draft' ? IsNull() : Not(IsNull()),
    },
    order: { id: 'ASC' },
    take: 500,
  });

export const findProfile = (on: Reads, id: string): Promise<PolicyProfile | null> =>
  on.m.findOneBy(PolicyProfile, { id });

export const actsOf = (on: Reads, profileIds: readonly string[]): Promise<PolicyAct[]> =>
  profileIds.length === 0
    ? Promise.resolve([])
    : on.m.find(PolicyAct, { where: { profileId: In([...profileIds]) }, order: { recordedAt: 'ASC', id: 'ASC' } });

export const insertProfile = async (tx: Tx, row: PolicyProfile): Promise<void> => {
  await tx.m.insert(PolicyProfile, row as never);
};
export const insertAct = async (tx: Tx, row: PolicyAct): Promise<void> => {
  await tx.m.insert(PolicyAct, row);
};
