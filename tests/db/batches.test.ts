import { chunksOf, inBatches } from '../../src/kernel/db/batches';
import { JobLease } from '../../src/kernel/db/kernel.store';
import type { Tx } from '../../src/kernel/db/transaction';
import { instant, type Instant } from '../../src/kernel/pure/time';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let now = 0;
beforeEach(async () => {
  now = Date.UTC(2026, 2, 2);
  database = await testDatabase({ now: (): Instant => instant(now) });
});
afterEach(() => database.drop());

const rows = (count: number) => [...Array(count).keys()].map((n) => ({ name: `row-${n}`, token: '', until: 0 }));

/** How many rows each transaction wrote. */
async function written(count: number, msPerPart: number): Promise<number[]> {
  const sizes = new Map<Tx, number>();
  await inBatches(database.db, rows(count), async (tx, part) => {
    await tx.m.insert(JobLease, [...part]);
    now += msPerPart;
    sizes.set(tx, (sizes.get(tx) ?? 0) + part.length);
  });
  expect(await database.db.m.count(JobLease)).toBe(count);
  return [...sizes.values()];
}

describe('writing many rows', () => {
  test('at most 500 rows in one transaction', async () => {
    expect(await written(1203, 0)).toEqual([500, 500, 203]);
  });
  test('exactly 500 rows are one, one more makes two', async () => {
    expect(await written(500, 0)).toEqual([500]);
  });
  test('and one more makes two', async () => {
    expect(await written(501, 0)).toEqual([500, 1]);
  });
  test('after 20 ms others get their turn', async () => {
    expect(await written(300, 10)).toEqual([100, 100, 100]);
    expect(now).toBeGreaterThan(0);
  });
  test('a slow statement still gets on', async () => {
    expect(await written(120, 1000)).toEqual([50, 50, 20]);
  });
  test('nothing at all', async () => {
    expect(await written(0, 0)).toEqual([]);
  });
  test('a batch that fails leaves the earlier ones and none of its own', async () => {
    const list = [...rows(600), { name: 'row-550', token: '', until: 0 }];
    await expect(
      inBatches(database.db, list, async (tx, part) => void (await tx.m.insert(JobLease, [...part]))),
    ).rejects.toMatchObject({ code: 'request.conflict' });
    expect(await database.db.m.count(JobLease)).toBe(500);
  });
});

test('chunks are read as they are asked for', async () => {
  let read = 0;
  const source = async function* () {
    for (; read < 7; read += 1) yield read;
  };
  const sizes: number[] = [];
  for await (const chunk of chunksOf(source(), 3)) {
    sizes.push(chunk.length);
    expect(read).toBeLessThanOrEqual(sizes.length * 3);
  }
  expect(sizes).toEqual([3, 3, 1]);
});
