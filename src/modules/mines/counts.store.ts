import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import type { ListStatus } from './fields.contract';
import { MineListEntry } from './lists.store';
import { Mine, MineLicence, MineVersion, visibleMine } from './mines.store';

/** Mines of one size class at a moment, in one province. */
export interface SizeCount {
  sizeClass: 'large' | 'medium';
  /** Licensed and producing: what the goals are counted of. */
  producing: number;
  /** Of these, on a list; a mine under correction still is. */
  listed: number;
  /** Neither counted nor left out for good: the register does not say whether they produce or hold a licence. */
  unclear: number;
}

const onList: readonly ListStatus[] = ['on-list', 'correction'];
const goaled = ['large', 'medium'] as const;

/** Large and medium mines of a province, and how many of them stand on a list. One statement, whatever the size. */
export async function countBySize(on: Reads, provinceCode: string, moment: Moment): Promise<SizeCount[]> {
  const [entry, entryMoment] = atMoment('v', moment);
  const [dated] = atMoment('e', moment);
  const [held] = atMoment('l', moment);
  const [seen, seenMoment] = visibleMine('m', moment.knownAt);
  const exists = (entity: typeof MineListEntry | typeof MineLicence, alias: string, and: string): string =>
    `EXISTS (${on.m.createQueryBuilder(entity, alias).select('1').where(`${alias}.mine_id = v.mine_id`).andWhere(and).getQuery()})`;
  const licensed = `(v.licenceNumber IS NOT NULL OR ${exists(MineLicence, 'l', held)})`;
  const anyDated = exists(MineListEntry, 'e', dated);
  const datedOn = exists(MineListEntry, 'e', `${dated} AND e.status IN (:...onList)`);
  // Dated entries say more than the record's own word, which counts only where there are none.
  const listed = `(${datedOn} OR (v.status IN (:...onList) AND NOT ${anyDated}))`;
  const produces = `v.operation = 'producing' AND ${licensed}`;
  const said = (condition: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const rows = await on.m
    .createQueryBuilder(MineVersion, 'v')
    .innerJoin(Mine, 'm', 'm.id = v.mineId')
    .select('v.sizeClass', 'sizeClass')
    .addSelect(said(produces), 'producing')
    .addSelect(said(`${produces} AND ${listed}`), 'listed')
    .addSelect(said(`v.operation IS NULL OR (v.operation = 'producing' AND NOT ${licensed})`), 'unclear')
    .where('v.provinceCode = :provinceCode AND v.sizeClass IN (:...goaled)', { provinceCode, goaled: [...goaled] })
    .andWhere(entry, entryMoment)
    .andWhere(seen, seenMoment)
    .setParameter('onList', [...onList])
    .groupBy('v.sizeClass')
    .getRawMany<{ sizeClass: string; producing: unknown; listed: unknown; unclear: unknown }>();
  return goaled.map((sizeClass) => {
    const row = rows.find((r) => r.sizeClass === sizeClass);
    return {
      sizeClass,
      producing: Number(row?.producing ?? 0),
      listed: Number(row?.listed ?? 0),
      unclear: Number(row?.unclear ?? 0),
    };
  });
}
