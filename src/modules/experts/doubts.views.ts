import { In, IsNull } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { LATEST, todayOf } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instantText } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import type { Likeness } from './doubts.rules';
import type { DoubtState } from './doubts.states';
import { doubtsBetween, ExpertDoubt } from './doubts.store';
import { Expert, ExpertIdentity, ExpertVersion } from './experts.store';
import type { PersonLine } from './line.port';
import { ExpertMerge, mergesBetween } from './merging.store';
import type { DoubtReply } from './persons.contract';
import { birthDaysOf, entriesOf } from './persons.views';
import { type Together, togetherAt } from './together';

const PART = 400;

/** Everybody who bears or bore one of these names, with what tells persons apart. */
export async function bearersOf(
  on: Reads,
  vault: Pick<Vault, 'open'>,
  nameKeys: readonly string[],
): Promise<Likeness[]> {
  const rows: Pick<ExpertVersion, 'expertId' | 'nameKey'>[] = [];
  for (let at = 0; at < nameKeys.length; at += PART) {
    const where = { nameKey: In(nameKeys.slice(at, at + PART)), supersededAt: IsNull() };
    rows.push(...(await on.m.find(ExpertVersion, { where, select: { id: true, expertId: true, nameKey: true } })));
  }
  const ids = [...new Set(rows.map((r) => r.expertId))];
  if (ids.length === 0) return [];
  const persons = await togetherAt(on, ids, LATEST);
  const unique = [...new Map([...persons.values()].map((p) => [p.survivor, p])).values()];
  const born = await birthDaysOf(on, vault, unique);
  return unique.map((p) => ({
    id: p.survivor,
    nameKeys: [...new Set(rows.filter((r) => p.ids.includes(r.expertId)).map((r) => r.nameKey))],
    birthDay: born.get(p.survivor) ?? null,
  }));
}

/** Accounts that entered the later of the two persons, or said or undid before that the two are one. */
export async function involvedIn(
  on: Reads,
  expertId: string,
  [a, b]: readonly [Together, Together],
): Promise<string[]> {
  const registered = await on.m.findBy(Expert, { id: In([...a.ids, ...b.ids]) });
  const latest = registered.reduce((x, y) => (y.registeredAt >= x.registeredAt ? y : x)).id;
  const expertIds = { expertId: In([expertId, latest]) };
  const versions = await on.m.findBy(ExpertVersion, expertIds);
  const documents = await on.m.findBy(ExpertIdentity, expertIds);
  const findings = (await doubtsBetween(on, a.ids, b.ids)).filter((d) => d.state === 'same');
  const merges = await mergesBetween(on, a.ids, b.ids);
  return [
    ...versions.map((v) => v.recordedBy),
    ...documents.map((d) => d.addedBy),
    ...findings.map((d) => d.decidedBy),
    ...merges.flatMap((m) => [m.proposedBy, m.state === 'refused' ? null : m.decidedBy, m.undoneBy]),
  ].filter((account): account is string => account !== null);
}

type Bars = Pick<PersonLine, 'bars'>;

/** One doubt as an officer sees it: both persons with their names, and whether a bar rests on it. */
export async function showDoubt(on: Reads, line: Bars, d: ExpertDoubt, clock: Clock): Promise<DoubtReply> {
  const rows = await on.m.findBy(Expert, { id: In([d.expertId, d.knownId]) });
  const persons = await togetherAt(on, [d.expertId, d.knownId], LATEST);
  const names = await entriesOf(on, [...persons.values()], todayOf(clock));
  const personOf = (id: string) => ({
    id,
    platformNumber: rows.find((r) => r.id === id)!.platformNumber,
    name: names.get(persons.get(id)!.survivor)?.name ?? null,
  });
  const bars = await line.bars(on, [...persons.keys()]);
  const pair = [d.expertId, d.knownId];
  const merges = d.state === 'same' ? await on.m.findBy(ExpertMerge, { fromId: In(pair), intoId: In(pair) }) : [];
  return {
    id: d.id,
    version: d.version,
    state: d.state,
    ground: d.ground,
    person: personOf(d.expertId),
    known: personOf(d.knownId),
    knownBarred: bars.some((b) => b.holds),
    raisedAt: instantText(d.raisedAt),
    decidedAt: d.decidedAt === null ? null : instantText(d.decidedAt),
    decidedBy: d.decidedBy,
    decisionReason: d.decisionReason,
    decisionPaper: d.decisionPaper,
    mergeId: merges.at(-1)?.id ?? null,
  };
}

/** Doubts, newest first. */
export async function listDoubts(
  db: Db,
  line: Bars,
  request: PageRequest & { state?: DoubtState },
): Promise<Page<DoubtReply>> {
  const query = db.m.createQueryBuilder(ExpertDoubt, 'd').where('1 = 1');
  if (request.state !== undefined) query.andWhere({ state: request.state });
  const keyOf = (d: ExpertDoubt): [string, string] => [d.id, d.id];
  const page = await pageBy(query, { sort: 'd.id', id: 'd.id', descending: true, keyOf }, request);
  const items: DoubtReply[] = [];
  for (const d of page.items) items.push(await showDoubt(db, line, d, db.sources.clock));
  return { ...page, items };
}
