import type { QueryRunner } from 'typeorm';
import { createCommand, refuseAndRecord } from '../../src/kernel/db/command';
import type { Db } from '../../src/kernel/db/database';
import { beginIdempotent, type IdempotentRequest } from '../../src/kernel/db/idempotency';
import { CommitMarker, Idempotency } from '../../src/kernel/db/kernel.store';
import { systemCall } from '../../src/kernel/call';
import { Problem } from '../../src/kernel/problem';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { entities } from '../../src/schema';
import { auditor, Cell, cell, committedCells, makeCells, putCell, valueOf } from '../support/cells';
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy';
import { testDatabase, type TestDatabase } from '../support/database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';
import { openDatabase } from '../../src/kernel/db/database';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';

const COM_QUERY = 0x03;

const list = [...entities, Cell];

const request = (key: string): IdempotentRequest => ({
  scope: 'account-1/post-1',
  route: 'post /cells',
  key,
  requestSha256: 'a'.repeat(64),
  render: (outcome) =>
    'problem' in outcome
      ? { status: 409, body: { code: (outcome.problem as Problem).code } }
      : { status: 201, body: outcome.result },
});

/** One request as dispatch does it: claim, command with audit entry, abandon on error. */
async function act(db: Db, key: string, refuse = false): Promise<unknown> {
  const begun = await beginIdempotent(db, request(key));
  if ('replay' in begun) return { replay: begun.replay };
  const call = { ...systemCall(db.sources.ids.timed()), idempotency: begun.claim };
  try {
    return await createCommand(db)(call, { subjects: () => [{ kind: 'institution', id: 'i' }] }, async (tx) => {
      await tx.m.increment(Cell, { id: 'sum' }, 'value', 1);
      await auditor(db)(tx, call);
      return refuse ? refuseAndRecord(new Problem('request.conflict')) : { value: await valueOf(tx, 'sum') };
    });
  } catch (error) {
    await begun.abandon().catch(() => undefined);
    throw error;
  }
}

const expectOnce = async (db: Db, key: string, body: unknown = { value: 1 }): Promise<void> => {
  expect(await valueOf(db, 'sum')).toBe(1);
  expect(await db.m.count(AuditEntry)).toBe(1);
  expect(await db.m.countBy(Idempotency, { status: 201 })).toBe(1);
  expect(await act(db, key)).toEqual({ replay: { status: 201, body } });
};

