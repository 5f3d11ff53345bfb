import type { Reads } from '../../kernel/db/database';
import { Evaluation } from './evaluations.store';
import type { EvaluationState } from './evaluations.states';

const within = (on: Reads, authorityIds: readonly string[]) => {
  const query = on.m.createQueryBuilder(Evaluation, 'e');
  if (authorityIds.length === 0) return query.where('1 = 0');
  return query.where('e.lotId IN (SELECT l.id FROM lot l WHERE l.authority_id IN (:...authorityIds))', {
    authorityIds: [...authorityIds],
  });
};

/** Evaluations of the authorities' lots by state. */
export async function countByState(
  on: Reads,
  authorityIds: readonly string[],
): Promise<{ state: EvaluationState; count: number }[]> {
  const rows = await within(on, authorityIds)
    .select('e.state', 'state')
    .addSelect('COUNT(*)', 'count')
    .groupBy('e.state')
    .getRawMany<{ state: EvaluationState; count: unknown }>();
  return rows.map((r) => ({ state: r.state, count: Number(r.count) }));
}

/** The institutions with most evaluations in hand, at most `limit`, each with what it had so far. */
export async function loadByInstitution(
  on: Reads,
  authorityIds: readonly string[],
  open: readonly EvaluationState[],
  limit: number,
): Promise<{ institutionId: string; open: number; total: number }[]> {
  const inHand = 'SUM(CASE WHEN e.state IN (:...open) THEN 1 ELSE 0 END)';
  const rows = await within(on, authorityIds)
    .select('e.institutionId', 'institutionId')
    .addSelect(inHand, 'open')
    .addSelect('COUNT(*)', 'total')
    .setParameter('open', [...open])
    .groupBy('e.institutionId')
    .orderBy(inHand, 'DESC')
    .addOrderBy('e.institutionId')
    .limit(limit)
    .getRawMany<{ institutionId: string; open: unknown; total: unknown }>();
  return rows.map((r) => ({ institutionId: r.institutionId, open: Number(r.open), total: Number(r.total) }));
}
