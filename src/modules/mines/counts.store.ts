import type { SelectQueryBuilder } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { nameKey } from '../../kernel/pure/text';
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

/** What entries `v` of `provinceAt` are asked, as SQL over its parameters. */
function conditionsAt(on: Reads, moment: Moment) {
  const [dated] = atMoment('e', moment);
  const [held] = atMoment('l', moment);
  const exists = (entity: typeof MineListEntry | typeof MineLicence, alias: string, and: string): string =>
    `EXISTS (${on.m.createQueryBuilder(entity, alias).select('1').where(`${alias}.mine_id = v.mine_id`).andWhere(and).getQuery()})`;
  const licensed = `(v.licenceNumber IS NOT NULL OR ${exists(MineLicence, 'l', held)})`;
  return {
    produces: `v.operation = 'producing' AND ${licensed}`,
    unclear: `v.operation IS NULL OR (v.operation = 'producing' AND NOT ${licensed})`,
    anyDated: exists(MineListEntry, 'e', dated),
    datedOn: exists(MineListEntry, 'e', `${dated} AND e.status IN (:...onList)`),
    recordedOn: 'v.status IN (:...onList)',
  };
}

/** Entries of the large and medium mines of a province that hold at the moment. */
function provinceAt(on: Reads, provinceCode: string, moment: Moment): SelectQueryBuilder<MineVersion> {
  return on.m
    .createQueryBuilder(MineVersion, 'v')
    .innerJoin(Mine, 'm', 'm.id = v.mineId')
    .where('v.provinceCode = :provinceCode AND v.sizeClass IN (:...goaled)', { provinceCode, goaled: [...goaled] })
    .andWhere(...atMoment('v', moment))
    .andWhere(...visibleMine('m', moment.knownAt))
    .setParameter('onList', [...onList]);
}

/**
 * Mines on the list that their record names, while dated entries hold of other lists alone, none of which they are on.
 * They are few, and only here are names of lists compared as the register compares them.
 */
async function listedByRecord(on: Reads, provinceCode: string, moment: Moment): Promise<Map<string, number>> {
  const { produces, recordedOn, datedOn } = conditionsAt(on, moment);
  const [other] = atMoment('o', moment);
  const rows = await provinceAt(on, provinceCode, moment)
    .innerJoin(MineListEntry, 'o', `o.mineId = v.mineId AND ${other}`)
    .andWhere(`${produces} AND ${recordedOn} AND v.list IS NOT NULL AND NOT ${datedOn}`)
    .select('v.mineId', 'mineId')
    .addSelect('v.sizeClass', 'sizeClass')
    .addSelect('v.list', 'own')
    .addSelect('o.list', 'other')
    .getRawMany<{ mineId: string; sizeClass: string; own: string; other: string }>();
  const answered = new Set(rows.filter((r) => nameKey(r.own) === nameKey(r.other)).map((r) => r.mineId));
  const listed = new Map(rows.filter((r) => !answered.has(r.mineId)).map((r) => [r.mineId, r.sizeClass]));
  const counts = new Map<string, number>();
  for (const sizeClass of listed.values()) counts.set(sizeClass, (counts.get(sizeClass) ?? 0) + 1);
  return counts;
}

/** Large and medium mines of a province, and how many of them stand on a list. Two statements, whatever the size. */
export async function countBySize(on: Reads, provinceCode: string, moment: Moment): Promise<SizeCount[]> {
  const { produces, unclear, anyDated, datedOn, recordedOn } = conditionsAt(on, moment);
  // A dated entry of a list says more than the record's own word about it.
  const listed = `(${datedOn} OR (${recordedOn} AND NOT ${anyDated}))`;
  const said = (condition: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const rows = await provinceAt(on, provinceCode, moment)
    .select('v.sizeClass', 'sizeClass')
    .addSelect(said(produces), 'producing')
    .addSelect(said(`${produces} AND ${listed}`), 'listed')
    .addSelect(said(unclear), 'unclear')
    .groupBy('v.sizeClass')
    .getRawMany<{ sizeClass: string; producing: unknown; listed: unknown; unclear: unknown }>();
  const besides = await listedByRecord(on, provinceCode, moment);
  return goaled.map((sizeClass) => {
    const row = rows.find((r) => r.sizeClass === sizeClass);
    return {
      sizeClass,
      producing: Number(row?.producing ?? 0),
      listed: Number(row?.listed ?? 0) + (besides.get(sizeClass) ?? 0),
      unclear: Number(row?.unclear ?? 0),
    };
  });
}
