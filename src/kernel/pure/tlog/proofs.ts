import type { Sha256 } from '../primitives';
import { TlogFault } from './fault';
import { assertHash, assertSize, emptyRoot, nodeHash, sameBytes, splitPoint } from './merkle';
import { tileOfNode, tilePath, type Node, type NodeReader, type Tile } from './tiles';

// Proofs of inclusion and consistency. They are made by the recursive definitions of RFC 6962 2.1.1 and 2.1.2, and
// verified by the loops of RFC 9162 2.1.3.2 and 2.1.4.2: neither side uses the other's code.

/** Leaves from `start` to before `end`; its root is one hash of a proof. */
interface Range {
  start: number;
  end: number;
}

/** PATH(m, D[n]) of RFC 6962 2.1.1, the leaf's sibling first. */
function inclusionRanges(index: number, size: number): Range[] {
  assertSize(size);
  assertSize(index, 'leaf index');
  if (index >= size) {
    throw new TlogFault('tlog.range', `a tree of ${size} leaves has no leaf ${index}`, { index, size });
  }
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    ranges.push(index < middle ? { start: middle, end } : { start, end: middle });
    if (index < middle) end = middle;
    else start = middle;
  }
  return ranges.reverse();
}

/** PROOF(m, D[n]) of RFC 6962 2.1.2; from the empty tree nothing has to be proven. */
function consistencyRanges(from: number, to: number): Range[] {
  assertGrowth(from, to);
  if (from === 0) return [];
  const ranges: Range[] = [];
  let start = 0;
  let end = to;
  while (end !== from) {
    const middle = start + splitPoint(end - start);
    ranges.push(from <= middle ? { start: middle, end } : { start, end: middle });
    if (from <= middle) end = middle;
    else start = middle;
  }
  // The old tree's own root is known to whoever asks (SUBPROOF with b = true), another part of it is not.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

function assertGrowth(from: number, to: number): void {
  assertSize(from, 'old size');
  assertSize(to, 'new size');
  if (from > to) {
    throw new TlogFault('tlog.range', `a tree of ${to} leaves cannot hold the older one of ${from}`, { from, to });
  }
}

/** The full subtrees that a range consists of, from the left. Requires a range that is itself a subtree of the tree. */
function nodesOfRange({ start, end }: Range): Node[] {
  const nodes: Node[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (2 ** (level + 1) <= end - at) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

function rootOfRange(range: Range, readNode: NodeReader, sha256: Sha256): Uint8Array {
  const hashes = nodesOfRange(range).map((node) => readNode(node));
  // Views into a tile's bytes would change with them.
  return hashes.reduceRight((right, left) => nodeHash(left, right, sha256)).slice();
}

/** Each tile of a tree of `stored` leaves once, that has to be read for these ranges of its beginning, `size` leaves. */
function tilesOfRanges(ranges: readonly Range[], size: number, stored: number): Tile[] {
  assertGrowth(size, stored);
  const tiles = ranges.flatMap(nodesOfRange).map((node) => tileOfNode(node, stored));
  return [...new Map(tiles.map((tile) => [tilePath(tile), tile])).values()];
}

/**
 * The tiles from which `makeInclusionProof` reads: fetch these, then make the proof. They are those of a tree of `stored`
 * leaves, a published size: a proof in a smaller tree is made from them as well.
 */
export const inclusionTiles = (index: number, size: number, stored = size): Tile[] =>
  tilesOfRanges(inclusionRanges(index, size), size, stored);

/** The tiles from which `makeConsistencyProof` reads, of a tree of `stored` leaves. */
export const consistencyTiles = (from: number, to: number, stored = to): Tile[] =>
  tilesOfRanges(consistencyRanges(from, to), to, stored);

/** The tiles from which `rootOfTree` reads, of a tree of `stored` leaves. */
export const rootTiles = (size: number, stored = size): Tile[] => tilesOfRanges(wholeTree(size), size, stored);

function wholeTree(size: number): Range[] {
  assertSize(size);
  return size === 0 ? [] : [{ start: 0, end: size }];
}

/** The root of the tree of `size` leaves; the reader may be of a larger tree. */
export function rootOfTree(size: number, readNode: NodeReader, sha256: Sha256): Uint8Array {
  const [whole] = wholeTree(size);
  return whole ? rootOfRange(whole, readNode, sha256) : emptyRoot(sha256);
}

/** The hashes that lead from leaf `index` to the root of the tree of `size` leaves, the leaf's sibling first. */
export function makeInclusionProof(index: number, size: number, readNode: NodeReader, sha256: Sha256): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => rootOfRange(range, readNode, sha256));
}

/** The hashes that show the tree of `to` leaves to begin with the tree of `from`. Empty from size 0 and to the same size. */
export function makeConsistencyProof(from: number, to: number, readNode: NodeReader, sha256: Sha256): Uint8Array[] {
  return consistencyRanges(from, to).map((range) => rootOfRange(range, readNode, sha256));
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

function assertProof(proof: readonly Uint8Array[]): void {
  proof.forEach((hash, i) => assertHash(hash, `hash ${i} of the proof`));
}

const tooMany = (): TlogFault => new TlogFault('tlog.proof-length', 'the proof has more hashes than the tree is high');
const tooFew = (): TlogFault => new TlogFault('tlog.proof-length', 'the proof has too few hashes to reach the root');

function assertRoot(computed: Uint8Array, root: Uint8Array, what: string): void {
  if (!sameBytes(computed, root)) throw new TlogFault('tlog.other-root', `the proof leads to another ${what}`);
}

export interface Inclusion {
  index: number;
  size: number;
  leafHash: Uint8Array;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}

/** Throws unless the leaf stands at that index of the tree with that size and root. RFC 9162 2.1.3.2. */
export function verifyInclusion({ index, size, leafHash, root, proof }: Inclusion, sha256: Sha256): void {
  assertSize(size);
  assertSize(index, 'leaf index');
  assertHash(leafHash, 'the leaf hash');
  assertHash(root, 'the root hash');
  assertProof(proof);
  if (index >= size) {
    throw new TlogFault('tlog.range', `a tree of ${size} leaves has no leaf ${index}`, { index, size });
  }
  let fn = index;
  let sn = size - 1;
  let r = leafHash;
  for (const p of proof) {
    if (sn === 0) throw tooMany();
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(p, r, sha256);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      r = nodeHash(r, p, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw tooFew();
  assertRoot(r, root, 'root than that of the tree');
}

export interface Consistency {
  from: number;
  to: number;
  fromRoot: Uint8Array;
  toRoot: Uint8Array;
  proof: readonly Uint8Array[];
}

/**
 * Throws unless the tree with the second size and root begins with the tree of the first. RFC 9162 2.1.4.2, which begins
 * at sizes 0 < from < to; equal sizes need equal roots, and the empty tree has its one root: both with an empty proof.
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: Consistency, sha256: Sha256): void {
  assertGrowth(from, to);
  assertHash(fromRoot, 'the old root hash');
  assertHash(toRoot, 'the new root hash');
  assertProof(proof);
  if (from === 0) assertRoot(emptyRoot(sha256), fromRoot, 'old root: an empty tree has the root SHA-256("")');
  if (from === to) assertRoot(fromRoot, toRoot, 'root at the same size');
  if (from === 0 || from === to) {
    if (proof.length > 0) throw new TlogFault('tlog.proof-length', 'between these sizes the proof has to be empty');
    return;
  }
  if (proof.length === 0) throw tooFew();
  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // An old size that is a power of two is itself a node of the new tree, and fn has become 0.
  const [first, ...rest] = fn === 0 ? [fromRoot, ...proof] : proof;
  let fr = first!;
  let sr = first!;
  for (const c of rest) {
    if (sn === 0) throw tooMany();
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr, sha256);
      sr = nodeHash(c, sr, sha256);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = nodeHash(sr, c, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw tooFew();
  assertRoot(fr, fromRoot, 'old root');
  assertRoot(sr, toRoot, 'new root');
}
