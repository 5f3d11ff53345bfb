import type { Reads } from '../../kernel/db/database';
import type { LegalDate } from '../../kernel/pure/time';
import { MineVersion } from './mines.store';

// Ties between bodies and mines over a stretch of days, by what is known now.

const overlapping = (on: Reads, from: LegalDate, to: LegalDate) =>
  on.m
    .createQueryBuilder(MineVersion, 'v')
    .where('v.supersededAt IS NULL')
    .andWhere('v.validFrom <= :to AND (v.validTo IS NULL OR v.validTo > :from)', { from, to });

/** Bodies that operated the mine on some day from `from` to `to`, both included. */
export async function operatorsWithin(on: Reads, mineId: string, from: LegalDate, to: LegalDate): Promise<string[]> {
  const rows = await overlapping(on, from, to).andWhere('v.mineId = :mineId', { mineId }).getMany();
  return [...new Set(rows.flatMap((v) => (v.operatorId === null ? [] : [v.operatorId])))].sort();
}

/** Mines that the body operated on some day from `from` to `to`, both included; each with its latest name then. */
export async function operatedWithin(
  on: Reads,
  organisationId: string,
  from: LegalDate,
  to: LegalDate,
): Promise<{ id: string; name: string }[]> {
  const rows = await overlapping(on, from, to)
    .andWhere('v.operatorId = :organisationId', { organisationId })
    .orderBy('v.validFrom')
    .addOrderBy('v.mineId')
    .getMany();
  return [...new Map(rows.map((v) => [v.mineId, { id: v.mineId, name: v.name }])).values()];
}
