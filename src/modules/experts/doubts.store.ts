import { Brackets, Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Instant } from '../../kernel/pure/time';
import type { Tx } from '../../kernel/db/transaction';
import type { Sources } from '../../kernel/sources';
import { byWeight } from './doubts.rules';
import type { DoubtGround, DoubtState } from './doubts.states';

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

/** How many doubts about any of these persons nobody had decided at the instant. */
export async function countDoubtsAt(on: Reads, ids: readonly string[], knownAt: Instant): Promise<number> {
  const some = In([...ids]);
  const rows = await on.m.find(ExpertDoubt, { where: [{ expertId: some }, { knownId: some }] });
  return rows.filter((d) => d.raisedAt <= knownAt && (d.decidedAt === null || d.decidedAt > knownAt)).length;
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

const PART = 400;

/** Names a pair, whichever of the two comes first. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The last doubt of each pair that was doubted before, decided or not. */
export async function askedBefore(on: Reads, ids: readonly string[]): Promise<Map<string, ExpertDoubt>> {
  const asked = new Map<string, ExpertDoubt>();
  for (let at = 0; at < ids.length; at += PART) {
    const some = In(ids.slice(at, at + PART));
    const where = [{ expertId: some }, { knownId: some }];
    for (const d of await on.m.find(ExpertDoubt, { where, order: { id: 'ASC' } })) {
      const key = pairKey(d.expertId, d.knownId);
      const kept = asked.get(key);
      if (!kept || byWeight(d, kept) >= 0) asked.set(key, d);
    }
  }
  return asked;
}

/** Every doubt there was between two persons, the weightiest last; each is named by all of his registrations. */
export async function doubtsBetween(on: Reads, a: readonly string[], b: readonly string[]): Promise<ExpertDoubt[]> {
  const [one, two] = [In([...a]), In([...b])];
  const either = [
    { expertId: one, knownId: two },
    { expertId: two, knownId: one },
  ];
  return (await on.m.find(ExpertDoubt, { where: either, order: { id: 'ASC' } })).sort(byWeight);
}

/** A doubt that nobody has decided yet. */
export const openDoubt = (sources: Sources, of: Pick<ExpertDoubt, 'expertId' | 'knownId' | 'ground'>): ExpertDoubt => ({
  id: sources.ids.timed(),
  expertId: of.expertId,
  knownId: of.knownId,
  ground: of.ground,
  state: 'open',
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  decisionPaper: null,
  raisedAt: sources.clock.now(),
  version: 1,
});

export async function insertDoubts(tx: Tx, doubts: readonly ExpertDoubt[]): Promise<void> {
  for (let i = 0; i < doubts.length; i += 50) await tx.m.insert(ExpertDoubt, doubts.slice(i, i + 50));
}

/** Open doubts between two persons end with the finding that they are one; their ids. */
export async function settleDoubts(
  tx: Tx,
  [a, b]: readonly [readonly string[], readonly string[]],
  decision: Pick<ExpertDoubt, 'decidedBy' | 'decisionReason' | 'decidedAt'>,
): Promise<string[]> {
  const settled: string[] = [];
  for (const d of await openDoubts(tx, a)) {
    if (![...b].some((id) => id === d.expertId || id === d.knownId)) continue;
    await tx.m.update(ExpertDoubt, { id: d.id, state: 'open' }, { ...decision, state: 'same' });
    settled.push(d.id);
  }
  return settled;
}
