import { Column, Entity, In, Index, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { Version } from '../../kernel/db/history';
import { instant, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { Tx } from '../../kernel/db/transaction';
import type { Ground } from './sanctions.contract';
import type { BarDays } from './sanctions.rules';

/** One decision against one subject; never updated but for publication and annulment. */
@Entity('bar')
@Index('ix_bar_subject', ['subjectKind', 'subjectId'])
@Index('ix_bar_public', ['published', 'servedOn', 'id'])
export class Bar {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(16), name: 'subject_kind' }) subjectKind: 'institution' | 'person';
  @Column({ ...col.text(36), name: 'subject_id' }) subjectId: string;
  /** Credit code or public platform number, as at the decision. */
  @Index('ix_bar_code')
  @Column(col.text(32))
  code: string;
  @Column(col.text(200)) name: string;
  @Column(col.text(32)) ground: Ground;
  @Column({ ...col.text(100), name: 'decision_number' }) decisionNumber: string;
  @Column({ ...col.text(36), name: 'case_id' }) caseId: string;
  @Column({ ...col.text(36), name: 'case_subject_id' }) caseSubjectId: string;
  @Column(col.text(6)) authority: string;
  @Column({ ...col.text(200), name: 'authority_name' }) authorityName: string;
  @Column(col.text(200)) basis: string;
  @Column(col.text(64)) profile: string;
  @Column({ ...col.day(), name: 'served_on' }) servedOn: LegalDate;
  @Column({ ...col.day(), name: 'last_barred_day' }) lastBarredDay: LegalDate;
  @Column({ ...col.day(), name: 'free_from' }) freeFrom: LegalDate;
  @Column(col.json()) steps: string[];
  @Column(col.flag()) published: boolean;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: Instant;
  @Column({ ...col.day(nullable), name: 'annulled_from' }) annulledFrom: LegalDate | null;
  @Column({ ...col.at(nullable), name: 'annulled_at' }) annulledAt: Instant | null;
}

/** 停止执行 as a dated interval. */
@Entity('bar_stay')
@Index('ix_bar_stay_bar', ['barId', 'validFrom'])
export class BarStay extends Version {
  @Column({ ...col.text(36), name: 'bar_id' }) barId: string;
}

export const sanctionEntities = [Bar, BarStay];

/** A bar with its stays, and when the last of what is known of it was recorded. */
export type KnownBar = Bar & BarDays & { changedAt: Instant };

/** Bars as known at the instant, each with its stays. */
export async function withStays(on: Reads, bars: readonly Bar[], knownAt: Instant): Promise<KnownBar[]> {
  if (bars.length === 0) return [];
  const rows = await on.m.find(BarStay, {
    where: { barId: In(bars.map((b) => b.id)), recordedAt: LessThanOrEqual(knownAt) },
  });
  const known = rows.filter((r) => r.supersededAt === null || r.supersededAt > knownAt);
  return bars.map((bar) => {
    const own = known.filter((s) => s.barId === bar.id);
    const annulledAt = bar.annulledAt !== null && bar.annulledAt <= knownAt ? bar.annulledAt : null;
    return {
      ...bar,
      start: bar.servedOn,
      annulledFrom: annulledAt === null ? null : bar.annulledFrom,
      stays: own.map((s) => ({ from: s.validFrom, to: s.validTo })),
      changedAt: instant(Math.max(bar.recordedAt, annulledAt ?? 0, ...own.map((s) => s.recordedAt))),
    };
  });
}

export async function barsOfSubjects(
  on: Reads,
  kind: Bar['subjectKind'],
  ids: readonly string[],
  knownAt: Instant,
): Promise<KnownBar[]> {
  if (ids.length === 0) return [];
  const bars = await on.m.find(Bar, {
    where: { subjectKind: kind, subjectId: In([...ids]), recordedAt: LessThanOrEqual(knownAt) },
    order: { servedOn: 'ASC', id: 'ASC' },
  });
  return withStays(on, bars, knownAt);
}

/** Stays of the bar without an end, begun before the day, end with it (the day itself no longer inside). */
export async function endOpenStays(
  tx: Tx,
  barId: string,
  to: LegalDate,
  at: { now: Instant; id: () => string },
): Promise<void> {
  const open = await tx.m.find(BarStay, {
    where: { barId, supersededAt: IsNull(), validTo: IsNull(), validFrom: LessThan(to) },
  });
  for (const row of open) {
    await tx.m.update(BarStay, { id: row.id }, { supersededAt: at.now });
    await tx.m.insert(BarStay, { ...row, id: at.id(), validTo: to, recordedAt: at.now, supersededAt: null });
  }
}

export const insertBar = async (tx: Tx, bar: Bar): Promise<void> => {
  await tx.m.insert(Bar, bar);
};
