import fs from 'node:fs';
import path from 'node:path';
import { systemCall } from '../../src/kernel/call';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createLog } from '../../src/kernel/log';
import { signCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { tilePath } from '../../src/kernel/pure/tlog/tiles';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import {
  createAudit,
  createLogFiles,
  createLogKeeper,
  createLogState,
  createNotary,
  isContradicted,
  logEvents,
  openNewOrigin,
  recoverLog,
  selfAudit,
  surveyLog,
  vaultKeysOf,
  type RecoverDeps,
  type SelfAuditReport,
  type Survey,
} from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogHead, LogKey, LogPending, LogPosition } from '../../src/modules/audit-log/log.store';
import { logSigner } from '../support/log-keys';
import { logWorld, ORIGIN, type LogProcess, type LogWorld } from '../support/log-world';

let world: LogWorld;
let service: LogProcess;
let ids: string[];

beforeEach(async () => {
  world = await logWorld();
  service = world.process();
  await service.record(4);
  await service.keeper.integrate();
  await service.record(3);
  await service.keeper.integrate();
  ids = (await world.t.db.m.find(LogPosition, { order: { position: 'ASC' } })).map((row) => row.entryId);
});
afterEach(() => world.drop());

const deps = (): RecoverDeps => {
  const { t, blobs, vault } = world;
  return { db: t.db, blobs, vault, audit: createAudit(t.db.sources, logEvents) };
};
const survey = (): Promise<Survey> => surveyLog(world.t.db, world.blobs, world.vault);
const audit = async (): Promise<SelfAuditReport> => {
  const { t, blobs, vault } = world;
  return selfAudit({ on: t.db, blobs, vaultKeys: await vaultKeysOf(t.db, vault), checks: [], most: 50 });
};
const fileOf = (name: string): string => path.join(world.blobFolder, 'log/0', name);

/** An entry written past the stop, as a program without one would have. */
async function recordBeside(): Promise<string> {
  const { db } = world.t;
  const recorder = createAudit(db.sources, logEvents);
  const event = { type: 'log.recovered', payload: { stray: true } };
  return (await inTransaction(db, (tx) => recorder.append(tx, systemCall('test'), event))).entryId;
}

test('an older backup: entries that waited go back to their published positions, lost ones are named and logged', async () => {
  const { m } = world.t.db;
  const waited = await m.findOneByOrFail(AuditEntry, { id: ids[5]! });
  await world.restoreTo(4);
  await m.insert(AuditEntry, waited as never);
  await m.insert(LogPending, { entryId: waited.id });
  await world.process().keeper.check();
  const found = await survey();
  expect(found).toMatchObject({
    head: { size: 4, stopped: expect.stringContaining('older than the files') },
    published: { head: { size: 7 } },
    restored: [{ position: 5, entryId: waited.id }],
    lost: [{ position: 4 }, { position: 6 }],
    strangers: [],
    leftovers: [],
  });
  expect(isContradicted(found)).toBe(false);
  await recoverLog(deps(), found);
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toBeUndefined();
  await later.record(2);
  await later.keeper.integrate();
  const { total, known, notes } = await audit();
  expect({ total, known }).toEqual({ total: 0, known: { erased: 0, lost: 2 } });
  expect(notes.join()).toMatch(/positions 4 to 6: 2 lost, named by recovery entry [0-9a-f-]{36} at position 7/);
  await m.delete(AuditEntry, { id: ids[0]! });
  await m.update(
    LogPosition,
    { position: 0 },
    { entryId: (await m.findOneByOrFail(LogPosition, { position: 4 })).entryId.replace(/4$/, '0') },
  );
  expect((await audit()).drifts.map((d) => d.kind)).toContain('loss-unnamed');
});

test('a database that gave published positions to other entries goes on under a new origin only', async () => {
  const { db } = world.t;
  await world.restoreTo(4);
  const stranger = await recordBeside();
  await db.m.delete(LogPending, { entryId: stranger });
  await db.m.insert(LogPosition, { generation: 0, position: 4, entryId: stranger });
  await db.m.update(LogHead, { id: 'log' }, { size: 5 });
  await service.keeper.check();
  const found = await survey();
  expect(found.strangers).toEqual([{ position: 4, entryId: stranger }]);
  await expect(recoverLog(deps(), found)).rejects.toThrow(/only go on under a new origin/);
  await expect(openNewOrigin(deps(), found, ORIGIN)).rejects.toThrow(/was called/);
  await expect(openNewOrigin(deps(), found, 'a b')).rejects.toThrow(/visible ASCII/);
  await openNewOrigin(deps(), found, 'test.lujian.example/log2');

  const notary = createNotary(db, world.vault, 'test.lujian.example/log2');
  const state = createLogState();
  const keeper = createLogKeeper({ db, blobs: world.blobs, notary, state, log: createLog('silent') });
  await keeper.check();
  await keeper.integrate();
  expect(state.stopped()).toBeUndefined();
  const files = createLogFiles(world.blobs, 1);
  const size = (await files.largest())!;
  expect(size).toBe(4);
  const [first] = (await files.bundle({ index: 0, width: size }))!;
  expect(Buffer.from(first!).toString('utf8')).toBe(await world.files.checkpoint(7));
  expect((await db.m.findOneByOrFail(LogPosition, { entryId: stranger })).generation).toBe(1);
  expect((await db.m.findBy(LogKey, { origin: ORIGIN })).every((key) => key.retiredAt !== null)).toBe(true);
  expect(await audit()).toMatchObject({ total: 0, known: { lost: 3 }, seen: { generation: 1, size: 4 } });

  await service.keeper.integrate();
  expect(service.state.stopped()).toMatch(/new origin/);
  await expect(service.record(1)).rejects.toMatchObject({ code: 'service.log-stopped' });
  expect((await db.m.findOneByOrFail(LogHead, { id: 'log' })).stopped).toBeNull();
});

