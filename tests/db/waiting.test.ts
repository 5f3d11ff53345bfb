import { Gate } from '../../src/kernel/db/sqlite';
import { WriterBusyError } from '../../src/kernel/db/errors';
import { createGuards } from '../../src/kernel/db/guards';
import { inTransaction } from '../../src/kernel/db/transaction';
import { entities } from '../../src/schema';
import { Cell, cell, committedCells, makeCells, putCell, signal } from '../support/cells';
import { lane, testDatabase } from '../support/database';

const unavailable = { code: 'service.unavailable', params: { retryAfter: 2 } };

test('a runner that nobody gives back costs waiters a 503 in time, never a hang', async () => {
  const t = await testDatabase(undefined, [...entities, Cell], { waitMs: 150, poolSize: 1 });
  await makeCells(t.db);
  const leaked = t.db.source.createQueryRunner();
  await leaked.startTransaction();
  const started = process.hrtime.bigint();
  const writers = [1, 2, 3].map((n) => inTransaction(t.db, (tx) => putCell(tx, cell(`w${n}`))));
  const ends = await Promise.allSettled(writers);
  const waited = Number(process.hrtime.bigint() - started) / 1e6;
  for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: unavailable });
  expect(waited).toBeGreaterThan(140);
  expect(waited).toBeLessThan(2_000);
  await leaked.release();
  await inTransaction(t.db, (tx) => putCell(tx, cell('after')));
  expect(await committedCells(t.db)).toEqual(['after']);
  await t.drop();
});

test('a released runner gives back neither its open transaction nor its rows', async () => {
  const t = await testDatabase(undefined, [...entities, Cell], { poolSize: 1 });
  await makeCells(t.db);
  const leaked = t.db.source.createQueryRunner();
  await leaked.startTransaction();
  await leaked.manager.insert(Cell, cell('lost'));
  await leaked.release();
  await inTransaction(t.db, (tx) => putCell(tx, cell('kept')));
  expect(await committedCells(t.db)).toEqual(['kept']);
  await expect(leaked.query('SELECT 1')).rejects.toThrow(/released/);
  await t.drop();
});

test('a subject held for too long costs the others a 503, also where several may write', async () => {
  const t = await testDatabase(undefined, [...entities, Cell], { waitMs: 1_000 });
  const guards = createGuards();
  const taken = signal();
  const end = signal();
  const subject = { kind: 'person', id: 'p' } as const;
  const holder = inTransaction(t.db, async (tx) => {
    await guards.take(tx, [subject]);
    taken.give();
    await end.given;
  });
  await taken.given;
  await expect(inTransaction(t.db, (tx) => guards.take(tx, [subject]))).rejects.toMatchObject(unavailable);
  end.give();
  await holder;
  await inTransaction(t.db, (tx) => guards.take(tx, [subject]));
  await t.drop();
}, 20_000);

test('reads inside transactions through the database itself end when all connections are taken', async () => {
  const t = await testDatabase(undefined, [...entities, Cell], { waitMs: 300, poolSize: 2 });
  await makeCells(t.db);
  const both = await Promise.allSettled(
    ['a', 'b'].map((id) =>
      inTransaction(t.db, async (tx) => {
        await putCell(tx, cell(id));
        await committedCells(t.db);
      }),
    ),
  );
  const refused = both.filter((end) => end.status === 'rejected');
  if (lane() === 'sqlite') expect(refused).toEqual([]);
  for (const end of refused) expect(end.reason).toMatchObject(unavailable);
  expect(await committedCells(t.db)).toHaveLength(2 - refused.length);
  await t.drop();
});

describe('the gate', () => {
  test('lets waiters through in the order in which they came, one at a time', async () => {
    const gate = new Gate(1_000);
    const order: number[] = [];
    let inside = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) => {
        const free = await gate.acquire();
        inside += 1;
        expect(inside).toBe(1);
        await new Promise((done) => setTimeout(done, 5 - n));
        order.push(n);
        inside -= 1;
        free();
        free();
      }),
    );
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('a waiter who gave up is passed over', async () => {
    const gate = new Gate(30);
    const free = await gate.acquire();
    await expect(gate.acquire()).rejects.toBeInstanceOf(WriterBusyError);
    const next = gate.acquire();
    free();
    (await next)();
    (await gate.acquire())();
  });
});
