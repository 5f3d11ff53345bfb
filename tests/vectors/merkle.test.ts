import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt } from '../../src/kernel/pure/tlog/fault';
import { EMPTY_EDGE, grow } from '../../src/kernel/pure/tlog/growth';
import { createFrontier, leafHash } from '../../src/kernel/pure/tlog/merkle';
import { verifyConsistency, verifyInclusion } from '../../src/kernel/pure/tlog/proofs';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf } from '../support/naive-tree';
import { sharedData } from '../support/shared-data';

const folder = sharedData('merkle');
const files = (kind: string): string[] =>
  readdirSync(path.join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort();
const read = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8')) as T;
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const hashes = (proof: string[] | null): Buffer[] => (proof ?? []).map(bytes);

interface InclusionVector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

interface ConsistencyVector {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const inclusionFiles = files('inclusion');
const consistencyFiles = files('consistency');

test('all 96 proofs are there, with the one that only a check of lengths catches', () => {
  expect([inclusionFiles.length, consistencyFiles.length]).toEqual([53, 43]);
  expect(inclusionFiles).toContain(path.join('single-entry', 'empty-root-and-leaf.json'));
});

test.each(inclusionFiles)('inclusion %s', (file) => {
  const v = read<InclusionVector>('inclusion', file);
  const claim = { index: v.leafIdx, size: v.treeSize, leafHash: bytes(v.leafHash), root: bytes(v.root) };
  expect(attempt(() => verifyInclusion({ ...claim, proof: hashes(v.proof) }, sha256)).ok).toBe(!v.wantErr);
});

test.each(consistencyFiles)('consistency %s', (file) => {
  const v = read<ConsistencyVector>('consistency', file);
  const claim = { from: v.size1, to: v.size2, fromRoot: bytes(v.root1), toRoot: bytes(v.root2) };
  expect(attempt(() => verifyConsistency({ ...claim, proof: hashes(v.proof) }, sha256)).ok).toBe(!v.wantErr);
});

test('an empty root and an empty leaf are named by their length', () => {
  const v = read<InclusionVector>('inclusion', 'single-entry', 'empty-root-and-leaf.json');
  const claim = { index: v.leafIdx, size: v.treeSize, leafHash: bytes(v.leafHash), root: bytes(v.root), proof: [] };
  expect(attempt(() => verifyInclusion(claim, sha256))).toMatchObject({ fault: { code: 'tlog.hash-length' } });
});

test('the eight well-known leaves and the roots of trees of 0 to 8', () => {
  const known =
    read<Record<'leaf_inputs_hex' | 'leaf_hashes_hex' | 'root_by_tree_size_hex', string[]>>('rfc6962_roots.json');
  const leaves = known.leaf_inputs_hex.map((hex) => leafHash(Buffer.from(hex, 'hex'), sha256));
  expect(leaves.map(hexOf)).toEqual(known.leaf_hashes_hex);
  const frontier = createFrontier(sha256);
  const roots = [frontier.root()];
  for (const leaf of leaves) {
    frontier.append(leaf);
    roots.push(frontier.root());
  }
  expect(roots.map(hexOf)).toEqual(known.root_by_tree_size_hex);
  const grown = roots.map((_root, size) => grow(EMPTY_EDGE, leaves.slice(0, size), sha256).root);
  expect(grown.map(hexOf)).toEqual(known.root_by_tree_size_hex);
});
