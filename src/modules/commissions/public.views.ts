import { In, type SelectQueryBuilder } from 'typeorm';
import type { Db } from '../../kernel/db/database';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { LegalDate } from '../../kernel/pure/time';
import { PoolEntry } from './commissions.store';

/** An entry of a register of assessors as everybody may know it; who applied or was refused is in none. */
export interface PublicPoolEntry {
  id: string;
  institutionId: string;
  /** Division code. */
  authority: string;
  authorityId: string | null;
  admittedOn: LegalDate;
  /** The first day no longer in the register. */
  endedOn: LegalDate | null;
}

const present = (e: PoolEntry): PublicPoolEntry => ({
  id: e.id,
  institutionId: e.institutionId,
  authority: e.authority,
  authorityId: e.authorityId,
  admittedOn: e.admittedOn!,
  endedOn: e.endedOn,
});

/** 评估机构名录 for those who are not signed in. */
export function createPublicPool(db: Db) {
  const admitted = (): SelectQueryBuilder<PoolEntry> =>
    db.m.createQueryBuilder(PoolEntry, 'entry').where('entry.admittedOn IS NOT NULL');

  /** Who stands in a register on the day, in the order of application. */
  async function membersOn(asOf: LegalDate, request: PageRequest): Promise<Page<PublicPoolEntry>> {
    const query = admitted()
      .andWhere('entry.admittedOn <= :asOf', { asOf })
      .andWhere('(entry.endedOn IS NULL OR entry.endedOn > :asOf)');
    const keyOf = (e: PoolEntry): [string, string] => [e.appliedOn, e.id];
    return mapPage(await pageBy(query, { sort: 'entry.appliedOn', id: 'entry.id', keyOf }, request), present);
  }

  /** All entries of these institutions begun by the day, the latest first. */
  async function ofInstitutions(ids: readonly string[], asOf: LegalDate): Promise<PublicPoolEntry[]> {
    if (ids.length === 0) return [];
    const rows = await admitted()
      .andWhere({ institutionId: In([...ids]) })
      .andWhere('entry.admittedOn <= :asOf', { asOf })
      .orderBy('entry.admittedOn', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .getMany();
    return rows.map(present);
  }

  async function byIds(ids: readonly string[]): Promise<Map<string, PublicPoolEntry>> {
    if (ids.length === 0) return new Map();
    const rows = await admitted()
      .andWhere({ id: In([...ids]) })
      .getMany();
    return new Map(rows.map((e) => [e.id, present(e)]));
  }

  return { membersOn, ofInstitutions, byIds };
}

export type PublicPool = ReturnType<typeof createPublicPool>;
