import { In } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instantText, type Instant } from '../../kernel/pure/time';
import { Expert } from './experts.store';
import type { MergeReply } from './merging.contract';
import type { MergeFacts } from './merging.service';
import type { MergeState } from './merging.states';
import { ExpertMerge } from './merging.store';
import { personBehind, type Together } from './together';

type FactsOf = (on: Reads, from: Together, into: Together) => Promise<MergeFacts>;

const at = (instant: number | null): string | null => (instant === null ? null : instantText(instant as Instant));

/** One merge; while it waits, with what stands in its way as things are now. */
export async function showMerge(on: Reads, m: ExpertMerge, factsOf: FactsOf): Promise<MergeReply> {
  const rows = await on.m.findBy(Expert, { id: In([m.fromId, m.intoId]) });
  const personOf = (id: string) => ({ id, platformNumber: rows.find((r) => r.id === id)!.platformNumber });
  const waits = m.state === 'proposed';
  const facts = waits
    ? await factsOf(on, await personBehind(on, m.fromId, LATEST), await personBehind(on, m.intoId, LATEST))
    : { conflicts: [], birthDaysDiffer: false };
  return {
    id: m.id,
    version: m.version,
    state: m.state,
    from: personOf(m.fromId),
    into: personOf(m.intoId),
    reason: m.reason,
    paper: m.paper,
    proposedAt: at(m.proposedAt)!,
    proposedBy: m.proposedBy,
    decidedBy: m.decidedBy,
    decisionReason: m.decisionReason,
    confirmedAt: at(m.confirmedAt),
    undoneAt: at(m.undoneAt),
    undoneBy: m.undoneBy,
    undoReason: m.undoReason,
    ...facts,
  };
}

/** Merges, newest first. */
export async function listMerges(
  db: Db,
  request: PageRequest & { state?: MergeState },
  factsOf: FactsOf,
): Promise<Page<MergeReply>> {
  const query = db.m.createQueryBuilder(ExpertMerge, 'm').where('1 = 1');
  if (request.state !== undefined) query.andWhere({ state: request.state });
  const keyOf = (m: ExpertMerge): [string, string] => [m.id, m.id];
  const page = await pageBy(query, { sort: 'm.id', id: 'm.id', descending: true, keyOf }, request);
  const items: MergeReply[] = [];
  for (const m of page.items) items.push(await showMerge(db, m, factsOf));
  return { ...page, items };
}