test('tiles of a crash before their checkpoint, and then an older backup: they are put aside', async () => {
  await service.record(2);
  const dying = world.process({
    ...world.blobs,
    putIfAbsent: async (key, source) => {
      if (key.includes('/checkpoint/')) throw new Error('the power went');
      return world.blobs.putIfAbsent(key, source);
    },
  });
  await expect(dying.keeper.integrate()).rejects.toThrow('the power went');
  await world.restoreTo(7);
  const later = world.process();
  await later.record(2);
  await later.keeper.integrate();
  expect(later.state.stopped()).toMatch(/is there with other bytes/);
  const found = await survey();
  expect(found.leftovers).toContain(tilePath({ level: 0, index: 0, width: 9 }));
  expect(found).toMatchObject({ restored: [], lost: [], strangers: [] });
  await recoverLog(deps(), found);
  await later.keeper.integrate();
  expect(later.state.stopped()).toBeUndefined();
  expect(await audit()).toMatchObject({ total: 0, known: { lost: 0 }, seen: { size: 10 } });
  const aside: string[] = [];
  for await (const key of world.blobs.list('aside/')) aside.push(key);
  expect(aside.length).toBe(found.leftovers.length);
});

test('positions that were never published and lost a row or themselves are given anew, and what is gone is named', async () => {
  const { m } = world.t.db;
  const waiting = await service.record(4);
  const dying = world.process({ ...world.blobs, putIfAbsent: () => Promise.reject(new Error('the power went')) });
  await expect(dying.keeper.integrate()).rejects.toThrow('the power went');
  await m.delete(AuditEntry, { id: waiting[1]! });
  await m.delete(LogPosition, { position: 9 });
  await service.keeper.integrate();
  expect(service.state.stopped()).toMatch(/position 8 of the log is missing in the database/);
  const found = await survey();
  expect(found.unpublished).toEqual({
    entries: [waiting[0], waiting[3]],
    vanished: [{ position: 8, entryId: waiting[1] }],
    isWhole: false,
  });
  expect(found).toMatchObject({ restored: [], lost: [], strangers: [], orphans: [waiting[2]] });
  const { recovery } = await recoverLog(deps(), found);
  const { facts } = await m.findOneByOrFail(AuditEntry, { id: recovery });
  expect(facts).toContainEqual(expect.objectContaining({ path: '/vanished/0/entry', value: waiting[1] }));
  await service.keeper.integrate();
  expect(service.state.stopped()).toBeUndefined();
  expect(await audit()).toMatchObject({ total: 0, seen: { size: 11 } });
  expect((await survey()).unpublished).toEqual({ entries: [], vanished: [], isWhole: true });
});

test('entries with positions that the former origin never published enter the new one', async () => {
  const { db } = world.t;
  const [id] = await service.record(1);
  const dying = world.process({ ...world.blobs, putIfAbsent: () => Promise.reject(new Error('the power went')) });
  await expect(dying.keeper.integrate()).rejects.toThrow('the power went');
  expect(await db.m.findOneByOrFail(LogPosition, { entryId: id })).toMatchObject({ generation: 0, position: 7 });
  await openNewOrigin(deps(), await survey(), 'test.lujian.example/log2');
  const notary = createNotary(db, world.vault, 'test.lujian.example/log2');
  const log = createLog('silent');
  await createLogKeeper({ db, blobs: world.blobs, notary, state: createLogState(), log }).integrate();
  expect((await db.m.findOneByOrFail(LogPosition, { entryId: id })).generation).toBe(1);
  expect(await audit()).toMatchObject({ total: 0, seen: { generation: 1, size: 4 } });
});

test('a flipped tile, a foreign checkpoint and a swapped key are put right', async () => {
  const { m } = world.t.db;
  const name = tilePath({ level: 0, index: 0, width: 7 });
  const right = fs.readFileSync(fileOf(name));
  const wrong = Buffer.from(right);
  wrong[70]! ^= 1;
  fs.writeFileSync(fileOf(name), wrong);
  const signer = logSigner(ORIGIN);
  await world.files.putCheckpoint(
    900,
    signCheckpoint({ origin: ORIGIN, size: 900, root: right.subarray(0, 32), extensions: [] }, signer),
  );
  const [key] = await m.find(LogKey);
  await m.update(LogKey, { id: key!.id }, { verifier: vkeyText(signer.key) });
  await service.keeper.check();
  const found = await survey();
  expect(found.keys).toEqual([{ id: key!.id, verifier: key!.verifier }]);
  expect(found.leftovers).toEqual(['checkpoint/000/000/000/000/900']);
  expect(found.tiles.map((tile) => tile.name)).toEqual([name]);
  await recoverLog(deps(), found);
  expect(fs.readFileSync(fileOf(name)).equals(right)).toBe(true);
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toBeUndefined();
  expect(await audit()).toMatchObject({ total: 0 });
});

test('looking changes nothing, and nobody who still writes is overrun', async () => {
  await world.restoreTo(4);
  const found = await survey();
  expect(await survey()).toEqual(found);
  expect(await world.t.db.m.countBy(LogPosition, { generation: 0 })).toBe(4);
  await world.t.db.m.update(LogHead, { id: 'log' }, { size: 5 });
  await expect(recoverLog(deps(), found)).rejects.toThrow(/another process has moved the head/);
  expect(await world.t.db.m.countBy(LogPosition, { generation: 0 })).toBe(4);
});
