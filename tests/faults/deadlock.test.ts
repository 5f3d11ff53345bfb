import { inTransaction } from '../../src/kernel/db/transaction';
import { entities } from '../../src/schema';
import { Cell, cell, makeCells, putCell, signal } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';

serverLane('a deadlock', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  let t: TestDatabase;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, 60_000);
  afterAll(() => server.close());
  beforeEach(async () => {
    t = await testDatabase(undefined, [...entities, Cell], { server: server.url });
    await makeCells(t.db);
  });
  afterEach(() => t.drop());

  test('really provoked, makes the loser run again; both effects are there once', async () => {
    await putCell(t.db, cell('a'));
    await putCell(t.db, cell('b'));
    const held = [signal(), signal()] as const;
    const attempts = [0, 0];
    const cross = (me: 0 | 1, first: string, second: string): Promise<void> =>
      inTransaction(t.db, async (tx) => {
        attempts[me]! += 1;
        await tx.m.increment(Cell, { id: first }, 'value', 1);
        held[me].give();
        await held[me === 0 ? 1 : 0].given;
        await tx.m.increment(Cell, { id: second }, 'value', 1);
      });
    await Promise.all([cross(0, 'a', 'b'), cross(1, 'b', 'a')]);
    expect(await t.db.m.find(Cell, { order: { id: 'ASC' } })).toMatchObject([{ value: 2 }, { value: 2 }]);
    expect(attempts[0]! + attempts[1]!).toBe(3);
  });

  test('in one of many writes at once leaves none of the others behind', async () => {
    await putCell(t.db, cell('a'));
    await putCell(t.db, cell('b'));
    const held = [signal(), signal()] as const;
    const attempts = [0, 0];
    const cross = (me: 0 | 1, first: string, second: string): Promise<unknown> =>
      inTransaction(t.db, async (tx) => {
        const attempt = (attempts[me]! += 1);
        await tx.m.increment(Cell, { id: first }, 'value', 1);
        held[me].give();
        await held[me === 0 ? 1 : 0].given;
        const rows = ['x', 'y', 'z'].map((part) => cell(`${part}-${me}-${attempt}`));
        await Promise.all([tx.m.increment(Cell, { id: second }, 'value', 1), ...rows.map((row) => putCell(tx, row))]);
      });
    await Promise.all([cross(0, 'a', 'b'), cross(1, 'b', 'a')]);
    expect(attempts[0]! + attempts[1]!).toBe(3);
    expect(await t.db.m.count(Cell)).toBe(2 + 6);
  });

  test('that the work swallowed cannot be written past', async () => {
    await putCell(t.db, cell('a'));
    await putCell(t.db, cell('b'));
    const held = [signal(), signal()] as const;
    const attempts = [0, 0];
    const cross = (me: 0 | 1, first: string, second: string): Promise<void> =>
      inTransaction(t.db, async (tx) => {
        attempts[me]! += 1;
        await tx.m.increment(Cell, { id: first }, 'value', 1);
        held[me].give();
        await held[me === 0 ? 1 : 0].given;
        await tx.m.increment(Cell, { id: second }, 'value', 1).catch(() => undefined);
        await putCell(tx, cell(`after-${me}`));
      });
    await Promise.all([cross(0, 'a', 'b'), cross(1, 'b', 'a')]);
    expect(attempts[0]! + attempts[1]!).toBe(3);
    expect(await t.db.m.find(Cell, { order: { id: 'ASC' } })).toMatchObject([
      { id: 'a', value: 2 },
      { id: 'after-0' },
      { id: 'after-1' },
      { id: 'b', value: 2 },
    ]);
  });
});
