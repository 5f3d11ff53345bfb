import { In } from 'typeorm';
import type { Db } from '../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instantText } from '../../kernel/pure/time';
import { Employment } from './experts.store';
import type { Reach } from './experts.views';
import type { ObjectionReply } from './objections.contract';
import type { ObjectionState } from './objections.states';
import { EmploymentObjection } from './objections.store';

export const shownObjection = (o: EmploymentObjection, e: Pick<Employment, 'institutionId'>): ObjectionReply => ({
  id: o.id,
  version: o.version,
  employmentId: o.employmentId,
  expertId: o.expertId,
  institutionId: e.institutionId,
  state: o.state,
  reason: o.reason,
  paper: o.paper,
  raisedAt: instantText(o.raisedAt),
  decidedAt: o.decidedAt === null ? null : instantText(o.decidedAt),
  decidedBy: o.decidedBy,
  decisionReason: o.decisionReason,
  decisionPaper: o.decisionPaper,
  voidFrom: o.voidFrom,
});

/** Objections within the reader's reach, newest first. */
export async function listObjections(
  db: Db,
  { institutionId, expertIds }: Reach,
  request: PageRequest & { state?: ObjectionState },
): Promise<Page<ObjectionReply>> {
  const query = db.m
    .createQueryBuilder(EmploymentObjection, 'o')
    .innerJoin(Employment, 'e', 'e.id = o.employmentId')
    .where('1 = 1');
  if (request.state !== undefined) query.andWhere({ state: request.state });
  if (institutionId !== undefined) query.andWhere('e.institutionId = :institutionId', { institutionId });
  if (expertIds !== undefined) query.andWhere('e.expertId IN (:...expertIds)', { expertIds });
  const order = { sort: 'o.id', id: 'o.id', descending: true };
  const keyOf = (o: EmploymentObjection): [string, string] => [o.id, o.id];
  const page = await pageBy(query, { ...order, keyOf }, request);
  const ids = page.items.map((o) => o.employmentId);
  const employments = ids.length === 0 ? [] : await db.m.findBy(Employment, { id: In(ids) });
  const byId = new Map(employments.map((e) => [e.id, e]));
  return { ...page, items: page.items.map((o) => shownObjection(o, byId.get(o.employmentId)!)) };
}
