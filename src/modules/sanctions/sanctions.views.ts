import type * as z from 'zod';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { addDays, type Instant, type LegalDate } from '../../kernel/pure/time';
import { grounds, type barView, type PublicBar } from './sanctions.contract';
import { barStateOn } from './sanctions.rules';
import type { PersonsPort } from './sanctions.service';
import { Bar, barsOfSubjects, withStays, type KnownBar } from './sanctions.store';

/** The public face of a bar on a day; undefined before its service day. */
export function presentBar(bar: KnownBar, day: LegalDate): PublicBar | undefined {
  const state = barStateOn(bar, day);
  if (state === 'not-started') return undefined;
  const { code, name, decisionNumber, basis, servedOn, lastBarredDay, freeFrom } = bar;
  const ground = grounds[bar.ground];
  return {
    kind: bar.subjectKind,
    code,
    name,
    ground,
    decisionNumber,
    authority: bar.authorityName,
    basis,
    servedOn,
    lastBarredDay,
    freeFrom,
    state,
  };
}

type WholeBar = z.input<typeof barView>;

/**
 * Of bars that a change ended: the one that stands instead, by their ids. A decision that is annulled leaves none, and a
 * changed one is changed no more.
 */
async function successorsOf(on: Reads, bars: readonly Bar[]): Promise<ReadonlyMap<string, string>> {
  const ended = bars.filter((b) => b.annulledFrom !== null);
  if (ended.length === 0) return new Map();
  const standing = await on.m.findBy(Bar, {
    caseSubjectId: In(ended.map((b) => b.caseSubjectId)),
    annulledFrom: IsNull(),
  });
  const of = new Map(standing.map((b) => [b.caseSubjectId, b.id]));
  return new Map(ended.flatMap((b) => (of.has(b.caseSubjectId) ? [[b.id, of.get(b.caseSubjectId)!] as const] : [])));
}

/** What authorities see beside: where it comes from, how its days were counted, and what stopped it. */
const presentWhole = (bar: KnownBar, day: LegalDate, replacedBy: string | undefined): WholeBar => ({
  ...presentBar(bar, day)!,
  id: bar.id,
  caseId: bar.caseId,
  caseSubjectId: bar.caseSubjectId,
  subjectId: bar.subjectId,
  published: bar.published,
  steps: bar.steps,
  stays: bar.stays.map(({ from, to }) => ({ from, lastDay: to === null ? null : addDays(to, -1) })),
  annulledFrom: bar.annulledFrom,
  replacedBy: replacedBy ?? null,
});

export type ListState = 'current' | 'past' | 'all';

const current = `(bar.lastBarredDay >= :day AND (bar.annulledFrom IS NULL OR bar.annulledFrom > :day))`;

export interface PublicListRequest extends PageRequest {
  state: ListState;
  asOf: LegalDate;
}

/** Those begun by the day, in this state on it: `current` are those whose term holds the day, stayed ones too. */
export function inState(
  query: SelectQueryBuilder<Bar>,
  { state, asOf }: Pick<PublicListRequest, 'state' | 'asOf'>,
): SelectQueryBuilder<Bar> {
  query.andWhere('bar.servedOn <= :day', { day: asOf });
  if (state === 'current') query.andWhere(current);
  if (state === 'past') query.andWhere(`NOT ${current}`);
  return query;
}

