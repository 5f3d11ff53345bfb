import { setTimeout as pause } from 'node:timers/promises';
import { systemCall } from '../../src/kernel/call';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createLog } from '../../src/kernel/log';
import { createFrontier, leafHash, sameBytes } from '../../src/kernel/pure/tlog/merkle';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { createAudit, createLogKeeper, createLogState, logEvents } from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogHead, LogPending, LogPosition } from '../../src/modules/audit-log/log.store';
import { logWorld, ORIGIN, type LogWorld } from '../support/log-world';

let world: LogWorld;
beforeEach(async () => {
  world = await logWorld();
});
afterEach(() => world.drop());

/** The root over all positions, from the rows alone. */
async function rootOfRows(): Promise<Uint8Array> {
  const { m } = world.t.db;
  const frontier = createFrontier(sha256);
  for (const { entryId } of await m.find(LogPosition, { order: { position: 'ASC' } })) {
    const { leaf } = await m.findOneByOrFail(AuditEntry, { id: entryId });
    frontier.append(leafHash(Buffer.from(leaf, 'utf8'), sha256));
  }
  return frontier.root();
}

const published = async (): Promise<{ size: number; root: Uint8Array }> => {
  const size = (await world.files.largest())!;
  return world.notary.read((await world.files.checkpoint(size))!, size);
};

