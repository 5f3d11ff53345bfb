import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { createFrontier, emptyRoot, leafHash, nodeHash, splitPoint } from '../../src/kernel/pure/tlog/merkle';
import { EMPTY_EDGE, grow, readEdge, rootOfEdge, type Edge } from '../../src/kernel/pure/tlog/growth';
import {
  createNodeReader,
  newTiles,
  partialTiles,
  tileBytes,
  tilePath,
  TILE_WIDTH,
  type Tile,
} from '../../src/kernel/pure/tlog/tiles';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf, naiveLeafHash, naiveNodeHash, naiveTree, seeded, someLeaves } from '../support/naive-tree';

const LEAVES = someLeaves(5_000);
const tree = naiveTree(LEAVES);
const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};

/** The bytes of a tile straight from its definition in tlog-tiles. */
const naiveTile = ({ level, index, width }: Tile, of = tree): Buffer =>
  Buffer.concat(
    Array.from({ length: width }, (_, i) => {
      const span = TILE_WIDTH ** level;
      return of.range((index * TILE_WIDTH + i) * span, (index * TILE_WIDTH + i + 1) * span);
    }),
  );

describe('hashes', () => {
  test('leaf, node and empty root', () => {
    // Long before short: nothing of the one may stay in the other.
    for (const length of [65_535, 4_096, 4_095, 4_094, 300, 1, 0]) {
      const entry = Buffer.alloc(length, 7);
      expect([length, hexOf(leafHash(entry, sha256))]).toEqual([length, hexOf(naiveLeafHash(entry))]);
    }
    expect(hexOf(nodeHash(LEAVES[0]!, LEAVES[1]!, sha256))).toBe(hexOf(naiveNodeHash(LEAVES[0]!, LEAVES[1]!)));
    expect(hexOf(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('a hash of another length is no node', () => {
    expect(codeOf(() => nodeHash(LEAVES[0]!.subarray(1), LEAVES[1]!, sha256))).toBe('tlog.hash-length');
    expect(codeOf(() => nodeHash(LEAVES[0]!, Buffer.alloc(33), sha256))).toBe('tlog.hash-length');
    expect(codeOf(() => createFrontier(sha256).append(Buffer.alloc(0)))).toBe('tlog.hash-length');
  });

  test('the split is the largest power of two below, also where floating point rounds', () => {
    for (let n = 2; n < 600; n++) expect([n, splitPoint(n) < n && splitPoint(n) * 2 >= n]).toEqual([n, true]);
    expect(splitPoint(2 ** 52)).toBe(2 ** 51);
    expect(splitPoint(2 ** 52 + 1)).toBe(2 ** 52);
    expect(splitPoint(2 ** 52 - 1)).toBe(2 ** 51);
    expect(splitPoint(Number.MAX_SAFE_INTEGER)).toBe(2 ** 52);
  });
});

describe('the frontier', () => {
  test('gives the root at every size up to 5,000', () => {
    const frontier = createFrontier(sha256);
    expect(hexOf(frontier.root())).toBe(hexOf(tree.root(0)));
    LEAVES.forEach((leaf, i) => {
      frontier.append(leaf);
      if (hexOf(frontier.root()) !== hexOf(tree.root(i + 1))) throw new Error(`another root at ${i + 1}`);
    });
    expect(frontier.size()).toBe(5_000);
  });

  test('goes on from the size and peaks of another, and only from as many peaks as the size has', () => {
    const first = createFrontier(sha256);
    LEAVES.slice(0, 1_234).forEach(first.append);
    const second = createFrontier(sha256, { size: first.size(), peaks: first.peaks() });
    LEAVES.slice(1_234, 2_000).forEach(second.append);
    expect(hexOf(second.root())).toBe(hexOf(tree.root(2_000)));
    expect(codeOf(() => createFrontier(sha256, { size: 1_235, peaks: first.peaks() }))).toBe('tlog.range');
    expect(codeOf(() => createFrontier(sha256, { size: 2 ** 53, peaks: [LEAVES[0]!] }))).toBe('tlog.size');
    expect(codeOf(() => createFrontier(sha256, { size: 1.5, peaks: [LEAVES[0]!] }))).toBe('tlog.size');
  });
});

describe('growing', () => {
  const growTo = (edge: Edge, to: number) => grow(edge, LEAVES.slice(edge.size, to), sha256);

  test('steps of many widths write exactly the new tiles, byte for byte, and give each root', () => {
    const next = seeded(20_260_101);
    const stored = new Map<string, Uint8Array>();
    let edge: Edge = EMPTY_EDGE;
    const sizes = [0, 1, 2, 255, 256, 257, 511, 512, 513];
    while (sizes.at(-1)! < LEAVES.length) sizes.push(Math.min(LEAVES.length, sizes.at(-1)! + next(400)));
    for (const size of sizes) {
      const step = growTo(edge, size);
      expect(step.tiles.map(({ level, index, width }) => ({ level, index, width }))).toEqual(newTiles(edge.size, size));
      for (const { bytes, ...tile } of step.tiles) {
        expect([tilePath(tile), hexOf(bytes)]).toEqual([tilePath(tile), hexOf(naiveTile(tile))]);
        stored.set(tilePath(tile), bytes);
      }
      expect([size, hexOf(step.root)]).toEqual([size, hexOf(tree.root(size))]);
      expect(step.edge).toEqual(readEdge(size, (tile) => stored.get(tilePath(tile))));
      edge = step.edge;
    }
  });

  test.each([65_535, 65_536, 65_537])('a tree of %i leaves, whole and by one step across', (size) => {
    const many = someLeaves(size);
    const big = naiveTree(many);
    const whole = grow(EMPTY_EDGE, many, sha256);
    expect(hexOf(whole.root)).toBe(hexOf(big.root(size)));
    expect(whole.tiles.map(({ level, index, width }) => ({ level, index, width }))).toEqual(newTiles(0, size));
    for (const { bytes, ...tile } of whole.tiles.filter((t) => t.level > 0 || t.width < TILE_WIDTH)) {
      expect([tilePath(tile), hexOf(bytes)]).toEqual([tilePath(tile), hexOf(naiveTile(tile, big))]);
    }
    const before = grow(EMPTY_EDGE, many.slice(0, size - 3), sha256);
    const after = grow(before.edge, many.slice(size - 3), sha256);
    expect([after.root, after.edge]).toEqual([whole.root, whole.edge]);
  });

  test('an edge that does not fit its size is refused', () => {
    const { edge } = growTo(EMPTY_EDGE, 300);
    expect(codeOf(() => grow({ ...edge, size: 301 }, [], sha256))).toBe('tlog.tile');
    expect(codeOf(() => grow({ ...edge, partials: [edge.partials[0]!] }, [], sha256))).toBe('tlog.tile');
    expect(codeOf(() => grow(edge, [Buffer.alloc(31)], sha256))).toBe('tlog.hash-length');
    expect(codeOf(() => readEdge(300, () => undefined))).toBe('tlog.tile');
    expect(codeOf(() => readEdge(300, () => Buffer.alloc(32)))).toBe('tlog.tile');
    expect(hexOf(rootOfEdge(edge, sha256))).toBe(hexOf(tree.root(300)));
  });

  test('takes in 100,000 leaves without a step that grows with the tree', () => {
    const entries = Array.from({ length: 100_000 }, (_, i) =>
      Buffer.from(`an entry of the usual length ${i}`.repeat(8)),
    );
    const start = process.hrtime.bigint();
    const leaves = entries.map((entry) => leafHash(entry, sha256));
    grow(EMPTY_EDGE, leaves, sha256);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    // Far below the aim of 200,000 a second: a loaded machine must not fail this, a step that became quadratic must.
    expect(entries.length / seconds).toBeGreaterThan(10_000);
  });
});

describe('the node reader', () => {
  const reader = (size: number) => createNodeReader(size, (tile) => naiveTile(tile), sha256);

  test('gives every full node of small trees, and sampled ones of large trees', () => {
    const nodesOf = (size: number) =>
      Array.from({ length: 14 }, (_, level) =>
        Array.from({ length: Math.floor(size / 2 ** level) }, (_node, index) => ({ level, index })),
      ).flat();
    const next = seeded(7);
    const sampled = [1, 2, 3, 7, 8, 9, 255, 256, 257].flatMap((size) => nodesOf(size).map((node) => ({ size, node })));
    for (const size of [600, 4_095, 4_096, 4_097, 5_000]) {
      const nodes = nodesOf(size);
      for (let i = 0; i < 60; i++) sampled.push({ size, node: nodes[next(nodes.length)]! });
      sampled.push(...nodes.filter((n) => n.level >= 8).map((node) => ({ size, node })));
    }
    for (const { size, node } of sampled) {
      const span = 2 ** node.level;
      const expected = tree.range(node.index * span, (node.index + 1) * span);
      expect([size, node, hexOf(reader(size)(node))]).toEqual([size, node, hexOf(expected)]);
    }
  });

  test('reads a full tile in place of a partial one that is gone', () => {
    const read = createNodeReader(
      300,
      (tile) => naiveTile({ ...tile, width: tile.level === 0 ? 256 : tile.width }),
      sha256,
    );
    expect(hexOf(read({ level: 3, index: 36 }))).toBe(hexOf(tree.range(288, 296)));
  });

  test.each<[string, TlogCode, () => unknown]>([
    ['a node past the size', 'tlog.range', () => reader(300)({ level: 3, index: 37 })],
    ['a negative node', 'tlog.range', () => reader(300)({ level: 3, index: -1 })],
    ['a node too high to count', 'tlog.range', () => reader(300)({ level: 60, index: 0 })],
    ['a missing tile', 'tlog.tile', () => createNodeReader(9, () => undefined, sha256)({ level: 0, index: 1 })],
    ['a cut tile', 'tlog.tile', () => createNodeReader(9, () => Buffer.alloc(287), sha256)({ level: 0, index: 1 })],
    [
      'a tile of a smaller size',
      'tlog.tile',
      () => createNodeReader(9, () => Buffer.alloc(256), sha256)({ level: 0, index: 1 }),
    ],
    [
      'a tile that is too long',
      'tlog.tile',
      () => createNodeReader(9, () => Buffer.alloc(8_224), sha256)({ level: 0, index: 1 }),
    ],
    ['a tile of no hashes', 'tlog.tile', () => tileBytes([])],
    ['a tile of 257 hashes', 'tlog.tile', () => tileBytes(LEAVES.slice(0, 257))],
    ['a tile with a short hash', 'tlog.hash-length', () => tileBytes([Buffer.alloc(31)])],
  ])('%s is refused', (_what, code, run) => expect(codeOf(run)).toBe(code));

  test('partial tiles are those at the end of a tree', () => {
    expect(partialTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(partialTiles(65_537).map(tilePath)).toEqual(['tile/0/256.p/1', 'tile/2/000.p/1']);
  });
});
