import fs from 'node:fs';
import path from 'node:path';
import { inTransaction } from '../../src/kernel/db/transaction';
import { systemCall } from '../../src/kernel/call';
import { parseCheckpoint, signCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { makeConsistencyProof } from '../../src/kernel/pure/tlog/proofs';
import { bundlePath, createNodeReader, tilePath } from '../../src/kernel/pure/tlog/tiles';
import { judgeAddCheckpoint } from '../../src/kernel/pure/tlog/witness-wire';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import {
  createAudit,
  ensureLog,
  eraseFacts,
  logEvents,
  selfAudit,
  vaultKeysOf,
  type SeenHead,
  type SelfAuditReport,
} from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogKey, LogPending, LogPosition } from '../../src/modules/audit-log/log.store';
import { logSigner } from '../support/log-keys';
import { logWorld, ORIGIN, type LogProcess, type LogWorld } from '../support/log-world';

let world: LogWorld;
let service: LogProcess;
/** Entries in the order of their positions; two of them are sealed, the others open. */
let ids: string[];
let open: string[];
let sealed: string;

beforeEach(async () => {
  world = await logWorld();
  service = world.process();
  await service.record(4);
  await service.keeper.integrate();
  await service.record(3);
  await service.keeper.integrate();
  const rows = await world.t.db.m.find(LogPosition, { order: { position: 'ASC' } });
  ids = rows.map((row) => row.entryId);
  const sealedRows = await world.t.db.m.findBy(AuditEntry, { sealed: true });
  sealed = sealedRows[0]!.id;
  open = ids.filter((id) => !sealedRows.some((row) => row.id === id));
});
afterEach(() => world.drop());

const audit = async (earlier?: SeenHead): Promise<SelfAuditReport> => {
  const { t, blobs, vault } = world;
  const vaultKeys = await vaultKeysOf(t.db, vault);
  return selfAudit({ on: t.db, blobs, vaultKeys, earlier, checks: [], most: 50 });
};

const kinds = (report: SelfAuditReport): string[] => [...new Set(report.drifts.map((d) => d.kind))].sort();
const fileOf = (name: string): string => path.join(world.blobFolder, 'log/0', name);

function flip(name: string, at: number): void {
  const bytes = fs.readFileSync(fileOf(name));
  bytes[at]! ^= 1;
  fs.writeFileSync(fileOf(name), bytes);
}

test('nothing was tampered with: no drift, also while entries wait', async () => {
  await service.record(2);
  const report = await audit();
  expect(report).toMatchObject({ total: 0, drifts: [], seen: { generation: 0, size: 7 } });
  expect(report.checked).toMatchObject({ entries: 7, checkpoints: 2, rows: 7 });
});

test('row deleted', async () => {
  await world.t.db.m.delete(AuditEntry, { id: ids[2]! });
  const { drifts } = await audit();
  expect(drifts).toHaveLength(1);
  expect(drifts[0]).toMatchObject({ kind: 'row-missing', where: expect.stringContaining(ids[2]!) });
  expect(drifts[0]!.where).toContain('position 2');
});

test('row changed: its leaf, its facts, its columns', async () => {
  const { m } = world.t.db;
  const [first, second, third, fourth] = open as [string, string, string, string];
  const { leaf } = await m.findOneByOrFail(AuditEntry, { id: first });
  await m.update(AuditEntry, { id: first }, { leaf: leaf.replace('test.open', 'test.shut') });
  const { facts } = await m.findOneByOrFail(AuditEntry, { id: second });
  await m.update(AuditEntry, { id: second }, { facts: [{ ...facts![0]!, value: 99 }] });
  await m.update(AuditEntry, { id: sealed }, { type: 'test.open' });
  await m.update(AuditEntry, { id: third }, { at: 1 });
  await m.update(AuditEntry, { id: fourth }, { facts: null });
  const { drifts, total } = await audit();
  expect(total).toBe(5);
  const found = drifts.map(({ kind, where }) => `${kind} ${/entry ([^)]*)/.exec(where)![1]}`).sort();
  expect(found).toEqual(
    [
      `columns-changed ${third}`,
      `columns-changed ${sealed}`,
      `facts-changed ${second}`,
      `facts-missing ${fourth}`,
      `row-changed ${first}`,
    ].sort(),
  );
});

