import type { Db } from '../../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { LegalDate } from '../../../kernel/pure/time';
import { Account } from '../accounts/accounts.store';
import type { Role } from '../permissions';
import type { PartyField } from '../posts/posts.rules';
import { Post } from '../posts/posts.store';

/** Whose posts are listed. */
export type House = { authorityIds: readonly string[] } | { field: Exclude<PartyField, 'expertId'>; id: string };

export interface ColleaguesRequest extends PageRequest {
  role?: Role;
  q?: string;
  ended?: 'true';
}

/** Posts of the house, newest first; those that are over only when asked for. */
export function colleaguesPage(
  db: Db,
  house: House,
  { role, q, ended, ...request }: ColleaguesRequest,
  today: LegalDate,
): Promise<Page<Post>> {
  const query = db.m.createQueryBuilder(Post, 'p').innerJoin(Account, 'a', 'a.id = p.account_id');
  if ('field' in house) query.where(`p.${house.field} = :id`, { id: house.id });
  // An empty list is no list to the database.
  else query.where('p.authorityId IN (:...ids)', { ids: [...house.authorityIds, ''] });
  if (role !== undefined) query.andWhere('p.role = :role', { role });
  // INSTR knows no wildcards, which people type unawares.
  if (q !== undefined) query.andWhere("(INSTR(a.name, :q) > 0 OR INSTR(COALESCE(p.office, ''), :q) > 0)", { q });
  if (ended === undefined) {
    query
      .andWhere('(p.toDay IS NULL OR p.toDay >= :today) AND (p.letterUntil IS NULL OR p.letterUntil >= :today)', {
        today,
      })
      .andWhere('a.disabled = :off', { off: false });
  }
  return pageBy(query, { sort: 'p.id', id: 'p.id', descending: true, keyOf: (p) => [p.id, p.id] }, request);
}
