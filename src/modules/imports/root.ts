import { createHash } from 'node:crypto';
import { canonicalize } from '../../kernel/pure/jcs';

// The root of an RFC 6962 tree over the rows that an import registered, in their order: one audit entry proves each.
// Kept as the roots of its full subtrees, so that it can be carried on after a stop.

export interface RootState {
  size: number;
  /** Hex, the largest subtree first. */
  hashes: string[];
}

export const emptyRoot: RootState = { size: 0, hashes: [] };

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const node = (left: string, right: string): string =>
  sha256(NODE, Buffer.from(left, 'hex'), Buffer.from(right, 'hex')).toString('hex');

/** Adds leaves: the canonical JSON of what was registered. */
export function addLeaves(state: RootState, leaves: readonly unknown[]): RootState {
  const hashes = [...state.hashes];
  let { size } = state;
  for (const leaf of leaves) {
    let hash = sha256(LEAF, Buffer.from(canonicalize(leaf), 'utf8')).toString('hex');
    // Each trailing one of the size is a full subtree of the same height as the one at hand.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = node(hashes.pop()!, hash);
    hashes.push(hash);
    size += 1;
  }
  return { size, hashes };
}

/** The root; of no leaves, the hash of nothing. */
export const rootOf = ({ hashes }: RootState): string =>
  hashes.length === 0 ? sha256().toString('hex') : hashes.reduceRight((right, left) => node(left, right));