test('last key retired by hand: no start makes another that no entry names, and nothing is signed', async () => {
  const { db } = world.t;
  await db.m.update(LogKey, { origin: ORIGIN }, { retiredAt: 1 });
  await ensureLog(db, world.vault, ORIGIN);
  expect(await db.m.count(LogKey)).toBe(1);
  await service.record(1);
  await service.keeper.integrate();
  expect(service.state.stopped()).toMatch(/every key of the log is retired in the database/);
  expect(await world.files.largest()).toBe(7);
});

test('facts that were destroyed under a logged order are no drift', async () => {
  const { db } = world.t;
  const recorder = createAudit(db.sources, logEvents);
  await inTransaction(db, (tx) =>
    eraseFacts(recorder, tx, systemCall('test'), { entries: [ids[4]!], order: '示例销毁令〔2026〕1号' }),
  );
  await service.keeper.integrate();
  const { total, known, notes } = await audit();
  expect({ total, known }).toEqual({ total: 0, known: { erased: 1, lost: 0 } });
  expect(notes[0]).toMatch(/position 4 .*erased by order 示例销毁令〔2026〕1号 \(position 7\)/);
});

test('entries swapped', async () => {
  const { m } = world.t.db;
  await m.update(LogPosition, { entryId: ids[0]! }, { entryId: 'x' });
  await m.update(LogPosition, { entryId: ids[1]! }, { entryId: ids[0]! });
  await m.update(LogPosition, { entryId: 'x' }, { entryId: ids[1]! });
  const { drifts } = await audit();
  expect(drifts).toMatchObject([
    { kind: 'rows-swapped', where: expect.stringContaining('position 0'), found: 'what is published at position 1' },
    { kind: 'rows-swapped', where: expect.stringContaining('position 1'), found: 'what is published at position 0' },
  ]);
});

test('row hidden from the log, position taken away', async () => {
  const { m } = world.t.db;
  await m.delete(LogPosition, { entryId: ids[3]! });
  expect(kinds(await audit())).toEqual(['head-other', 'position-missing', 'row-unplaced']);
});

test('tile byte flipped: named with the hash that leads to the root', async () => {
  const name = tilePath({ level: 0, index: 0, width: 7 });
  flip(name, 32 * 5 + 3);
  const { drifts } = await audit();
  expect(drifts).toMatchObject([{ kind: 'tile-changed', where: `${name}, hash 5` }]);
  await world.process().keeper.check();
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toMatch(/do not lead to the root of its checkpoint of 7/);
});

test('an older tile, and the bytes of an entry, flipped', async () => {
  const tile = tilePath({ level: 0, index: 0, width: 4 });
  const bundle = bundlePath({ index: 0, width: 7 });
  flip(tile, 0);
  flip(bundle, 20);
  const { drifts } = await audit();
  expect(drifts).toHaveLength(2);
  expect(drifts).toContainEqual(expect.objectContaining({ kind: 'tile-changed', where: `${tile}, hash 0` }));
  expect(drifts).toContainEqual(expect.objectContaining({ kind: 'bundle-changed', where: `${bundle}, position 0` }));
});

test('checkpoint rolled back: the audit before it knows better, and so does a witness', async () => {
  const { seen } = await audit();
  const witnessed = await world.notary.read((await world.files.checkpoint(7))!, 7);
  await world.restoreTo(4);
  const { drifts } = await audit(seen);
  expect(drifts.length).toBeGreaterThan(0);
  for (const name of ['checkpoint/000/000/000/000/007', tilePath({ level: 0, index: 0, width: 7 })])
    fs.rmSync(fileOf(name));
  const found = await audit(seen);
  expect(kinds(found)).toEqual(['file-ahead', 'history-changed']);
  const checkpoint = parseCheckpoint((await world.files.checkpoint(4))!);
  const known = { logKeys: await world.notary.known(), latest: witnessed };
  const verdict = judgeAddCheckpoint({ oldSize: 0, proof: [], checkpoint }, known, { sha256, verify: ed25519Verify });
  expect(verdict).toMatchObject({ kind: 'refuse', reason: 'conflict', latestSize: 7 });
});

test('older backup restored: the start stops all writing, and the audit names every lost position', async () => {
  await world.restoreTo(4);
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toMatch(/knows 4 positions .* 7 are published/);
  await expect(later.record(1)).rejects.toMatchObject({ code: 'service.log-stopped' });
  const { drifts } = await audit();
  expect(drifts.filter((d) => d.kind === 'position-missing').map((d) => d.where)).toEqual([
    'position 4',
    'position 5',
    'position 6',
  ]);
  const named = drifts.filter((d) => d.kind === 'position-missing').map((d) => d.expected);
  expect(named).toContain(open.includes(ids[4]!) ? `test.open ${ids[4]!}` : 'a sealed entry');
  expect(drifts.some((d) => d.kind === 'head-behind')).toBe(true);
});

