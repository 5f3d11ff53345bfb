import type { SelectQueryBuilder } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { pageFound } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page } from '../../kernel/http/page';
import { tidyLine } from '../../kernel/pure/text';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import { institutionNames } from '../institutions';
import { organisationSought } from '../organisations';
import type { Ground, PublicBar } from './sanctions.contract';
import type { Interval } from './sanctions.rules';
import { Bar, barsOfSubjects, withStays, type KnownBar } from './sanctions.store';
import { inState, presentBar, type PublicListRequest } from './sanctions.views';

/** A published bar as it stands on a day, with what its own page shows. */
export interface PublicEntry extends PublicBar {
  id: string;
  /** The key behind the ground's Chinese words. */
  groundKey: Ground;
  steps: readonly string[];
  /** 停止执行, half-open. */
  stays: readonly Interval[];
  annulledFrom: LegalDate | null;
  /** When what it says last changed: its entry, a stay, its annulment. */
  changedAt: Instant;
}

function presentEntry(bar: KnownBar, day: LegalDate): PublicEntry | undefined {
  const shown = presentBar(bar, day);
  if (!shown) return undefined;
  const { id, ground: groundKey, steps, stays, annulledFrom, changedAt } = bar;
  return { ...shown, id, groundKey, steps, stays, annulledFrom, changedAt };
}

/** Institutions named alike among the barred; more are found by a longer part of the name. */
const MOST_ALIKE = 200;

/** What everyone may read of bars: published ones only, whoever asks. */
export function createPublicBars(db: Db) {
  const published = (): SelectQueryBuilder<Bar> =>
    db.m.createQueryBuilder(Bar, 'bar').where('bar.published = :yes', { yes: true });

  /** Ids of institutions that were ever barred and bear or bore such a name or code, whatever it was at the decision. */
  async function institutionsLike(text: string): Promise<string[]> {
    const where = (place: string): readonly [string] => [
      `EXISTS (SELECT 1 FROM bar b WHERE b.subject_kind = 'institution' AND b.subject_id = ${place})`,
    ];
    const found = await pageFound(db, institutionNames, { ...organisationSought(text), where }, { limit: MOST_ALIKE });
    return found.items;
  }

  async function like(query: SelectQueryBuilder<Bar>, text: string): Promise<void> {
    const code = normaliseTypedCode(text);
    const conditions = ['INSTR(LOWER(bar.name), :likeName) > 0'];
    if (/^[0-9A-Z]{1,32}$/.test(code)) conditions.push('(bar.code >= :likeCode AND bar.code < :likeBehind)');
    const ids = await institutionsLike(text);
    if (ids.length > 0) conditions.push("(bar.subjectKind = 'institution' AND bar.subjectId IN (:...likeIds))");
    query.andWhere(`(${conditions.join(' OR ')})`, {
      likeName: tidyLine(text).toLowerCase(),
      likeCode: code,
      likeBehind: `${code}\u007f`,
      likeIds: ids,
    });
  }

  /** In the order of service, the latest first; `q` is part of any name ever borne, or the beginning of a code. */
  async function list(request: PublicListRequest & { q?: string }): Promise<Page<PublicEntry>> {
    const query = inState(published(), request);
    if (request.q !== undefined) await like(query, request.q);
    const keyOf = (b: Bar): [string, string] => [b.servedOn, b.id];
    const page = await pageBy(query, { sort: 'bar.servedOn', id: 'bar.id', descending: true, keyOf }, request);
    const bars = await withStays(db, page.items, LATEST);
    return mapPage({ ...page, items: bars }, (bar) => presentEntry(bar, request.asOf)!);
  }

  const present = async (rows: readonly Bar[], asOf: LegalDate): Promise<PublicEntry[]> =>
    (await withStays(db, rows, LATEST)).map((bar) => presentEntry(bar, asOf)).filter((e) => e !== undefined);

  const find = async (id: string, asOf: LegalDate): Promise<PublicEntry | undefined> =>
    (await present(await published().andWhere('bar.id = :id', { id }).getMany(), asOf))[0];

  /** Of these institutions, whichever codes they bore, by their ids; as long as the day lies on or after the service. */
  async function ofInstitutions(
    on: Reads,
    ids: readonly string[],
    asOf: LegalDate,
  ): Promise<Map<string, PublicEntry[]>> {
    const found = new Map<string, PublicEntry[]>();
    for (const bar of await barsOfSubjects(on, 'institution', ids, LATEST)) {
      const entry = bar.published ? presentEntry(bar, asOf) : undefined;
      if (entry) found.set(bar.subjectId, [entry, ...(found.get(bar.subjectId) ?? [])]);
    }
    return found;
  }

  /** Published bars with these ids, as they stand on the day. */
  async function byIds(ids: readonly string[], asOf: LegalDate): Promise<Map<string, PublicEntry>> {
    if (ids.length === 0) return new Map();
    const rows = await published()
      .andWhere('bar.id IN (:...ids)', { ids: [...ids] })
      .getMany();
    return new Map((await present(rows, asOf)).map((e) => [e.id, e]));
  }

  /** Those whose term was over by the day and that nothing ended before, the last ended first, as they stand on `asOf`. */
  async function ended(asked: { by: LegalDate; asOf: LegalDate; most: number; skip: number }): Promise<PublicEntry[]> {
    const { by, asOf, most, skip } = asked;
    const rows = await published()
      .andWhere('bar.freeFrom <= :by AND (bar.annulledFrom IS NULL OR bar.annulledFrom > bar.lastBarredDay)', { by })
      .orderBy('bar.freeFrom', 'DESC')
      .addOrderBy('bar.id', 'ASC')
      .limit(most)
      .offset(skip)
      .getMany();
    return present(rows, asOf);
  }

  return { list, find, ofInstitutions, byIds, ended };
}

export type PublicBars = ReturnType<typeof createPublicBars>;
