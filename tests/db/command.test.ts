import { replyOf } from '../../src/kernel/db/records';
import { createCommand, refuseAndRecord } from '../../src/kernel/db/command';
import { createGuards, inGuardOrder, requireGuarded, type Subject } from '../../src/kernel/db/guards';
import { SubjectGuard, CommitMarker } from '../../src/kernel/db/kernel.store';
import { faultOf } from '../../src/kernel/db/errors';
import { asCallerFault, inTransaction, SubjectsChanged, type Tx } from '../../src/kernel/db/transaction';
import { systemCall } from '../../src/kernel/call';
import { Problem } from '../../src/kernel/problem';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { entities } from '../../src/schema';
import { auditor, Cell, cell, committedCells, makeCells, putCell, valueOf } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase(undefined, [...entities, Cell]);
  await makeCells(t.db);
});
afterEach(() => t.drop());

const call = systemCall('0199c0de-0000-7000-8000-000000000001');
const conflict = { name: 'Problem', code: 'request.conflict' };

describe('a command', () => {
  test('without an audit entry does not commit', async () => {
    const run = createCommand(t.db)(call, {}, (tx) => putCell(tx, cell('a')));
    await expect(run).rejects.toThrow('without an audit entry');
    expect(await committedCells(t.db)).toEqual([]);
    expect(await t.db.m.count(CommitMarker)).toBe(0);
  });

  test('returns its value, and leaves entry, marker and guard once', async () => {
    const append = auditor(t.db);
    const value = await createCommand(t.db)(call, { subjects: () => [{ kind: 'person', id: 'p1' }] }, async (tx) => {
      expect([...tx.guarded]).toEqual(['person:p1']);
      await putCell(tx, cell('a'));
      await append(tx, call);
      return { ok: true };
    });
    expect(value).toEqual({ ok: true });
    expect(await t.db.m.count(AuditEntry)).toBe(1);
    expect(await t.db.m.find(CommitMarker)).toMatchObject([{ barred: false }]);
    expect(await t.db.m.find(SubjectGuard)).toEqual([{ kind: 'person', id: 'p1', epoch: 1 }]);
  });

  test('that refuses and records commits what it recorded, then throws the problem', async () => {
    const append = auditor(t.db);
    const problem = new Problem('request.conflict', { why: 'barred' });
    const run = createCommand(t.db)(call, {}, async (tx) => {
      await append(tx, call);
      return refuseAndRecord(problem);
    });
    await expect(run).rejects.toBe(problem);
    expect(await t.db.m.count(AuditEntry)).toBe(1);
  });

  test('that found all on record already leaves no entry; a reply that only looks so does not do', async () => {
    const command = createCommand(t.db);
    const done = command(call, {}, async (tx) => replyOf(tx, { id: 'a' }, 'unchanged'));
    expect(await done).toEqual({ id: 'a', unchanged: true });
    expect(await t.db.m.count(AuditEntry)).toBe(0);
    const lookalike = command(call, {}, async (tx) => {
      await putCell(tx, cell('a'));
      return { id: 'a', unchanged: true };
    });
    await expect(lookalike).rejects.toThrow('a command ended without an audit entry');
    const changed = command(call, {}, async (tx) => replyOf(tx, { id: 'a' }, 'changed'));
    await expect(changed).rejects.toThrow('a command ended without an audit entry');
    expect(await t.db.m.count(Cell)).toBe(0);
  });

  test('that throws leaves nothing', async () => {
    const append = auditor(t.db);
    const fault = new Error('on purpose');
    const run = createCommand(t.db)(call, { subjects: () => [{ kind: 'person', id: 'p1' }] }, async (tx) => {
      await putCell(tx, cell('a'));
      await append(tx, call);
      throw fault;
    });
    await expect(run).rejects.toBe(fault);
    for (const entity of [Cell, AuditEntry, CommitMarker, SubjectGuard]) expect(await t.db.m.count(entity)).toBe(0);
  });

  test('asks for its subjects anew before each attempt', async () => {
    const append = auditor(t.db);
    const rounds: Subject[][] = [[{ kind: 'person', id: 'old' }], [{ kind: 'person', id: 'new' }]];
    const asked: Subject[][] = [];
    const needed: Subject[] = [{ kind: 'person', id: 'new' }];
    const subjects = (): Subject[] => {
      asked.push(rounds[asked.length]!);
      return asked.at(-1)!;
    };
    await createCommand(t.db)(call, { subjects }, async (tx) => {
      requireGuarded(tx, needed);
      await append(tx, call);
    });
    expect(asked).toEqual(rounds);
    expect((await t.db.m.find(SubjectGuard)).map((g) => g.id)).toEqual(['new']);
  });

  test('whose subjects never hold still ends in a conflict', async () => {
    let attempts = 0;
    const run = createCommand(t.db)(call, {}, async () => {
      attempts += 1;
      throw new SubjectsChanged();
    });
    await expect(run).rejects.toMatchObject(conflict);
    expect(attempts).toBe(12);
  }, 20_000);

  test('guards nothing when the race test says so', async () => {
    const append = auditor(t.db);
    const options = { subjects: (): Subject[] => [{ kind: 'person', id: 'p1' }] };
    await createCommand(t.db, { unsafeWithoutGuards: true })(call, options, async (tx) => {
      requireGuarded(tx, [{ kind: 'person', id: 'p1' }]);
      await append(tx, call);
    });
    expect(await t.db.m.count(SubjectGuard)).toBe(0);
  });
});

