import { In } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { labelsOf } from '../../kernel/http/history-routes';
import { instantText } from '../../kernel/pure/time';
import { expertContent } from './content.contract';
import type { CorrectionReply } from './corrections.contract';
import { fieldsOf } from './corrections.rules';
import type { CorrectionState } from './corrections.states';
import { ExpertCorrection } from './corrections.store';
import { Expert } from './experts.store';

const labels = labelsOf(expertContent);

const shownCorrection = (c: ExpertCorrection, platformNumber: string, toPerson: boolean): CorrectionReply => ({
  id: c.id,
  version: c.version,
  expertId: c.expertId,
  platformNumber,
  state: c.state,
  from: c.from,
  lastDay: c.lastDay,
  asked: fieldsOf(c.changes).map((field) => ({
    field,
    label: labels[field] ?? field,
    recorded: c.recorded[field] ?? null,
    wanted: c.changes[field] ?? null,
  })),
  reason: c.reason,
  fileIds: c.fileIds,
  askedAt: instantText(c.askedAt),
  granted: c.granted,
  decidedAt: c.decidedAt === null ? null : instantText(c.decidedAt),
  decidedBy: toPerson ? null : c.decidedBy,
  decisionReason: c.decisionReason,
  decisionPaper: c.decisionPaper,
});

export async function shownCorrections(
  on: Reads,
  rows: readonly ExpertCorrection[],
  toPerson: boolean,
): Promise<CorrectionReply[]> {
  const ids = [...new Set(rows.map((c) => c.expertId))];
  const experts = ids.length === 0 ? [] : await on.m.findBy(Expert, { id: In(ids) });
  const numbers = new Map(experts.map((x) => [x.id, x.platformNumber]));
  return rows.map((c) => shownCorrection(c, numbers.get(c.expertId)!, toPerson));
}

/** Requests within the reader's reach, newest first; `expertIds` are the reader's own. */
export async function listCorrections(
  db: Db,
  expertIds: readonly string[] | undefined,
  request: PageRequest & { state?: CorrectionState },
): Promise<Page<CorrectionReply>> {
  const query = db.m.createQueryBuilder(ExpertCorrection, 'c').where('1 = 1');
  if (request.state !== undefined) query.andWhere({ state: request.state });
  if (expertIds !== undefined) query.andWhere({ expertId: In([...expertIds]) });
  const order = { sort: 'c.id', id: 'c.id', descending: true };
  const keyOf = (c: ExpertCorrection): [string, string] => [c.id, c.id];
  const page = await pageBy(query, { ...order, keyOf }, request);
  return { ...page, items: await shownCorrections(db, page.items, expertIds !== undefined) };
}
