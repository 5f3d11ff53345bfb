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

async function cappedCount<E extends ObjectLiteral>(query: SelectQueryBuilder<E>, id: string): Promise<string> {
  const rows = await query
    .clone()
    .select(id, 'id')
    .orderBy()
    .limit(COUNT_CAP + 1)
    .getRawMany();
  return rows.length > COUNT_CAP ? `${COUNT_CAP}+` : String(rows.length);
}

/**
 * One page by key, never by offset: it stays right while rows are added, and the last page costs no more than the
 * first. `sort` and `id` are `alias.property`; rows are ordered by both in the given direction.
 */
export async function pageBy<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  order: { sort: string; id: string; descending?: boolean; keyOf: (row: E) => [string | number, string] },
  request: PageRequest,
): Promise<Page<E>> {
  const count = await cappedCount(query, order.id);
  const cursor = request.cursor === undefined ? undefined : decode(request.cursor);
  const backwards = cursor?.direction === 'before';
  const down = (order.descending ?? false) !== backwards;
  const page = query.clone();
  if (cursor) {
    const op = down ? '<' : '>';
    page.andWhere(`(${order.sort} ${op} :pageSort OR (${order.sort} = :pageSort AND ${order.id} ${op} :pageId))`, {
      pageSort: cursor.key[0],
      pageId: cursor.key[1],
    });
  }
  const rows = await page
    .orderBy(order.sort, down ? 'DESC' : 'ASC')
    .addOrderBy(order.id, down ? 'DESC' : 'ASC')
    .limit(request.limit + 1)
    .getMany();
  const more = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  if (backwards) items.reverse();
  const at = (direction: Cursor['direction'], row: E | undefined): string | null =>
    row ? encode({ direction, key: order.keyOf(row) }) : null;
  return {
    items,
    next: more || backwards ? at('after', items.at(-1)) : null,
    previous: (backwards ? more : cursor !== undefined) ? at('before', items[0]) : null,
    count,
  };
}

/** The page with its rows presented. */
export const mapPage = <A, B>(page: Page<A>, present: (row: A) => B): Page<B> => ({
  ...page,
  items: page.items.map(present),
});
