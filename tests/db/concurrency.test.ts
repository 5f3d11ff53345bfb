import { OutsideTransactionError } from '../../src/kernel/db/errors';
import { createCommand } from '../../src/kernel/db/command';
import { createGuards } from '../../src/kernel/db/guards';
import { inTransaction, type Tx } from '../../src/kernel/db/transaction';
import { systemCall } from '../../src/kernel/call';
import { pause } from '../../src/kernel/sources';
import { entities } from '../../src/schema';
import { auditor, Cell, cell, committedCells, makeCells, putCell, signal, valueOf } from '../support/cells';
import { lane, testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase(undefined, [...entities, Cell]);
  await makeCells(t.db);
});
afterEach(() => t.drop());

const undo = new Error('on purpose');

describe('the six cases of two callers at once', () => {
  test('A: two transactions in the same tick both commit', async () => {
    await Promise.all([
      inTransaction(t.db, (tx) => putCell(tx, cell('a'))),
      inTransaction(t.db, (tx) => putCell(tx, cell('b'))),
    ]);
    expect(await committedCells(t.db)).toEqual(['a', 'b']);
  });

  test('B: what one transaction committed stays when another rolls back later', async () => {
    const begun = signal();
    const first = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('lost'));
      begun.give();
      await pause(60);
      throw undo;
    });
    const firstEnd = expect(first).rejects.toBe(undo);
    await begun.given;
    await inTransaction(t.db, (tx) => putCell(tx, cell('kept')));
    await firstEnd;
    expect(await committedCells(t.db)).toEqual(['kept']);
  });

  test('C: a plain insert while a transaction is open stays when that rolls back', async () => {
    const begun = signal();
    const first = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('lost'));
      begun.give();
      await pause(60);
      throw undo;
    });
    const firstEnd = expect(first).rejects.toBe(undo);
    await begun.given;
    await putCell(t.db, cell('kept'));
    await firstEnd;
    expect(await committedCells(t.db)).toEqual(['kept']);
  });

  test('D: a read from outside sees committed rows only, and does not wait', async () => {
    const begun = signal();
    const end = signal();
    const open = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('a'));
      expect(await valueOf(tx, 'a')).toBe(0);
      begun.give();
      await end.given;
    });
    await begun.given;
    expect(await committedCells(t.db)).toEqual([]);
    end.give();
    await open;
    expect(await committedCells(t.db)).toEqual(['a']);
  });

  test('D: who reads is served while a long transaction writes', async () => {
    let looks = 0;
    let ended = false;
    const look = (async () => {
      while (!ended) {
        expect(await committedCells(t.db)).toEqual([]);
        looks += 1;
        await pause(0);
      }
    })();
    await inTransaction(t.db, async (tx) => {
      for (let n = 0; n < 500; n += 1) await putCell(tx, cell(`long-${n}`));
      ended = true;
      await look;
    });
    expect(looks).toBeGreaterThan(5);
    expect(await committedCells(t.db)).toHaveLength(500);
  });

  test('E: one commits, then the one that began after it rolls back', async () => {
    const secondBegun = signal();
    const firstDone = signal();
    const first = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('kept'));
      // On SQLite the second waits for this one and cannot have begun.
      if (lane() === 'mysql') await secondBegun.given;
    });
    const second = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('lost'));
      secondBegun.give();
      await firstDone.given;
      throw undo;
    });
    const secondEnd = expect(second).rejects.toBe(undo);
    await first;
    firstDone.give();
    await secondEnd;
    expect(await committedCells(t.db)).toEqual(['kept']);
  });

  test('F: fifty read-modify-writes under one guard count to fifty', async () => {
    const guards = createGuards();
    await putCell(t.db, cell('sum'));
    const raise = (): Promise<void> =>
      inTransaction(t.db, async (tx) => {
        await guards.take(tx, [{ kind: 'record', id: 'sum' }]);
        const value = (await valueOf(tx, 'sum')) ?? NaN;
        await tx.m.update(Cell, { id: 'sum' }, { value: value + 1 });
      });
    await Promise.all(Array.from({ length: 50 }, raise));
    expect(await valueOf(t.db, 'sum')).toBe(50);
  });
});

