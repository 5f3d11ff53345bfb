import type { ObjectLiteral } from 'typeorm';
import type { Look, Places } from '../../http/page';
import type { Reads } from '../database';

/** Something that yields places in the order of the list, some of which are hits. */
export interface Source {
  /** The column that holds the place, as SQL names it. */
  place: string;
  /** SQL after FROM: each yields every hit of the source, once and in order by an index. The sparsest leads. */
  leads: readonly string[];
  /** What makes a candidate a hit, in SQL. Without any, each is one. */
  filters: readonly string[];
  parameters: ObjectLiteral;
}

/** SQL with named parameters. */
async function ask<R>(on: Reads, sql: string, parameters: ObjectLiteral): Promise<R[]> {
  const [text, values] = on.m.connection.driver.escapeQueryWithParameters(sql, parameters);
  return on.m.query<R[]>(text, values as unknown[]);
}

/** From where and in which direction. */
interface Course {
  from: string | undefined;
  down: boolean;
}

/** How many candidates of each lead are counted to learn which is the sparsest. */
const PROBE = 128;

/** How many candidates a count looks at; a first page, which nearly always is full by then, looks at as many at first. */
const COUNTED = 1024;

/**
 * Candidates looked at, stretch by stretch, before a page that is not full is handed out as it is. The later stretches
 * cost tens of milliseconds, but only a text that is rare among very many candidates needs them: a clerk who is shown an
 * empty page takes a body for not registered.
 */
export const MOST_LOOKS = 32_768;

function* stretches(most: number): Iterable<number> {
  for (let done = 0, next = PROBE; done < most; next *= 8) {
    const size = Math.min(done === PROBE ? COUNTED - PROBE : next, most - done);
    yield size;
    done += size;
  }
}

const beyond = (place: string, { from, down }: Course): string =>
  from === undefined ? '' : ` AND ${place} ${down ? '<' : '>'} :from`;

const inOrder = (place: string, { down }: Course): string => `ORDER BY ${place} ${down ? 'DESC' : 'ASC'}`;

/** A run of candidates: how many there are, up to a bound, and the last of them. */
interface Run {
  n: number;
  last: string | null;
}

async function runsOf(
  on: Reads,
  source: Source,
  leads: readonly string[],
  course: Course,
  most: number,
): Promise<Run[]> {
  const { place, parameters } = source;
  const runs = leads.map((lead, n) => {
    const run = `SELECT ${place} AS place FROM ${lead}${beyond(place, course)} ${inOrder(place, course)} LIMIT ${most}`;
    return `SELECT ${n} AS lead, COUNT(*) AS n, ${course.down ? 'MIN' : 'MAX'}(p${n}.place) AS last FROM (${run}) p${n}`;
  });
  const rows = await ask<{ lead: number | string; n: number | string; last: string | null }>(
    on,
    runs.join(' UNION ALL '),
    { ...parameters, from: course.from },
  );
  const byLead = new Map(rows.map((r) => [Number(r.lead), { n: Number(r.n), last: r.last }]));
  return leads.map((_, n) => byLead.get(n)!);
}

/** A lead, and the place up to which a look goes along it; undefined: to the end of the list. */
interface Stretch {
  lead: string;
  horizon: string | undefined;
}

const isFarther = (a: string, b: string, { down }: Course): boolean => (down ? a < b : a > b);

/** Is the first run the sparser? It ends sooner, or the same number of candidates reaches farther. */
function isSparser(a: Run, b: Run, course: Course): boolean {
  if (a.n !== b.n) return a.n < b.n;
  return a.n === PROBE && isFarther(a.last!, b.last!, course);
}

/** The hits of one stretch as SQL; `horizon` names the parameter. */
function hitsOf(source: Source, { lead, horizon }: Stretch, course: Course, as: string): string {
  const { place, filters } = source;
  const within = horizon === undefined ? '' : ` AND ${place} ${course.down ? '>=' : '<='} :${as}`;
  const held = filters.map((f) => ` AND ${f}`).join('');
  return `SELECT ${place} AS place FROM ${lead}${beyond(place, course)}${within}${held}`;
}