test('recorded acts get positions in the order of their ids, and a signed checkpoint over them', async () => {
  const { keeper, record } = world.process();
  const ids = await record(7);
  expect(await world.t.db.m.count(LogPending)).toBe(7);
  await keeper.integrate();
  expect(await world.t.db.m.count(LogPending)).toBe(0);
  const rows = await world.t.db.m.find(LogPosition, { order: { position: 'ASC' } });
  expect(rows.map((r) => r.position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(rows.map((r) => r.entryId)).toEqual([...ids].sort());
  const { size, root, ...rest } = await world.notary.read((await world.files.checkpoint(7))!, 7);
  expect(rest).toMatchObject({ origin: ORIGIN });
  expect(size).toBe(7);
  expect(sameBytes(root, await rootOfRows())).toBe(true);
  expect((await world.files.bundle({ index: 0, width: 7 }))!.map((e) => Buffer.from(e).toString('utf8'))).toEqual(
    await Promise.all(rows.map(async (r) => (await world.t.db.m.findOneByOrFail(AuditEntry, { id: r.entryId })).leaf)),
  );
});

test('the log grows over the edges of tiles, and goes on after a restart', async () => {
  const sizes = [3, 250, 3, 1, 260, 1];
  let total = 0;
  for (const count of sizes) {
    const { keeper, record } = world.process();
    await keeper.check();
    await record(count);
    await keeper.integrate();
    total += count;
    const { size, root } = await published();
    expect(size).toBe(total);
    expect(sameBytes(root, await rootOfRows())).toBe(true);
  }
});

test('two processes that integrate at once give every entry one position', async () => {
  const [a, b] = [world.process(), world.process()];
  await Promise.all([a.record(40), b.record(40)]);
  await Promise.all([a.keeper.integrate(), b.keeper.integrate(), a.keeper.integrate(), b.keeper.integrate()]);
  await a.keeper.integrate();
  const rows = await world.t.db.m.find(LogPosition, { order: { position: 'ASC' } });
  expect(rows.map((r) => r.position)).toEqual(rows.map((_, i) => i));
  expect(rows).toHaveLength(80);
  expect(sameBytes((await published()).root, await rootOfRows())).toBe(true);
  expect(a.state.stopped() ?? b.state.stopped()).toBeUndefined();
});

test('a database that is behind the published log stops every write, in each process', async () => {
  const { keeper, record } = world.process();
  await record(5);
  await keeper.integrate();
  const { m } = world.t.db;
  await m.delete(LogPosition, { position: 4 });
  await m.update(LogHead, { id: 'log' }, { size: 4 });
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toMatch(/knows 4 positions .* 5 are published/);
  await expect(later.record(1)).rejects.toMatchObject({ code: 'service.log-stopped' });
  await keeper.integrate();
  await expect(record(1)).rejects.toMatchObject({ code: 'service.log-stopped' });
  expect(keeper.notes().join()).toMatch(/log:recover/);
  expect(await m.count(AuditEntry)).toBe(5);
});

test('a node that has not heard yet of what others published stops nothing', async () => {
  const { db } = world.t;
  await world.process().record(5);
  await world.process().keeper.integrate();
  let lags = true;
  const findOneBy = async (...asked: Parameters<typeof db.m.findOneBy>) => {
    const row = await db.m.findOneBy(...asked);
    return lags && asked[0] === LogHead ? { ...row, size: 4 } : row;
  };
  const m = new Proxy(db.m, { get: (of, name) => (name === 'findOneBy' ? findOneBy : Reflect.get(of, name)) });
  const state = createLogState();
  const reasons: (string | undefined)[] = [];
  const setStopped = (reason: string | undefined): void => {
    reasons.push(reason);
    // From here on the database itself is asked, in a transaction.
    if (reason !== undefined) lags = false;
    state.setStopped(reason);
  };
  const parts = { blobs: world.blobs, notary: world.notary, log: createLog('silent') };
  const keeper = createLogKeeper({ ...parts, db: { ...db, m }, state: { ...state, setStopped } });
  await keeper.check();
  expect(reasons).toEqual([undefined, expect.stringContaining('5 are published'), undefined]);
  expect((await db.m.findOneByOrFail(LogHead, { id: 'log' })).stopped).toBeNull();
  await keeper.integrate();
  expect(state.stopped()).toBeUndefined();
});

test('rows that another node of a cluster shows a moment later are waited for; SQLite has no other node', async () => {
  const { db } = world.t;
  const { keeper, record, state } = world.process();
  await record(3);
  const dying = world.process({
    ...world.blobs,
    putIfAbsent: () => Promise.reject(new Error('the power went')),
  });
  await expect(dying.keeper.integrate()).rejects.toThrow('the power went');
  const row = await db.m.findOneByOrFail(LogPosition, { position: 1 });
  await db.m.delete(LogPosition, { position: 1 });
  const integrating = keeper.integrate();
  await pause(300);
  await db.m.insert(LogPosition, { ...row });
  await integrating;
  if (db.engine === 'sqlite') expect(state.stopped()).toMatch(/position 1 of the log is missing/);
  else {
    expect(state.stopped()).toBeUndefined();
    expect((await published()).size).toBe(3);
  }
});

test('an act that has not committed yet holds up no other one’s way into the log', async () => {
  const { db } = world.t;
  const { keeper, record } = world.process();
  await record(5);
  let [begun, commit] = [(): void => undefined, (): void => undefined];
  const beginning = new Promise<void>((done) => (begun = done));
  const ending = new Promise<void>((done) => (commit = done));
  const audit = createAudit(db.sources, logEvents);
  const act = inTransaction(db, async (tx) => {
    await audit.append(tx, systemCall('test'), { type: 'log.recovered', payload: { stray: true } });
    begun();
    await ending;
  });
  await beginning;
  try {
    // SQLite has one writer at a time.
    if (db.engine === 'sqlite') commit();
    await keeper.integrate();
    expect(await world.files.largest()).toBeGreaterThanOrEqual(5);
  } finally {
    commit();
    await act;
  }
  await keeper.integrate();
  expect((await published()).size).toBe(6);
});

test('a log that cannot grow says so, until it can', async () => {
  const said: string[] = [];
  const { db } = world.t;
  let isFull = true;
  const putIfAbsent: typeof world.blobs.putIfAbsent = (key, source) =>
    isFull ? Promise.reject(new Error('ENOSPC')) : world.blobs.putIfAbsent(key, source);
  const state = createLogState();
  const log = createLog('error', { write: (line) => void said.push(line) });
  const blobs = { ...world.blobs, putIfAbsent };
  const keeper = createLogKeeper({ db, blobs, notary: world.notary, state, log });
  await world.process().record(1);
  keeper.start();
  try {
    expect(keeper.notes()).toEqual([]);
    for (let n = 0; n < 50 && keeper.notes().length === 0; n += 1) {
      state.nudge();
      await pause(100);
    }
    expect(keeper.notes().join()).toMatch(/未能写入透明日志（已连续失败\d次/);
    expect(said.join()).toMatch(/integrating the log failed/);
    isFull = false;
    for (let n = 0; n < 50 && keeper.notes().length > 0; n += 1) await pause(100);
    expect(keeper.notes()).toEqual([]);
  } finally {
    await keeper.stop();
  }
});

test('an act whose transaction takes longer than the nudge does not make the integration fail', async () => {
  const said: string[] = [];
  const { db } = world.t;
  const state = createLogState();
  const log = createLog('warn', { write: (line) => void said.push(line) });
  const keeper = createLogKeeper({ db, blobs: world.blobs, notary: world.notary, state, log });
  keeper.start();
  try {
    await pause(120);
    // Another process left something to integrate; here the nudge comes from within an act.
    await world.process().record(1);
    await inTransaction(db, async () => {
      state.nudge();
      await pause(120);
    });
    await pause(60);
  } finally {
    await keeper.stop();
  }
  expect(said).toEqual([]);
});
