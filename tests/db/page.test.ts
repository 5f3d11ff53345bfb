import { inTransaction } from '../../src/kernel/db/transaction';
import { mapPage, pageBy, type Page } from '../../src/kernel/http/page';
import { entities } from '../../src/schema';
import { Cell, cell, makeCells } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase(undefined, [...entities, Cell]);
  await makeCells(t.db);
});
afterAll(() => t.drop());
beforeEach(() => t.db.m.deleteAll(Cell));

const put = (rows: Cell[]): Promise<void> =>
  inTransaction(t.db, async (tx) => {
    for (let n = 0; n < rows.length; n += 400) await tx.m.insert(Cell, rows.slice(n, n + 400));
  });

const page = (limit: number, cursor?: string, descending = false, below = 1_000_000): Promise<Page<Cell>> =>
  pageBy(
    t.db.m.getRepository(Cell).createQueryBuilder('c').where('c.value < :below', { below }),
    { sort: 'c.value', id: 'c.id', descending, keyOf: (row) => [row.value, row.id] },
    { limit, cursor },
  );

const idsOf = (p: Page<Cell>): string[] => p.items.map((row) => row.id);

/** Every page in one direction, from the first page or the last. */
async function walk(limit: number, descending: boolean): Promise<Page<Cell>[]> {
  const pages = [await page(limit, undefined, descending)];
  for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next)
    pages.push(await page(limit, next, descending));
  return pages;
}

// Sort keys mostly equal: the id must decide among them.
const rows = Array.from({ length: 23 }, (_, n) => cell(`c${String((n * 7) % 23).padStart(2, '0')}`, Math.floor(n / 9)));
const sorted = [...rows].sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1)).map((row) => row.id);

describe.each([false, true])('descending %s', (descending) => {
  const expected = descending ? [...sorted].reverse() : sorted;
  beforeEach(() => put(rows));

  test.each([1, 2, 5, 22, 23, 24])('forwards by %i: each row once, in order', async (limit) => {
    const pages = await walk(limit, descending);
    expect(pages.flatMap(idsOf)).toEqual(expected);
    expect(pages).toHaveLength(Math.ceil(23 / limit));
    expect(pages[0]!.previous).toBeNull();
    expect(pages.every((p) => p.count === '23')).toBe(true);
  });

  test.each([1, 2, 5, 22])('back again by %i: the same pages', async (limit) => {
    const pages = await walk(limit, descending);
    let at = pages.at(-1)!;
    for (let n = pages.length - 2; n >= 0; n -= 1) {
      at = await page(limit, at.previous!, descending);
      expect(idsOf(at)).toEqual(idsOf(pages[n]!));
      expect(at.next).not.toBeNull();
    }
    expect(at.previous).toBeNull();
    expect(idsOf(await page(limit, at.next!, descending))).toEqual(idsOf(pages[1]!));
  });
});

test('rows that come and go between two pages neither repeat nor hide others', async () => {
  await put(rows);
  const first = await page(5);
  await t.db.m.delete(Cell, { id: idsOf(first)[4]! });
  await put([cell('zz', -1), cell('zy', 99)]);
  const rest: string[] = [];
  for (let next = first.next; next !== null;) {
    const p = await page(5, next);
    rest.push(...idsOf(p));
    next = p.next;
  }
  expect(rest).toEqual([...sorted.slice(5), 'zy']);
});

test('an empty list has no neighbours', async () => {
  expect(await page(5)).toEqual({ items: [], next: null, previous: null, count: '0' });
});

test('the filter counts and stays on every page', async () => {
  await put(rows);
  const first = await page(4, undefined, false, 1);
  expect(first.count).toBe('9');
  const second = await page(4, first.next!, false, 1);
  const third = await page(4, second.next!, false, 1);
  expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(sorted.slice(0, 9));
  expect(third.next).toBeNull();
});

test('the count stops at a thousand', async () => {
  await put(Array.from({ length: 1000 }, (_, n) => cell(`n${n}`, n)));
  expect((await page(1)).count).toBe('1000');
  await put([cell('one more', 1)]);
  expect((await page(1)).count).toBe('1000+');
});

const of = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const infinite = Buffer.from('["after",1e999,"a"]').toString('base64url');

test.each([
  'x',
  '',
  'äöü',
  of({}),
  of(null),
  of('after'),
  of([]),
  of(['after']),
  of(['after', 1]),
  of(['between', 1, 'a']),
  of(['after', null, 'a']),
  of(['after', 1, 2]),
  of(['after', { toString: 1 }, 'a']),
  infinite,
])('a cursor that is not ours (%j) is a 400 that names it', async (cursor) => {
  await put([cell('a')]);
  await expect(page(5, cursor)).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [{ in: 'query', pointer: '/cursor' }],
  });
});

test.each([
  of(['after', "0' OR '1'='1", "a' OR '1'='1"]),
  of(['before', 1e308, '\u0000']),
  of(['after', -0.5, '']),
  of(['after', 'abc', 'x'.repeat(400)]),
])('a cursor made by hand (%j) is only a place in the list', async (cursor) => {
  await put([cell('a'), cell('b', 1)]);
  expect((await page(5, cursor)).items.length).toBeLessThanOrEqual(2);
});

test('presenting rows keeps cursors and count', async () => {
  await put(rows);
  const p = await page(2);
  expect(mapPage(p, (row) => row.id)).toEqual({ ...p, items: idsOf(p) });
});
