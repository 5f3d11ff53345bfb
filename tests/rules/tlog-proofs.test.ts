import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { EMPTY_EDGE, grow } from '../../src/kernel/pure/tlog/growth';
import {
  consistencyTiles,
  inclusionTiles,
  makeConsistencyProof,
  makeInclusionProof,
  rootOfTree,
  rootTiles,
  verifyConsistency,
  verifyInclusion,
} from '../../src/kernel/pure/tlog/proofs';
import { createNodeReader, tilePath, type NodeReader, type Tile } from '../../src/kernel/pure/tlog/tiles';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf, naiveTree, seeded, someLeaves } from '../support/naive-tree';

const LEAVES = someLeaves(65_537);
const tree = naiveTree(LEAVES);
const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};
const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(hexOf);

/** The stored tiles of a log that was published at that size only. */
const storedAt = (size: number): Map<string, Uint8Array> =>
  new Map(grow(EMPTY_EDGE, LEAVES.slice(0, size), sha256).tiles.map(({ bytes, ...tile }) => [tilePath(tile), bytes]));

const readerOver = (size: number, stored: Map<string, Uint8Array>): NodeReader =>
  createNodeReader(size, (tile) => stored.get(tilePath(tile)), sha256);

/** Reads only the tiles that were named beforehand. */
const readerOf = (size: number, stored: Map<string, Uint8Array>, tiles: Tile[]): NodeReader =>
  readerOver(size, new Map(tiles.map((tile) => [tilePath(tile), stored.get(tilePath(tile))!])));

/** As `expect`, for tens of thousands of comparisons. */
function assertSame(what: string, made: readonly Uint8Array[], expected: readonly Uint8Array[]): void {
  if (hexes(made).join() !== hexes(expected).join()) throw new Error(`another proof for ${what}`);
}

function checkInclusion(index: number, size: number, stored: Map<string, Uint8Array>): void {
  const proof = makeInclusionProof(index, size, readerOf(size, stored, inclusionTiles(index, size)), sha256);
  assertSame(`leaf ${index} of ${size}`, proof, tree.inclusion(index, size));
  verifyInclusion({ index, size, leafHash: LEAVES[index]!, root: tree.root(size), proof }, sha256);
}

function checkConsistency(from: number, to: number, stored: Map<string, Uint8Array>): void {
  const proof = makeConsistencyProof(from, to, readerOf(to, stored, consistencyTiles(from, to)), sha256);
  assertSame(`${from} to ${to}`, proof, tree.consistency(from, to));
  verifyConsistency({ from, to, fromRoot: tree.root(from), toRoot: tree.root(to), proof }, sha256);
}

describe('proofs made from stored tiles are those of the definition, and verify', () => {
  test('all of every tree up to 66 leaves', () => {
    for (let size = 0; size <= 66; size++) {
      const stored = storedAt(size);
      expect(hexOf(rootOfTree(size, readerOf(size, stored, rootTiles(size)), sha256))).toBe(hexOf(tree.root(size)));
      for (let i = 0; i < size; i++) checkInclusion(i, size, stored);
      for (let from = 0; from <= size; from++) checkConsistency(from, size, stored);
    }
  });

  test('sampled ones of sampled trees up to 5,000', () => {
    const next = seeded(41);
    for (let run = 0; run < 60; run++) {
      const size = 1 + next(5_000);
      const stored = storedAt(size);
      for (let i = 0; i < 12; i++) checkInclusion(next(size), size, stored);
      for (let i = 0; i < 12; i++) checkConsistency(next(size + 1), size, stored);
    }
  });

  test.each([255, 256, 257, 65_535, 65_536, 65_537])('around the edges of tiles: %i leaves', (size) => {
    const stored = storedAt(size);
    const near = [0, 1, 254, 255, 256, 257, 511, 512, 65_279, 65_280, 65_534, 65_535, 65_536, 65_537];
    expect(hexOf(rootOfTree(size, readerOver(size, stored), sha256))).toBe(hexOf(tree.root(size)));
    near.filter((index) => index < size).forEach((index) => checkInclusion(index, size, stored));
    near.filter((from) => from <= size).forEach((from) => checkConsistency(from, size, stored));
  });

  test('a smaller tree is proven from the tiles of a larger one', () => {
    const stored = storedAt(5_000);
    const next = seeded(5);
    for (let run = 0; run < 40; run++) {
      const size = 1 + next(4_999);
      const index = next(size);
      const from = next(size + 1);
      const read = (tiles: Tile[]): NodeReader => readerOf(5_000, stored, tiles);
      const inclusion = makeInclusionProof(index, size, read(inclusionTiles(index, size, 5_000)), sha256);
      expect(hexes(inclusion)).toEqual(hexes(tree.inclusion(index, size)));
      const consistency = makeConsistencyProof(from, size, read(consistencyTiles(from, size, 5_000)), sha256);
      expect(hexes(consistency)).toEqual(hexes(tree.consistency(from, size)));
      expect(hexOf(rootOfTree(size, read(rootTiles(size, 5_000)), sha256))).toBe(hexOf(tree.root(size)));
    }
  });

  test('a proof reads few tiles', () => {
    expect(inclusionTiles(70_000, 1_000_000).map(tilePath)).toEqual([
      'tile/0/273',
      'tile/1/001',
      'tile/2/000.p/15',
      'tile/1/015.p/66',
      'tile/0/x003/906.p/64',
    ]);
  });
});

