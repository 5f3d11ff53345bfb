import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { pageOfPlaces, type Page, type PageRequest, type PlaceSource } from '../../http/page';
import { codeGram, nameQuery, type NameQuery } from '../../pure/grams';
import type { Reads } from '../database';
import { NameGram } from './name-index.store';

/** An SQL condition with its named parameters. */
export type Condition = readonly [sql: string, parameters?: ObjectLiteral];

/** How one list is searched. */
export interface NameList {
  list: string;
  /** The list is in the order of a code of its own, which is then found by its beginning without postings. */
  codePlace?: { table: string; column: string };
}

export interface Sought {
  /** Part of a name, compared as `nameKey` does. */
  name?: string;
  /** Beginning of a code, normalised. */
  code?: string;
  /** What must hold of the record beside; SQL over the place. */
  where?: (place: string) => Condition;
}

/** How many postings of each gram are looked at to find the rarest; the second look only if all have more. */
const PROBES = [64, 2048] as const;

async function countsOf(on: Reads, list: string, grams: readonly string[], most: number): Promise<number[]> {
  const one = `(SELECT COUNT(*) FROM (SELECT 1 FROM name_gram WHERE list = ? AND gram = ? LIMIT ${most}) p)`;
  const sql = `SELECT ${grams.map((_, i) => `${one} AS n${i}`).join(', ')}`;
  const parameters = grams.flatMap((gram) => [list, gram]);
  const [row] = await on.m.query<Record<string, number | string>[]>(sql, parameters);
  return grams.map((_, i) => Number(row![`n${i}`]));
}

/** A text may have up to 300 signs: these many of its pairs tell enough. */
const MOST_GRAMS = 24;

/** The gram with the fewest postings, as far as bounded looks can tell; undefined when one has none. */
async function rarest(on: Reads, list: string, query: NameQuery): Promise<string | undefined> {
  const grams = query.grams.slice(0, MOST_GRAMS);
  if (grams.length === 1) return grams[0];
  for (const most of PROBES) {
    const counts = await countsOf(on, list, grams, most);
    const least = Math.min(...counts);
    if (least === 0) return undefined;
    if (least < most || most === PROBES.at(-1)) return grams[counts.indexOf(least)];
  }
  return grams[0];
}

/** Records posted under the gram; `as` keeps the parameters of several such queries apart. */
const under = (on: Reads, list: string, gram: string, as: string): SelectQueryBuilder<ObjectLiteral> =>
  on.m
    .createQueryBuilder()
    .select('g.place', 'place')
    .from(NameGram, 'g')
    .where(`g.list = :${as}List AND g.gram = :${as}Gram`, { [`${as}List`]: list, [`${as}Gram`]: gram });

/**
 * Does a name of the record hold the whole text? INSTR, not LIKE: LIKE knows wildcards, and the engines disagree there on
 * letter case. As a count, so that no engine turns the question into a join and begins at the wrong end.
 */
const HOLDS = `(SELECT COUNT(*) FROM name_text t
  WHERE t.list = g.list AND t.place = g.place AND INSTR(t.text, :nameKey) > 0) > 0`;

/** One more than the last sign a code can have, so that a range ends behind all that begin alike. */
const BEHIND = '\u007f';

async function sourcesOf(on: Reads, { list, codePlace }: NameList, sought: Sought): Promise<PlaceSource[]> {
  const sources: PlaceSource[] = [];
  const add = (query: SelectQueryBuilder<ObjectLiteral>, place: string): void => {
    if (sought.where) query.andWhere(...(sought.where(place) as [string, ObjectLiteral]));
    sources.push({ query, place });
  };
  const byName = sought.name === undefined ? undefined : nameQuery(sought.name);
  if (byName) {
    const gram = await rarest(on, list, byName);
    const query = gram === undefined ? undefined : under(on, list, gram, 'name');
    if (query && !byName.exact) query.andWhere(HOLDS, { nameKey: sought.name });
    if (query) add(query, 'g.place');
  }
  // Codes are digits and capital letters; what holds other signs begins none.
  if (sought.code === undefined || !/^[0-9A-Z]{1,23}$/.test(sought.code)) return sources;
  add(under(on, list, codeGram(sought.code), 'code'), 'g.place');
  if (codePlace) {
    const column = `c.${codePlace.column}`;
    const beginning = { codeFrom: sought.code, codeBehind: sought.code + BEHIND };
    const query = on.m
      .createQueryBuilder()
      .select(column, 'place')
      .from(codePlace.table, 'c')
      .where(`${column} >= :codeFrom AND ${column} < :codeBehind`, beginning);
    add(query, column);
  }
  return sources;
}

/** One page of the places of records found, in the order of the list. */
export async function pageFound(
  on: Reads,
  list: NameList,
  sought: Sought,
  request: PageRequest,
): Promise<Page<string>> {
  return pageOfPlaces(await sourcesOf(on, list, sought), request);
}
