import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Problem } from '../problem';

export interface PageRequest {
  cursor?: string;
  limit: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  previous: string | null;
  count: string;
}

const COUNT_CAP = 1000;

interface Cursor {
  direction: 'after' | 'before';
  key: [string | number, string];
}

const encode = (c: Cursor): string => Buffer.from(JSON.stringify([c.direction, ...c.key])).toString('base64url');

function decode(text: string): Cursor {
  try {
    const [direction, sort, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const known = direction === 'after' || direction === 'before';
    // JSON reads 1e999 as Infinity, which no database takes.
    const sortable = typeof sort === 'string' || (typeof sort === 'number' && Number.isFinite(sort));
    if (known && sortable && typeof id === 'string') return { direction, key: [sort, id] };
  } catch {
    // Falls through: a cursor that is not ours.
  }
  const fault = { in: 'query', pointer: '/cursor', detail: '游标无效，请从第一页重新开始。' } as const;
  throw new Problem('request.invalid', {}, [fault]);
}

/** How many rows, but none is counted beyond the cap: a count costs the same in a small table and in a large one. */
async function cappedCount(query: SelectQueryBuilder<ObjectLiteral>): Promise<string> {
  const counted = query
    .clone()
    .select('1', 'one')
    .orderBy()
    .limit(COUNT_CAP + 1);
  const row = await counted
    .createQueryBuilder()
    .select('COUNT(*)', 'n')
    .from(`(${counted.getQuery()})`, 'counted')
    .setParameters(counted.getParameters())
    .getRawOne<{ n: number | string }>();
  const n = Number(row!.n);
  return n > COUNT_CAP ? `${COUNT_CAP}+` : String(n);
}

interface Order {
  sort: string;
  id: string;
}

/** Only what lies beyond the cursor. The plain bound on `sort` is what lets an index begin at the page. */
function beyond<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  { sort, id }: Order,
  cursor: Cursor | undefined,
  down: boolean,
): void {
  if (!cursor) return;
  const op = down ? '<' : '>';
  const [pageSort, pageId] = cursor.key;
  if (sort === id) query.andWhere(`${id} ${op} :pageId`, { pageId });
  else {
    const further = `(${sort} ${op} :pageSort OR ${id} ${op} :pageId)`;
    query.andWhere(`${sort} ${op}= :pageSort AND ${further}`, { pageSort, pageId });
  }
}

/** The rows of a page, of which one more was asked for than fits, with the ways to its neighbours. */
function framed<E>(
  rows: readonly E[],
  cursor: Cursor | undefined,
  request: PageRequest,
  count: string,
  keyOf: (row: E) => Cursor['key'],
): Page<E> {
  const backwards = cursor?.direction === 'before';
  const more = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  if (backwards) items.reverse();
  const at = (direction: Cursor['direction'], row: E | undefined): string | null =>
    row === undefined ? null : encode({ direction, key: keyOf(row) });
  return {
    items,
    next: more || backwards ? at('after', items.at(-1)) : null,
    previous: (backwards ? more : cursor !== undefined) ? at('before', items[0]) : null,
    count,
  };
}

const cursorOf = (request: PageRequest): Cursor | undefined =>
  request.cursor === undefined ? undefined : decode(request.cursor);

/**
 * One page by key, never by offset: it stays right while rows are added, and the last page costs no more than the
 * first. `sort` and `id` are `alias.property`; rows are ordered by both in the given direction. Where one column is
 * both, name it twice.
 */
export async function pageBy<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  order: Order & { descending?: boolean; keyOf: (row: E) => [string | number, string] },
  request: PageRequest,
): Promise<Page<E>> {
  const count = await cappedCount(query);
  const cursor = cursorOf(request);
  const down = (order.descending ?? false) !== (cursor?.direction === 'before');
  const page = query.clone();
  beyond(page, order, cursor, down);
  page.orderBy(order.sort, down ? 'DESC' : 'ASC');
  if (order.id !== order.sort) page.addOrderBy(order.id, down ? 'DESC' : 'ASC');
  const rows = await page.limit(request.limit + 1).getMany();
  return framed(rows, cursor, request, count, order.keyOf);
}

/** A look along the places of a list from one place on. */
export interface Look {
  /** Places of hits, in the order of looking. */
  hits: readonly string[];
  /** Where the look broke off with less than was wanted; undefined when it ended with the list or had enough. */
  horizon: string | undefined;
}

/** Records found, by their places. However many there are, each question looks at a bounded number of candidates. */
export interface Places {
  look(from: string | undefined, down: boolean, wanted: number): Promise<Look>;
  /** Hits from the beginning of the list, as far as `most`; `isAll` is false when the look broke off before. */
  count(most: number): Promise<{ n: number; isAll: boolean }>;
}

/** One before and one behind every place. */
const [FIRST_OF_ALL, LAST_OF_ALL] = ['', '\u007f'];

/**
 * One page of places, in order. It may be short, even empty, where many candidates are none: then its cursor goes on
 * where the look broke off, so that nothing is left out.
 */
export async function pageOfPlaces(places: Places, request: PageRequest): Promise<Page<string>> {
  const cursor = cursorOf(request);
  const down = cursor?.direction === 'before';
  const { hits, horizon } = await places.look(cursor?.key[1], down, request.limit + 1);
  const items = hits.slice(0, request.limit);
  const ahead = hits.length > request.limit ? items.at(-1) : horizon;
  // A first page that is the last has counted itself.
  const isWhole = !cursor && ahead === undefined;
  const { n, isAll } = isWhole ? { n: items.length, isAll: true } : await places.count(COUNT_CAP + 1);
  const behind = cursor && (items[0] ?? horizon ?? (down ? FIRST_OF_ALL : LAST_OF_ALL));
  const at = (direction: Cursor['direction'], place: string | undefined): string | null =>
    place === undefined ? null : encode({ direction, key: [place, place] });
  return {
    items: down ? items.reverse() : items,
    next: at('after', down ? behind : ahead),
    previous: at('before', down ? ahead : behind),
    count: n > COUNT_CAP ? `${COUNT_CAP}+` : isAll ? String(n) : `${Math.max(n, items.length)}+`,
  };
}

/** The same where presenting a row asks the database. */
export async function mapPageAsync<A, B>(page: Page<A>, present: (row: A) => Promise<B>): Promise<Page<B>> {
  const items: B[] = [];
  for (const row of page.items) items.push(await present(row));
  return { ...page, items };
}

const byKey = (a: Cursor['key'], b: Cursor['key']): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;

/** The same over rows at hand: what belongs to one record and was read whole. */
export function pageOfList<E>(
  rows: readonly E[],
  order: { descending?: boolean; keyOf: (row: E) => [string | number, string] },
  request: PageRequest,
): Page<E> {
  const cursor = cursorOf(request);
  const sign = (order.descending ?? false) !== (cursor?.direction === 'before') ? -1 : 1;
  const further = rows
    .filter((row) => !cursor || sign * byKey(order.keyOf(row), cursor.key) > 0)
    .sort((a, b) => sign * byKey(order.keyOf(a), order.keyOf(b)));
  const count = rows.length > COUNT_CAP ? `${COUNT_CAP}+` : String(rows.length);
  return framed(further.slice(0, request.limit + 1), cursor, request, count, order.keyOf);
}

/** The page with its rows presented. */
export const mapPage = <A, B>(page: Page<A>, present: (row: A) => B): Page<B> => ({
  ...page,
  items: page.items.map(present),
});