describe('guards', () => {
  test('go institutions first, then persons, then records, each by id and once', () => {
    const mixed: Subject[] = [
      { kind: 'record', id: 'a' },
      { kind: 'person', id: 'z' },
      { kind: 'institution', id: 'b' },
      { kind: 'person', id: 'c' },
      { kind: 'institution', id: 'b' },
      { kind: 'institution', id: 'B' },
    ];
    const order = inGuardOrder(mixed).map((s) => `${s.kind}:${s.id}`);
    expect(order).toEqual(['institution:B', 'institution:b', 'person:c', 'person:z', 'record:a']);
    expect(inGuardOrder([...mixed].reverse()).map((s) => `${s.kind}:${s.id}`)).toEqual(order);
  });

  test('raise the epoch once per transaction, however often they are taken', async () => {
    const guards = createGuards();
    const subjects: Subject[] = [{ kind: 'institution', id: 'i' }];
    for (let n = 0; n < 3; n += 1) {
      await inTransaction(t.db, async (tx) => {
        await guards.take(tx, [...subjects, ...subjects]);
        await guards.take(tx, subjects);
      });
    }
    expect(await t.db.m.find(SubjectGuard)).toEqual([{ kind: 'institution', id: 'i', epoch: 3 }]);
  });

  test('of a subject that two take for the first time at once let both through, one after the other', async () => {
    const guards = createGuards();
    let inside = 0;
    let attempts = 0;
    const act = (): Promise<void> =>
      inTransaction(t.db, async (tx) => {
        attempts += 1;
        await guards.take(tx, [{ kind: 'person', id: 'new' }]);
        inside += 1;
        expect(inside).toBe(1);
        await new Promise((done) => setTimeout(done, 20));
        inside -= 1;
      });
    await Promise.all([act(), act(), act(), act()]);
    expect(await t.db.m.find(SubjectGuard)).toEqual([{ kind: 'person', id: 'new', epoch: 4 }]);
    expect(attempts).toBeGreaterThanOrEqual(4);
  });

  test('keep two doors apart that would each have read the other’s old state', async () => {
    const guards = createGuards();
    await putCell(t.db, cell('a', 1));
    await putCell(t.db, cell('b', 1));
    // Each may go to zero only while the other stands at one.
    const close = (id: string, other: string): Promise<boolean> =>
      inTransaction(t.db, async (tx) => {
        await guards.take(tx, [{ kind: 'institution', id: 'both' }]);
        if ((await valueOf(tx, other)) !== 1) return false;
        await new Promise((done) => setTimeout(done, 10));
        await tx.m.update(Cell, { id }, { value: 0 });
        return true;
      });
    expect((await Promise.all([close('a', 'b'), close('b', 'a')])).sort()).toEqual([false, true]);
  });
});

describe('what the caller is told', () => {
  const part = (tx: Tx, id: string, of: string): Promise<unknown> =>
    tx.m.query(`INSERT INTO test_cell_part (id, cell) VALUES ('${id}', '${of}')`);

  const cases: [string, string, (tx: Tx) => Promise<unknown>][] = [
    ['a key that is there', 'duplicate', (tx) => putCell(tx, cell('there'))],
    ['a unique value that is there', 'duplicate', (tx) => putCell(tx, cell('other', 0, 'taken'))],
    ['a CHECK', 'check', (tx) => putCell(tx, cell('big', 1_000_000))],
    ['a reference to nothing', 'reference', (tx) => part(tx, 'p2', 'nobody')],
    ['a row that is referred to', 'reference', (tx) => tx.m.delete(Cell, { id: 'there' })],
  ];

  test.each(cases)('%s is a conflict, judged by number', async (_name, fault, act) => {
    await inTransaction(t.db, async (tx) => {
      await putCell(tx, cell('there', 0, 'taken'));
      await part(tx, 'p1', 'there');
    });
    let seen: unknown;
    const run = inTransaction(t.db, async (tx) => {
      await act(tx).catch((error: unknown) => {
        seen = error;
        throw error;
      });
    });
    await expect(run).rejects.toMatchObject({ ...conflict, cause: expect.anything() as unknown });
    expect(faultOf(seen)).toBe(fault);
    expect(await committedCells(t.db)).toEqual(['there']);
  });

  test('an unknown error stays itself', async () => {
    const fault = new TypeError('our bug');
    await expect(inTransaction(t.db, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(asCallerFault('text')).toBe('text');
    expect(asCallerFault(undefined)).toBeUndefined();
  });

  test('numbers decide, names do not', () => {
    expect(faultOf({ errno: 4025, code: 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE' })).toBe('check');
    expect(faultOf({ errno: 3819, code: 'ANYTHING' })).toBe('check');
    expect(faultOf({ errno: 1213 })).toBe('retry');
    expect(faultOf({ errno: -111, code: 'ECONNREFUSED', syscall: 'connect' })).toBe('gone');
    expect(faultOf({ code: 'ENOENT', syscall: 'open' })).toBe('other');
    expect(faultOf({ code: 'ENOENT', syscall: 'connect' })).toBe('gone');
    expect(faultOf({ code: 'SQLITE_IOERR_FSYNC' })).toBe('gone');
    expect(faultOf(new Problem('request.conflict'))).toBe('other');
  });
});
