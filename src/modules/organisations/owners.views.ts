import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { OrganisationOwner } from './lists.store';
import { loadBody, Organisation } from './organisations.store';

/**
 * Credit codes of the bodies that own this one or that it owns, on the day. A common owner is not asked: being controlled
 * by the state in common is no affiliation by itself (公司法 265(4); domain.md 9).
 */
export async function ownersAndOwned(on: Reads, organisationId: string, moment: Moment): Promise<string[]> {
  const { uscc } = await loadBody(on, organisationId);
  const holding = () => on.m.createQueryBuilder(OrganisationOwner, 'o').where(...atMoment('o', moment));
  const owners = await holding().andWhere({ organisationId }).getMany();
  const owned = await holding().andWhere({ holderCode: uscc }).getMany();
  const bodies = await Promise.all(owned.map((o) => on.m.findOneByOrFail(Organisation, { id: o.organisationId })));
  return [...new Set([...owners.flatMap((o) => o.holderCode ?? []), ...bodies.map((b) => b.uscc)])].sort();
}