export function createSanctionViews(db: Db, persons: Pick<PersonsPort, 'together'>) {
  const started = (asOf: LegalDate): SelectQueryBuilder<Bar> =>
    db.m.createQueryBuilder(Bar, 'bar').where('bar.servedOn <= :day', { day: asOf });

  const order = {
    sort: 'bar.servedOn',
    id: 'bar.id',
    descending: true,
    keyOf: (b: Bar): [string, string] => [b.servedOn, b.id],
  };

  async function dressed(page: Page<Bar>, knownAt: Instant): Promise<Page<KnownBar>> {
    return { ...page, items: await withStays(db, page.items, knownAt) };
  }

  /** Published bars only. `current` are those whose term holds the day, stayed ones too; `past` the ended and annulled. */
  async function publicList(request: PublicListRequest): Promise<Page<PublicBar>> {
    const published = db.m.createQueryBuilder(Bar, 'bar').where('bar.published = :yes', { yes: true });
    const query = inState(published, request);
    const page = await dressed(await pageBy(query, order, request), LATEST);
    return mapPage(page, (bar) => presentBar(bar, request.asOf)!);
  }

  /** Published bars of one credit code or platform number as known at the instant. */
  async function publicBarsOf(code: string, asOf: LegalDate, knownAt: Instant): Promise<PublicBar[]> {
    const rows = await started(asOf)
      .andWhere('bar.published = :yes AND bar.code = :code AND bar.recordedAt <= :knownAt', {
        yes: true,
        code,
        knownAt,
      })
      .orderBy('bar.servedOn', 'DESC')
      .getMany();
    const known = await withStays(db, rows, knownAt);
    return known.map((bar) => presentBar(bar, asOf)!);
  }

  /** All bars of one person begun by that day, under whichever registration, published or not: for authorities. */
  async function barsOfPerson(on: Reads, expertId: string, asOf: LegalDate): Promise<PublicBar[]> {
    const person = (await persons.together(on, [expertId], LATEST)).get(expertId);
    const bars = await barsOfSubjects(on, 'person', person?.ids ?? [expertId], LATEST);
    return bars.map((bar) => presentBar(bar, asOf)).filter((bar) => bar !== undefined);
  }

  /** Every bar, for authorities. */
  async function list(asOf: LegalDate, asked: PageRequest & { caseId?: string; subjectId?: string }) {
    const { caseId, subjectId, ...request } = asked;
    const query = started(asOf);
    if (caseId !== undefined) query.andWhere('bar.caseId = :caseId', { caseId });
    if (subjectId !== undefined) query.andWhere('bar.subjectId = :subjectId', { subjectId });
    const page = await dressed(await pageBy(query, order, request), LATEST);
    const successors = await successorsOf(db, page.items);
    return mapPage(page, (bar) => presentWhole(bar, asOf, successors.get(bar.id)));
  }

  /** One bar, for authorities; before its service day it does not exist. */
  async function show(id: string, asOf: LegalDate): Promise<WholeBar> {
    const rows = await started(asOf).andWhere('bar.id = :id', { id }).getMany();
    const [bar] = await withStays(db, rows, LATEST);
    if (!bar) throw new Problem('request.not-found', { what: say('不再采信决定', 'bar decision'), id });
    return presentWhole(bar, asOf, (await successorsOf(db, [bar])).get(bar.id));
  }

  /**
   * Decisions by the month in which their term began, of subjects of each kind, and how many hold on the day. A changed
   * decision has two bars from the same service, and is one.
   */
  async function counts(asOf: LegalDate, since: LegalDate) {
    const month = 'SUBSTR(bar.servedOn, 1, 7)';
    const rows = await started(asOf)
      .andWhere('bar.servedOn >= :since', { since })
      .select(month, 'month')
      .addSelect('bar.subjectKind', 'kind')
      .addSelect('COUNT(DISTINCT bar.caseSubjectId)', 'count')
      .groupBy(month)
      .addGroupBy('bar.subjectKind')
      .orderBy(month)
      .getRawMany<{ month: string; kind: Bar['subjectKind']; count: unknown }>();
    const holding = await started(asOf)
      .andWhere(current)
      .select('bar.subjectKind', 'kind')
      .addSelect('COUNT(*)', 'count')
      .groupBy('bar.subjectKind')
      .getRawMany<{ kind: Bar['subjectKind']; count: unknown }>();
    const held = (kind: Bar['subjectKind']): number => Number(holding.find((h) => h.kind === kind)?.count ?? 0);
    return {
      begun: rows.map((r) => ({ month: r.month, kind: r.kind, count: Number(r.count) })),
      holding: { institution: held('institution'), person: held('person') },
    };
  }

  return { publicList, publicBarsOf, barsOfPerson, list, show, counts };
}

export type SanctionViews = ReturnType<typeof createSanctionViews>;
