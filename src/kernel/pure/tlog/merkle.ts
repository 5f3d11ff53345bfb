import type { Sha256 } from '../primitives';
import { TlogFault } from './fault';

// The Merkle tree of RFC 6962 2.1 and RFC 9162 2.1 over SHA-256. Sizes and indexes are safe integers, hashes 32 bytes.

export const HASH_LENGTH = 32;

/** Throws unless `size` is a whole number from 0 to 2^53 − 1: larger trees would be counted wrongly. */
export function assertSize(size: number, what = 'tree size'): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new TlogFault('tlog.size', `${what} ${size} is no whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
}

/** Throws unless the hash has 32 bytes. A shorter one would be found equal to a shorter root (empty root and leaf). */
export function assertHash(hash: Uint8Array, what: string): void {
  if (hash.length !== HASH_LENGTH) {
    throw new TlogFault('tlog.hash-length', `${what} has ${hash.length} bytes instead of ${HASH_LENGTH}`, {
      length: hash.length,
    });
  }
}

/** Whether two byte strings are equal. Not constant in time: everything compared here is public. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** MTH({}) = SHA-256(""). RFC 6962 2.1. */
export const emptyRoot = (sha256: Sha256): Uint8Array => sha256(new Uint8Array(0));

// Written over each time: the hash function keeps nothing, and a fresh buffer costs a good part of a hash.
const shortLeaf = new Uint8Array(4_096);

/** MTH({d}) = SHA-256(0x00 ‖ d). RFC 6962 2.1. */
export function leafHash(entry: Uint8Array, sha256: Sha256): Uint8Array {
  const length = 1 + entry.length;
  const bytes = length > shortLeaf.length ? new Uint8Array(length) : shortLeaf.subarray(0, length);
  bytes.set(entry, 1);
  return sha256(bytes);
}

const pair = new Uint8Array(1 + 2 * HASH_LENGTH);
pair[0] = 1;

/** SHA-256(0x01 ‖ left ‖ right). RFC 6962 2.1. Requires hashes of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  assertHash(left, 'the left hash');
  assertHash(right, 'the right hash');
  pair.set(left, 1);
  pair.set(right, 1 + HASH_LENGTH);
  return sha256(pair);
}

/** The largest power of two smaller than `n`; requires n > 1. RFC 6962 2.1 calls it k. */
export function splitPoint(n: number): number {
  let k = 2 ** Math.floor(Math.log2(n));
  // log2 rounds near large powers of two.
  while (k >= n) k /= 2;
  while (k * 2 < n) k *= 2;
  return k;
}

/** How many ones the binary form of `size` has: so many peaks a tree of that size has. */
export function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** The root over peaks ordered from the left: the rightmost two are joined first. */
export function joinPeaks(peaks: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  if (peaks.length === 0) return emptyRoot(sha256);
  return peaks.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/** A growing tree that keeps only the roots of its full subtrees, 53 hashes at most. */
export interface Frontier {
  size(): number;
  /** Takes the hash of the next leaf. */
  append(leaf: Uint8Array): void;
  /** The root of the tree as it stands. */
  root(): Uint8Array;
  /** The roots of the full subtrees from the left, from which `createFrontier` goes on. */
  peaks(): readonly Uint8Array[];
}

/** A frontier of an empty tree, or one that goes on from the size and peaks of another. */
export function createFrontier(
  sha256: Sha256,
  from: { size: number; peaks: readonly Uint8Array[] } = { size: 0, peaks: [] },
): Frontier {
  assertSize(from.size);
  if (from.peaks.length !== peakCount(from.size)) {
    const needed = peakCount(from.size);
    throw new TlogFault('tlog.range', `a tree of ${from.size} leaves has ${needed} peaks, not ${from.peaks.length}`);
  }
  from.peaks.forEach((peak) => assertHash(peak, 'a peak'));
  const peaks = [...from.peaks];
  let size = from.size;
  return {
    size: () => size,
    append(leaf) {
      assertHash(leaf, 'a leaf hash');
      assertSize(size + 1);
      let top = leaf;
      // Each one at the end of the size's binary form is a full subtree as high as `top`.
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) top = nodeHash(peaks.pop()!, top, sha256);
      peaks.push(top);
      size += 1;
    },
    root: () => joinPeaks(peaks, sha256),
    peaks: () => [...peaks],
  };
}
