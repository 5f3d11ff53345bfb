import type { ObjectLiteral } from 'typeorm';
import { pageOfPlaces, type Page, type PageRequest } from '../../http/page';
import { codeGram, nameQuery } from '../../pure/grams';
import type { Reads } from '../database';
import { lookingThrough, type Source } from './looking';

/** An SQL condition with its named parameters. */
export type Condition = readonly [sql: string, parameters?: ObjectLiteral];

/** How one list is searched. */
export interface NameList {
  list: string;
  /** The list is in the order of a code of its own, which is then found by its beginning without postings. */
  codePlace?: { table: string; column: string };
  /** Candidates looked at for one page at most, if not as many as usual. */
  mostLooks?: number;
}

export interface Sought {
  /** Part of a name, compared as `nameKey` does. */
  name?: string;
  /** Beginning of a code, normalised. */
  code?: string;
  /** The one record that is looked at. */
  only?: string;
  /** What must hold of the record beside; SQL over the place. */
  where?: (place: string) => Condition;
}

/** A text may have up to 300 signs: these many of its pairs tell enough. */
const MOST_GRAMS = 24;

/**
 * Does a name of the record hold the whole text? INSTR, not LIKE: LIKE knows wildcards, and the engines disagree there on
 * letter case. As a value, so that no engine turns the question into a join and begins at the wrong end.
 */
const HOLDS = `(SELECT 1 FROM name_text t
  WHERE t.list = g.list AND t.place = g.place AND INSTR(t.text, :nameKey) > 0 LIMIT 1) IS NOT NULL`;

/** One more than the last sign a code can have, so that a range ends behind all that begin alike. */
const BEHIND = '\u007f';

function sourcesOf({ list, codePlace }: NameList, { name, code, only, where }: Sought): Source[] {
  const sources: Source[] = [];
  const add = (place: string, leads: string[], parameters: ObjectLiteral, filters: string[] = []): void => {
    const [condition, further] = where?.(place) ?? [];
    sources.push({
      place,
      leads: only === undefined ? leads : leads.map((lead) => `${lead} AND ${place} = :only`),
      filters: condition === undefined ? filters : [...filters, condition],
      parameters: { list, only, ...parameters, ...further },
    });
  };
  const posted = (gram: string): string => `name_gram g WHERE g.list = :list AND g.gram = :${gram}`;
  const byName = name === undefined ? undefined : nameQuery(name);
  if (byName) {
    const grams = byName.grams.slice(0, MOST_GRAMS).map((gram, n) => [`nameGram${n}`, gram] as const);
    const leads = grams.map(([as]) => posted(as));
    add('g.place', leads, { ...Object.fromEntries(grams), nameKey: name }, byName.exact ? [] : [HOLDS]);
  }
  // Codes are digits and capital letters; what holds other signs begins none.
  if (code === undefined || !/^[0-9A-Z]{1,23}$/.test(code)) return sources;
  add('g.place', [posted('codeGram')], { codeGram: codeGram(code) });
  if (codePlace) {
    const column = `c.${codePlace.column}`;
    const range = `${codePlace.table} c WHERE ${column} >= :codeFrom AND ${column} < :codeBehind`;
    add(column, [range], { codeFrom: code, codeBehind: code + BEHIND });
  }
  return sources;
}

/** One page of the places of records found, in the order of the list. */
export function pageFound(on: Reads, list: NameList, sought: Sought, request: PageRequest): Promise<Page<string>> {
  return pageOfPlaces(lookingThrough(on, sourcesOf(list, sought), list.mostLooks), request);
}