describe('the handle of an open transaction', () => {
  test('a write through the database itself throws, in every form, and the transaction is not kept', async () => {
    const forms: ((tx: Tx) => Promise<unknown>)[] = [
      () => putCell(t.db, cell('x')),
      () => t.db.m.update(Cell, { id: 'x' }, { value: 1 }),
      () => t.db.source.query("DELETE FROM test_cell WHERE id = 'x'"),
      () => t.db.source.transaction(async () => undefined),
      () => t.db.m.transaction(async () => undefined),
    ];
    for (const form of forms) {
      const run = inTransaction(t.db, async (tx) => {
        await putCell(tx, cell('mine'));
        await form(tx);
      });
      await expect(run).rejects.toBeInstanceOf(OutsideTransactionError);
    }
    expect(await committedCells(t.db)).toEqual([]);
  });

  test('a use case inside a use case throws', async () => {
    const nested = inTransaction(t.db, () => inTransaction(t.db, (tx) => putCell(tx, cell('x'))));
    await expect(nested).rejects.toBeInstanceOf(OutsideTransactionError);
    expect(await committedCells(t.db)).toEqual([]);
  });

  test('a savepoint takes back its own part only', async () => {
    await inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('outer'));
      const inner = tx.m.transaction(async (m) => {
        await m.insert(Cell, cell('inner'));
        throw undo;
      });
      await expect(inner).rejects.toBe(undo);
      await tx.m.transaction(async (m) => void (await m.insert(Cell, cell('second'))));
    });
    expect(await committedCells(t.db)).toEqual(['outer', 'second']);
  });

  test('many writes at once on the handle all take part', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `c${String(n).padStart(2, '0')}`);
    const all = (tx: Tx): Promise<unknown> => Promise.all(ids.map((id) => putCell(tx, cell(id))));
    await expect(inTransaction(t.db, (tx) => all(tx).then(() => Promise.reject(undo)))).rejects.toBe(undo);
    expect(await committedCells(t.db)).toEqual([]);
    await inTransaction(t.db, all);
    expect(await committedCells(t.db)).toEqual(ids);
  });

  test('what goes on after the callback has failed is not kept', async () => {
    const after: unknown[] = [];
    const tail = signal();
    const longer = async (tx: Tx): Promise<void> => {
      for (let n = 0; n < 30; n += 1) {
        await putCell(tx, cell(`p${n}`)).catch((error: unknown) => after.push(error));
        if (n > 10) await pause(3);
      }
      tail.give();
    };
    const run = inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('first'));
      return Promise.all([longer(tx), Promise.reject(undo)]);
    });
    await expect(run).rejects.toBe(undo);
    await tail.given;
    expect(after.length).toBeGreaterThan(15);
    expect(await committedCells(t.db)).toEqual([]);
  });

  test('what nobody waited for is refused after the commit', async () => {
    const late = signal();
    let caught: unknown;
    await inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('kept'));
      setTimeout(() => {
        putCell(tx, cell('late'))
          .catch((error: unknown) => (caught = error))
          .finally(late.give);
      }, 30);
    });
    await late.given;
    expect(caught).toBeInstanceOf(Error);
    expect(await committedCells(t.db)).toEqual(['kept']);
  });

  test('work that a callback left behind may write by itself once the transaction is over', async () => {
    const late = signal();
    await inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('a'));
      setTimeout(() => void putCell(t.db, cell('b')).finally(late.give), 60);
    });
    await late.given;
    expect(await committedCells(t.db)).toEqual(['a', 'b']);
  });

  test('faulty SQL names itself and leaves the lanes working', async () => {
    await expect(t.db.source.query('SELECT nothing FROM nowhere')).rejects.toMatchObject({
      query: expect.stringContaining('nowhere') as string,
    });
    await expect(inTransaction(t.db, (tx) => tx.m.query('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow();
    await putCell(t.db, cell('a'));
    expect(await committedCells(t.db)).toEqual(['a']);
  });
});

test('two hundred commands at once all end, each exactly once', async () => {
  const command = createCommand(t.db);
  const append = auditor(t.db);
  await putCell(t.db, cell('sum'));
  const call = systemCall(t.db.sources.ids.timed());
  const one = (n: number): Promise<number> =>
    command(call, { subjects: () => [{ kind: 'institution', id: `i${n % 7}` }] }, async (tx) => {
      await tx.m.increment(Cell, { id: 'sum' }, 'value', 1);
      await putCell(tx, cell(`n${n}`, n));
      await append(tx, call);
      return n;
    });
  const numbers = Array.from({ length: 200 }, (_, n) => n);
  expect(await Promise.all(numbers.map(one))).toEqual(numbers);
  expect(await valueOf(t.db, 'sum')).toBe(200);
  expect(await t.db.m.count(Cell)).toBe(201);
}, 60_000);