/** The runs at the beginning of the list, by source: a first page and the count both ask for them. */
type Beginnings = Map<Source, Promise<Run[]>>;

function probe(on: Reads, source: Source, course: Course, begun: Beginnings): Promise<Run[]> {
  const isBeginning = course.from === undefined && !course.down;
  const runs = (isBeginning && begun.get(source)) || runsOf(on, source, source.leads, course, PROBE);
  if (isBeginning) begun.set(source, runs);
  return runs;
}

/** One search through the places that the sources yield. */
export const lookingThrough = (on: Reads, sources: readonly Source[], mostLooks = MOST_LOOKS): Places => {
  const begun: Beginnings = new Map();

  async function stretchAlong(source: Source, course: Course, most: number): Promise<Stretch> {
    if (source.filters.length === 0) return { lead: source.leads[0]!, horizon: undefined };
    const runs = await probe(on, source, course, begun);
    let best = 0;
    runs.forEach((run, n) => {
      if (isSparser(run, runs[best]!, course)) best = n;
    });
    const lead = source.leads[best]!;
    if (runs[best]!.n < PROBE) return { lead, horizon: undefined };
    const [run] = most === PROBE ? [runs[best]!] : await runsOf(on, source, [lead], course, most);
    return { lead, horizon: run!.n < most ? undefined : run!.last! };
  }

  /** The hits of all sources, as far as all of them have been looked at. */
  async function lookOnce(course: Course, most: number, wanted: number): Promise<Look> {
    const found = new Set<string>();
    let horizon: string | undefined;
    for (const source of sources) {
      const stretch = await stretchAlong(source, course, most);
      const sql = `${hitsOf(source, stretch, course, 'horizon')} ${inOrder(source.place, course)} LIMIT ${wanted}`;
      const parameters = { ...source.parameters, from: course.from, horizon: stretch.horizon };
      for (const { place } of await ask<{ place: string }>(on, sql, parameters)) found.add(place);
      if (stretch.horizon === undefined) continue;
      if (horizon === undefined || isFarther(horizon, stretch.horizon, course)) horizon = stretch.horizon;
    }
    const hits = [...found].filter((p) => horizon === undefined || !isFarther(p, horizon, course)).sort();
    return { hits: course.down ? hits.reverse() : hits, horizon };
  }

  return {
    async look(from, down, wanted) {
      const hits: string[] = [];
      let at = from;
      for (const most of stretches(mostLooks)) {
        const look = await lookOnce({ from: at, down }, most, wanted - hits.length);
        hits.push(...look.hits);
        if (look.horizon === undefined || hits.length >= wanted)
          return { hits: hits.slice(0, wanted), horizon: undefined };
        at = look.horizon;
      }
      return { hits, horizon: at };
    },
    /** Of each source no more are counted than asked for: a source that has so many needs no other. */
    async count(most) {
      if (sources.length === 0) return { n: 0, isAll: true };
      const course: Course = { from: undefined, down: false };
      const parts: string[] = [];
      let parameters: ObjectLiteral = {};
      let isAll = true;
      for (const [n, source] of sources.entries()) {
        const stretch = await stretchAlong(source, course, COUNTED);
        if (stretch.horizon !== undefined) isAll = false;
        parts.push(`SELECT p${n}.place FROM (${hitsOf(source, stretch, course, `horizon${n}`)} LIMIT ${most}) p${n}`);
        parameters = { ...parameters, ...source.parameters, [`horizon${n}`]: stretch.horizon };
      }
      const sql = `SELECT COUNT(*) AS n FROM (${parts.join(' UNION ')}) counted`;
      const [row] = await ask<{ n: number | string }>(on, sql, parameters);
      return { n: Number(row!.n), isAll };
    },
  };
};
