import { createHash } from 'node:crypto';

// The Merkle tree of RFC 6962 2.1 as its text defines it, by recursion over the list and with nothing of src: what the
// code under test is compared with.

const digest = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const naiveLeafHash = (entry: Uint8Array): Buffer => digest(Buffer.of(0), entry);
export const naiveNodeHash = (left: Uint8Array, right: Uint8Array): Buffer => digest(Buffer.of(1), left, right);

/** A tree over leaf hashes that remembers the roots of full subtrees, so that 5,000 leaves stay quick. */
export function naiveTree(leaves: readonly Uint8Array[]) {
  const known = new Map<string, Uint8Array>();
  /** MTH(D[start:end]) */
  const root = (start: number, end: number): Uint8Array => {
    if (start === end) return digest();
    if (end - start === 1) return leaves[start]!;
    const key = `${start}:${end}`;
    const before = known.get(key);
    if (before) return before;
    let k = 1;
    while (k * 2 < end - start) k *= 2;
    const made = naiveNodeHash(root(start, start + k), root(start + k, end));
    if (end - start === k * 2) known.set(key, made);
    return made;
  };
  /** PATH(m, D[start:end]) of RFC 6962 2.1.1 */
  const path = (m: number, start: number, end: number): Uint8Array[] => {
    if (end - start <= 1) return [];
    let k = 1;
    while (k * 2 < end - start) k *= 2;
    return m < k
      ? [...path(m, start, start + k), root(start + k, end)]
      : [...path(m - k, start + k, end), root(start, start + k)];
  };
  /** SUBPROOF(m, D[start:end], b) of RFC 6962 2.1.2 */
  const subproof = (m: number, start: number, end: number, isWhole: boolean): Uint8Array[] => {
    if (m === end - start) return isWhole ? [] : [root(start, end)];
    let k = 1;
    while (k * 2 < end - start) k *= 2;
    return m <= k
      ? [...subproof(m, start, start + k, isWhole), root(start + k, end)]
      : [...subproof(m - k, start + k, end, false), root(start, start + k)];
  };
  return {
    root: (size: number) => root(0, size),
    range: root,
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (from: number, to: number) => (from === 0 ? [] : subproof(from, 0, to, true)),
  };
}

/** As many leaf hashes as asked, each another. */
export const someLeaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => naiveLeafHash(Buffer.from(`entry ${i}`)));

/** Whole numbers from 0 below a bound, the same ones for the same seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // xorshift32: good enough to choose samples.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