test('stale leaseholder publishing late: it writes the same bytes, or nothing', async () => {
  await service.record(2);
  let release = (): void => undefined;
  const others = new Promise<void>((done) => (release = done));
  let held = false;
  const stale = world.process({
    ...world.blobs,
    putIfAbsent: async (key, source) => {
      if (!held && key.includes('/tile/')) {
        held = true;
        await others;
      }
      return world.blobs.putIfAbsent(key, source);
    },
  });
  const late = stale.keeper.integrate();
  while (!held) await new Promise((done) => setTimeout(done, 5));
  await service.record(2);
  await service.keeper.integrate();
  release();
  await late;
  expect(stale.state.stopped()).toBeUndefined();
  expect(await world.files.largest()).toBe(11);
  expect(await audit()).toMatchObject({ total: 0, seen: { size: 11 } });
});

test('fork shown to two clients: one size with two roots, and two trees that do not hold each other', async () => {
  const keys = { logKeys: await world.notary.known() };
  const crypto = { sha256, verify: ed25519Verify };
  const own = await world.notary.read((await world.files.checkpoint(7))!, 7);
  const four = await world.notary.read((await world.files.checkpoint(4))!, 4);
  const other = parseCheckpoint(await world.notary.sign({ size: 7, root: sha256(Buffer.from('another tree')) }));
  const same = judgeAddCheckpoint({ oldSize: 7, proof: [], checkpoint: other }, { ...keys, latest: own }, crypto);
  expect(same).toMatchObject({ kind: 'refuse', reason: 'conflict', fault: { code: 'tlog.other-root' } });
  const tile = await world.files.tile({ level: 0, index: 0, width: 7 });
  const proof = makeConsistencyProof(
    4,
    7,
    createNodeReader(7, () => tile, sha256),
    sha256,
  );
  const grown = judgeAddCheckpoint({ oldSize: 4, proof, checkpoint: other }, { ...keys, latest: four }, crypto);
  expect(grown).toMatchObject({ kind: 'refuse', reason: 'inconsistent', fault: { code: 'tlog.other-root' } });
  const right = judgeAddCheckpoint({ oldSize: 4, proof, checkpoint: own }, { ...keys, latest: four }, crypto);
  expect(right.kind).toBe('cosign');
  await world.files.putCheckpoint(6, await world.notary.sign({ size: 6, root: sha256(Buffer.from('a fork')) }));
  const { drifts } = await audit();
  expect(drifts).toMatchObject([
    { kind: 'checkpoint-other-root', where: 'checkpoint of 6 (the last one that agrees: 4)' },
  ]);
});

test('key swapped in the database: nothing is signed any more, and the audit names the row', async () => {
  const [row] = await world.t.db.m.find(LogKey);
  const key = logSigner(ORIGIN);
  await world.t.db.m.update(LogKey, { id: row!.id }, { verifier: vkeyText(key.key) });
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toMatch(/another one than in the vault/);
  const { drifts } = await audit();
  expect(drifts).toMatchObject([{ kind: 'key-changed', where: `log_key ${row!.id}`, expected: row!.verifier }]);
});

test('key swapped in the checkpoint: the start refuses it, and the audit names it', async () => {
  const { root } = await world.notary.read((await world.files.checkpoint(7))!, 7);
  const signer = logSigner(ORIGIN);
  const text = signCheckpoint({ origin: ORIGIN, size: 7, root, extensions: [] }, signer);
  fs.writeFileSync(fileOf('checkpoint/000/000/000/000/007'), text);
  const later = world.process();
  await later.keeper.check();
  expect(later.state.stopped()).toMatch(/no signature of a known key/);
  const { drifts } = await audit();
  expect(drifts[0]).toMatchObject({ kind: 'checkpoint-refused', where: 'checkpoint of 7' });
});

test('a row that waits for ever, without its entry', async () => {
  const [id] = await service.record(1);
  await world.t.db.m.delete(AuditEntry, { id: id! });
  expect(await world.t.db.m.count(LogPending)).toBe(1);
  expect(kinds(await audit())).toEqual(['row-missing']);
});