describe('on the lane under test, a fault at COMMIT', () => {
  let t: TestDatabase;
  beforeEach(async () => {
    t = await testDatabase(undefined, list);
    await makeCells(t.db);
    await putCell(t.db, cell('sum'));
  });
  afterEach(() => t.drop());

  /** The n-th COMMIT from now is done, or not done, and then fails as a broken disk or connection does. */
  function failCommit(nth: number, done: boolean): () => number {
    const create = t.db.source.driver.createQueryRunner.bind(t.db.source.driver);
    const code = t.db.engine === 'sqlite' ? 'SQLITE_IOERR_FSYNC' : 'ECONNRESET';
    let commits = 0;
    t.db.source.driver.createQueryRunner = (mode): QueryRunner => {
      const runner = create(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = async () => {
        commits += 1;
        if (commits !== nth) return commit();
        if (done) await commit();
        throw Object.assign(new Error('the answer is lost'), { code });
      };
      return runner;
    };
    return () => commits;
  }

  test('after it was done: the effect is there once and the value is returned', async () => {
    const commits = failCommit(2, true);
    expect(await act(t.db, 'key-00001')).toEqual({ value: 1 });
    expect(commits()).toBe(2);
    await expectOnce(t.db, 'key-00001');
    expect(await t.db.m.countBy(CommitMarker, { barred: true })).toBe(0);
  });

  test('before it was done: the use case runs again, once', async () => {
    const commits = failCommit(2, false);
    expect(await act(t.db, 'key-00001')).toEqual({ value: 1 });
    expect(commits()).toBe(3);
    await expectOnce(t.db, 'key-00001');
    expect(await t.db.m.countBy(CommitMarker, { barred: true })).toBe(1);
  });

  test('of a recorded refusal: recorded once, and the caller gets the problem', async () => {
    for (const done of [true, false]) {
      failCommit(2, done);
      const before = await t.db.m.count(AuditEntry);
      await expect(act(t.db, `key-refuse-${String(done)}`, true)).rejects.toMatchObject({ code: 'request.conflict' });
      expect(await t.db.m.count(AuditEntry)).toBe(before + 1);
    }
  });
});

serverLane('through a connection that is cut', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  let t: TestDatabase;
  let proxy: CuttingProxy;
  let db: Db;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, 60_000);
  afterAll(() => server.close());
  beforeEach(async () => {
    t = await testDatabase(undefined, list, { server: server.url });
    await makeCells(t.db);
    await putCell(t.db, cell('sum'));
    proxy = await startCuttingProxy(t.url!);
    const settings = { url: proxy.url, directory: t.directory, entities: list, migrations };
    db = await openDatabase(settings, systemSources());
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
    await t.drop();
  });

  const commit = new RegExp(`${String.fromCharCode(COM_QUERY)}COMMIT$`);
  const settling = { 'before-server': /INSERT INTO `commit_marker`/, 'after-server': /FROM `commit_marker`/ };

  test('before the COMMIT of the key’s own claim reaches the server: once', async () => {
    const begun = await beginIdempotent(db, request('key-other'));
    expect(begun).toHaveProperty('claim');
    proxy.cuts = [{ statement: commit, where: 'before-server' }];
    expect(await act(db, 'key-00001')).toEqual({ value: 1 });
    expect(proxy.cuts).toEqual([]);
    await expectOnce(db, 'key-00001');
  });

  test.each(['before-server', 'after-server'] as const)(
    'at the COMMIT of the command itself, %s: once',
    async (where) => {
      const begun = await beginIdempotent(db, request('key-00001'));
      if (!('claim' in begun)) throw new Error('the key is taken');
      proxy.cuts = [{ statement: commit, where }];
      const call = { ...systemCall(db.sources.ids.timed()), idempotency: begun.claim };
      const value = await createCommand(db)(call, { subjects: () => [{ kind: 'person', id: 'p' }] }, async (tx) => {
        await tx.m.increment(Cell, { id: 'sum' }, 'value', 1);
        await auditor(db)(tx, call);
        return { value: 1 };
      });
      expect(value).toEqual({ value: 1 });
      expect(proxy.cuts).toEqual([]);
      await expectOnce(db, 'key-00001');
    },
  );

  test.each(['before-server', 'after-server'] as const)(
    'and the answer to the question whether it took place is lost too (COMMIT cut %s): once',
    async (where) => {
      proxy.cuts = [
        { statement: commit, where },
        { statement: settling[where], where: 'after-server' },
        { statement: commit, where },
        { statement: settling[where], where: 'after-server' },
      ];
      expect(await act(db, 'key-00001')).toEqual({ value: 1 });
      await expectOnce(db, 'key-00001');
    },
  );

  test('in the middle of the work: nothing stays, the caller may come again', async () => {
    proxy.cuts = [{ statement: /UPDATE `test_cell`/, where: 'after-server' }];
    await expect(act(db, 'key-00001')).rejects.toMatchObject({
      code: 'service.unavailable',
      params: { retryAfter: 2 },
    });
    expect(await valueOf(db, 'sum')).toBe(0);
    expect(await act(db, 'key-00001')).toEqual({ value: 1 });
    await expectOnce(db, 'key-00001');
  });

  test('for longer than anybody asks: 503, and the same key later tells what took place', async () => {
    await beginIdempotent(db, request('key-warm'));
    const begun = await beginIdempotent(db, request('key-00001'));
    if (!('claim' in begun)) throw new Error('the key is taken');
    const call = { ...systemCall(db.sources.ids.timed()), idempotency: begun.claim };
    proxy.cuts = [{ statement: commit, where: 'after-server' }];
    const run = createCommand(db)(call, {}, async (tx) => {
      await tx.m.increment(Cell, { id: 'sum' }, 'value', 1);
      await auditor(db)(tx, call);
      proxy.refusing = true;
      return { value: 1 };
    });
    await expect(run).rejects.toMatchObject({ code: 'service.outcome-unknown' });
    await expect(begun.abandon()).rejects.toMatchObject({ code: 'service.unavailable' });
    proxy.refusing = false;
    expect(await act(db, 'key-00001')).toEqual({ replay: { status: 201, body: { value: 1 } } });
    expect(await committedCells(db)).toEqual(['sum']);
    await expectOnce(db, 'key-00001');
  }, 30_000);
});
