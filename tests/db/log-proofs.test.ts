import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { fromBase64 } from '../../src/kernel/pure/tlog/encoding';
import { leafHash } from '../../src/kernel/pure/tlog/merkle';
import { NO_WITNESSES } from '../../src/kernel/pure/tlog/policy';
import { verifyConsistency } from '../../src/kernel/pure/tlog/proofs';
import { parseProof, verifyProof, type ProofVerdict } from '../../src/kernel/pure/tlog/tlog-proof';
import { parseVkey } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { createLogProofs, type Logged, type LogProofs } from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { logWorld, type LogWorld } from '../support/log-world';

let world: LogWorld;
let proofs: LogProofs;
beforeEach(async () => {
  world = await logWorld();
  proofs = createLogProofs({ db: world.t.db, blobs: world.blobs, generation: () => 0 });
});
afterEach(() => world.drop());

/** As an outsider judges it, with nothing but the published key. */
async function judged({ proof, leaf }: Pick<Logged, 'proof' | 'leaf'>): Promise<ProofVerdict> {
  const logKeys = (await world.notary.verifiers())
    .trim()
    .split('\n')
    .map((line) => parseVkey(line, sha256));
  const question = { leafHash: leafHash(leaf, sha256), logKeys, policy: NO_WITNESSES };
  return verifyProof(parseProof(proof), question, { sha256, verify: ed25519Verify });
}

test('every entry, open or sealed, has a proof to the largest checkpoint, and the leaf of its row', async () => {
  const { keeper, record } = world.process();
  const ids = [...(await record(5)), ...(await record(254))];
  await keeper.integrate();
  await record(3);
  await keeper.integrate();
  for (const id of [ids[0]!, ids[2]!, ids[255]!, ids[256]!, ids.at(-1)!]) {
    const logged = await proofs.ofEntry(id);
    expect(await judged(logged)).toMatchObject({ holds: true, inclusion: { value: { size: 262 } } });
    const { leaf } = await world.t.db.m.findOneByOrFail(AuditEntry, { id });
    expect(Buffer.from(logged.leaf).toString('utf8')).toBe(leaf);
    expect(await proofs.ofPosition(logged.position)).toEqual(logged);
  }
});

test('a proof may carry its leaf, and holds for no other one', async () => {
  const { keeper, record } = world.process();
  const [first, second] = await record(2);
  await keeper.integrate();
  const [one, two] = [await proofs.ofEntry(first!, { withLeaf: true }), await proofs.ofEntry(second!)];
  expect(Buffer.from(parseProof(one.proof).extra!).equals(Buffer.from(one.leaf))).toBe(true);
  expect(parseProof(two.proof).extra).toBeNull();
  expect(await judged(one)).toMatchObject({ holds: true });
  expect(await judged({ proof: one.proof, leaf: two.leaf })).toMatchObject({
    holds: false,
    inclusion: { ok: false, fault: { code: 'tlog.other-root' } },
  });
});

test('an entry that waits is told to come again, an unknown one is not found', async () => {
  const { record } = world.process();
  const [id] = await record(1);
  await expect(proofs.ofEntry(id!)).rejects.toMatchObject({
    code: 'log.not-integrated',
    params: { size: 0, retryAfter: 1 },
  });
  await expect(proofs.ofEntry('nobody')).rejects.toMatchObject({ code: 'request.not-found' });
  await expect(proofs.ofPosition(0)).rejects.toMatchObject({ code: 'log.not-integrated' });
});

test('growth is proven between any two sizes, with the checkpoints that were signed at them', async () => {
  const { keeper, record } = world.process();
  for (const count of [3, 255, 9]) {
    await record(count);
    await keeper.integrate();
  }
  for (const [from, to] of [
    [3, 258],
    [3, 267],
    [258, 267],
    [267, 267],
  ] as const) {
    const { hashes, fromCheckpoint, toCheckpoint } = await proofs.consistency({ from, to });
    const [fromRoot, toRoot] = [parseCheckpoint(fromCheckpoint!).root, parseCheckpoint(toCheckpoint!).root];
    const proof = hashes.map((hash) => fromBase64(hash, 'hash'));
    expect(() => verifyConsistency({ from, to, fromRoot, toRoot, proof }, sha256)).not.toThrow();
  }
  expect(await proofs.consistency({ from: 4 })).toMatchObject({ from: 4, to: 267, fromCheckpoint: null });
  for (const [from, to] of [
    [5, 4],
    [3, 268],
  ] as const)
    await expect(proofs.consistency({ from, to })).rejects.toMatchObject({ code: 'log.sizes-unfit' });
});

test('no proof goes out of files that contradict their checkpoint', async () => {
  const { keeper, record } = world.process();
  const [id] = await record(6);
  await keeper.integrate();
  const tile = path.join(world.blobFolder, 'log/0/tile/0/000.p/6');
  const bytes = readFileSync(tile);
  bytes[40]! ^= 1;
  chmodSync(tile, 0o600);
  writeFileSync(tile, bytes);
  await expect(proofs.ofEntry(id!)).rejects.toMatchObject({ code: 'log.files-damaged' });
});
