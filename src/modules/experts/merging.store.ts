import { Brackets, Column, Entity, In, Index, IsNull, Not } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { MergeState } from './merging.states';

/**
 * Two registrations that are one person: what was recorded under either stays where it is, and whoever asks for one is
 * answered for both while the merge stands. That keeps the trail, and undoing it is one more entry.
 */
@Entity('expert_merge')
@Index('ix_expert_merge_from', ['fromId'])
@Index('ix_expert_merge_into', ['intoId'])
@Index('ix_expert_merge_state', ['state', 'id'])
export class ExpertMerge {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'from_id' }) fromId: string;
  @Column({ ...col.text(36), name: 'into_id' }) intoId: string;
  @Column(col.text(16)) state: MergeState;
  @Column(col.text(1000)) reason: string;
  @Column(col.text(200)) paper: string;
  @Column({ ...col.text(36, nullable), name: 'proposed_by' }) proposedBy: string | null;
  @Column({ ...col.at(), name: 'proposed_at' }) proposedAt: number;
  /** Who confirmed, refused or withdrew it. */
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...col.text(1000, nullable), name: 'decision_reason' }) decisionReason: string | null;
  /** From this instant on the two are one; null unless it was confirmed. */
  @Column({ ...col.at(nullable), name: 'confirmed_at' }) confirmedAt: number | null;
  @Column({ ...col.text(36, nullable), name: 'undone_by' }) undoneBy: string | null;
  @Column({ ...col.at(nullable), name: 'undone_at' }) undoneAt: number | null;
  @Column({ ...col.text(1000, nullable), name: 'undo_reason' }) undoReason: string | null;
  @Column({ ...col.text(200, nullable), name: 'undo_paper' }) undoPaper: string | null;
  @Column(col.int()) version: number;
}

/** Ids in one statement at most. */
const PART = 400;

/** Merges in force at the instant that touch one of these persons. */
export async function standingMerges(on: Reads, ids: readonly string[], knownAt: number): Promise<ExpertMerge[]> {
  const found: ExpertMerge[] = [];
  for (let at = 0; at < ids.length; at += PART) {
    const part = ids.slice(at, at + PART);
    const rows = await on.m
      .createQueryBuilder(ExpertMerge, 'm')
      .where(new Brackets((q) => q.where({ fromId: In(part) }).orWhere({ intoId: In(part) })))
      .andWhere('m.confirmedAt <= :knownAt AND (m.undoneAt IS NULL OR m.undoneAt > :knownAt)', { knownAt })
      .orderBy('m.id')
      .getMany();
    found.push(...rows);
  }
  return found;
}

/** Every merge that ever stood and touches one of these persons, oldest first. */
export function mergesEver(on: Reads, ids: readonly string[]): Promise<ExpertMerge[]> {
  const some = In([...ids]);
  const confirmedAt = Not(IsNull());
  const either = [
    { confirmedAt, fromId: some },
    { confirmedAt, intoId: some },
  ];
  return on.m.find(ExpertMerge, { where: either, order: { confirmedAt: 'ASC', id: 'ASC' } });
}

/** Proposals that wait and touch one of these persons. */
export function proposedMerges(on: Reads, ids: readonly string[]): Promise<ExpertMerge[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const some = In([...ids]);
  const state = 'proposed' as const;
  const either = [
    { state, fromId: some },
    { state, intoId: some },
  ];
  return on.m.find(ExpertMerge, { where: either, order: { id: 'ASC' } });
}

/** Every merge there was of two persons, whatever became of it; each is named by all of his registrations. */
export async function mergesBetween(on: Reads, a: readonly string[], b: readonly string[]): Promise<ExpertMerge[]> {
  const [one, two] = [In([...a]), In([...b])];
  const either = [
    { fromId: one, intoId: two },
    { fromId: two, intoId: one },
  ];
  return on.m.find(ExpertMerge, { where: either, order: { id: 'ASC' } });
}

/** A proposal about these two that waits, whichever way round. */
export async function pendingMerge(on: Reads, a: string, b: string): Promise<ExpertMerge | undefined> {
  const where = { state: 'proposed' as const };
  const pair = [
    { ...where, fromId: a, intoId: b },
    { ...where, fromId: b, intoId: a },
  ];
  return (await on.m.findOneBy(ExpertMerge, pair)) ?? undefined;
}