describe('no claim passes that was changed', () => {
  /** Each change of one thing in a proof: bits, missing, doubled, swapped and foreign hashes. */
  function* changedProofs(proof: readonly Uint8Array[]): Generator<Uint8Array[]> {
    for (let i = 0; i < proof.length; i++) {
      const flipped = proof.map((hash) => Uint8Array.from(hash));
      flipped[i]![i % 32]! ^= 1 << (i % 8);
      yield flipped;
      yield proof.filter((_hash, j) => j !== i);
      yield [...proof.slice(0, i), proof[i]!, ...proof.slice(i)];
      if (i > 0) yield proof.map((hash, j) => (j === i ? proof[i - 1]! : j === i - 1 ? proof[i]! : hash));
      yield [...proof.slice(0, i), LEAVES[60_000]!, ...proof.slice(i)];
    }
    yield [...proof, LEAVES[60_000]!];
    yield [...proof, tree.root(7)];
  }

  test('inclusion, all trees up to 20', () => {
    let tried = 0;
    for (let size = 1; size <= 20; size++) {
      for (let index = 0; index < size; index++) {
        const right = {
          index,
          size,
          leafHash: LEAVES[index]!,
          root: tree.root(size),
          proof: tree.inclusion(index, size),
        };
        const wrong = [...changedProofs(right.proof)].map((proof) => ({ ...right, proof }));
        const at = (i: number) => ({ ...right, index: i });
        wrong.push(...Array.from({ length: size }, (_, i) => at(i)).filter((claim) => claim.index !== index));
        wrong.push({ ...right, leafHash: LEAVES[index + 1]! }, { ...right, root: tree.root(size + 1) });
        expect(wrong.filter((claim) => codeOf(() => verifyInclusion(claim, sha256)) === undefined)).toEqual([]);
        tried += wrong.length;
      }
    }
    expect(tried).toBeGreaterThan(3_000);
  });

  test('consistency, all trees up to 20', () => {
    let tried = 0;
    for (let to = 1; to <= 20; to++) {
      for (let from = 0; from <= to; from++) {
        const right = { from, to, fromRoot: tree.root(from), toRoot: tree.root(to), proof: tree.consistency(from, to) };
        const wrong = [...changedProofs(right.proof)].map((proof) => ({ ...right, proof }));
        wrong.push({ ...right, fromRoot: tree.root(from + 1) });
        // From the empty tree every tree goes on: there is nothing to prove about its root.
        if (from > 0) wrong.push({ ...right, toRoot: tree.root(to + 1) }, { ...right, from: from - 1 });
        expect(wrong.filter((claim) => codeOf(() => verifyConsistency(claim, sha256)) === undefined)).toEqual([]);
        tried += wrong.length;
      }
    }
    expect(tried).toBeGreaterThan(2_000);
  });

  const inclusion = { index: 2, size: 5, leafHash: LEAVES[2]!, root: tree.root(5), proof: tree.inclusion(2, 5) };
  const consistency = { from: 3, to: 5, fromRoot: tree.root(3), toRoot: tree.root(5), proof: tree.consistency(3, 5) };
  const short = Buffer.alloc(31);

  test.each<[string, TlogCode, Partial<typeof inclusion>]>([
    ['an index at the size', 'tlog.range', { index: 5 }],
    ['a negative index', 'tlog.size', { index: -1 }],
    ['an index between two', 'tlog.size', { index: 1.5 }],
    ['a size too large to count', 'tlog.size', { size: 2 ** 53 }],
    ['an empty tree', 'tlog.range', { size: 0 }],
    ['a short leaf hash', 'tlog.hash-length', { leafHash: short }],
    ['no leaf hash', 'tlog.hash-length', { leafHash: Buffer.alloc(0) }],
    ['a short root', 'tlog.hash-length', { root: short }],
    ['a short hash in the proof', 'tlog.hash-length', { proof: [...inclusion.proof.slice(1), short] }],
    ['an empty proof', 'tlog.proof-length', { proof: [] }],
    ['a hash too many', 'tlog.proof-length', { proof: [...inclusion.proof, LEAVES[0]!] }],
    ['another root', 'tlog.other-root', { root: tree.root(6) }],
  ])('inclusion: %s is named', (_what, code, change) => {
    expect(codeOf(() => verifyInclusion({ ...inclusion, ...change }, sha256))).toBe(code);
  });

  test.each<[string, TlogCode, Partial<typeof consistency>]>([
    ['a tree that shrank', 'tlog.range', { from: 6 }],
    ['a negative size', 'tlog.size', { from: -1 }],
    ['a size too large to count', 'tlog.size', { to: Infinity }],
    ['a short old root', 'tlog.hash-length', { fromRoot: short }],
    ['a short new root', 'tlog.hash-length', { toRoot: short }],
    ['a short hash in the proof', 'tlog.hash-length', { proof: [short] }],
    ['an empty proof', 'tlog.proof-length', { proof: [] }],
    ['a proof between equal sizes', 'tlog.proof-length', { to: 3, toRoot: tree.root(3) }],
    ['a proof from the empty tree', 'tlog.proof-length', { from: 0, fromRoot: tree.root(0) }],
    ['two roots at one size: a fork', 'tlog.other-root', { to: 3, proof: [] }],
    ['an empty tree with a root', 'tlog.other-root', { from: 0, proof: [] }],
    ['another old root', 'tlog.other-root', { fromRoot: tree.root(4) }],
    ['another new root', 'tlog.other-root', { toRoot: tree.root(4) }],
  ])('consistency: %s is named', (_what, code, change) => {
    expect(codeOf(() => verifyConsistency({ ...consistency, ...change }, sha256))).toBe(code);
  });

  test('a flipped bit in any tile on the way shows in the root', () => {
    const stored = storedAt(5_000);
    for (const tile of inclusionTiles(3_000, 5_000)) {
      const bytes = Uint8Array.from(stored.get(tilePath(tile))!);
      // Every hash of the tile, so that the ones a proof reads are among them.
      for (let i = 0; i < bytes.length; i += 32) bytes[i]! ^= 1;
      const read = readerOver(5_000, new Map(stored).set(tilePath(tile), bytes));
      const proof = makeInclusionProof(3_000, 5_000, read, sha256);
      const claim = { index: 3_000, size: 5_000, leafHash: LEAVES[3_000]!, root: tree.root(5_000), proof };
      expect([tilePath(tile), codeOf(() => verifyInclusion(claim, sha256))]).toEqual([
        tilePath(tile),
        'tlog.other-root',
      ]);
    }
  });

  test('nothing is proven of leaves and trees that are not there', () => {
    const read = readerOver(5, storedAt(5));
    expect(codeOf(() => makeInclusionProof(5, 5, read, sha256))).toBe('tlog.range');
    expect(codeOf(() => makeInclusionProof(0, 0, read, sha256))).toBe('tlog.range');
    expect(codeOf(() => makeInclusionProof(0, 9, read, sha256))).toBe('tlog.range');
    expect(codeOf(() => makeConsistencyProof(6, 5, read, sha256))).toBe('tlog.range');
    expect(codeOf(() => makeConsistencyProof(1, 9, read, sha256))).toBe('tlog.range');
    expect(codeOf(() => inclusionTiles(3, 9, 8))).toBe('tlog.range');
    expect(codeOf(() => consistencyTiles(3, 600, 256))).toBe('tlog.range');
  });
});
