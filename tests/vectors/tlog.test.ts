import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleBytes, entriesOf } from '../../src/kernel/pure/tlog/bundles';
import { checkpointText, openCheckpoint, parseCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { attempt } from '../../src/kernel/pure/tlog/fault';
import { EMPTY_EDGE, grow, readEdge, rootOfEdge } from '../../src/kernel/pure/tlog/growth';
import { leafHash } from '../../src/kernel/pure/tlog/merkle';
import { noteText } from '../../src/kernel/pure/tlog/note';
import {
  makeConsistencyProof,
  makeInclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../src/kernel/pure/tlog/proofs';
import { bundlePath, createNodeReader, parseTilePath, tilePath } from '../../src/kernel/pure/tlog/tiles';
import { parseVkey, vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf } from '../support/naive-tree';
import { sharedData } from '../support/shared-data';

const folder = sharedData('tlog');
const file = (name: string): Buffer => readFileSync(path.join(folder, name));
const stored = (name: string): Buffer | undefined => (existsSync(path.join(folder, name)) ? file(name) : undefined);
const SIZES = Array.from({ length: 16 }, (_, size) => size);
const vkey = file('log.vkey').toString('utf8').trim();
const logKey = parseVkey(vkey, sha256);
const entriesAt = (size: number): Uint8Array[] =>
  size === 0 ? [] : entriesOf(file(bundlePath({ index: 0, width: size })), size);
const leaves = entriesAt(15).map((entry) => leafHash(entry, sha256));
const open = (name: string) => openCheckpoint(file(name), [logKey], ed25519Verify);
const at = (size: number) => open(`checkpoint.${size}`);
const readerAt = (size: number) => createNodeReader(size, (tile) => stored(tilePath(tile)), sha256);

test('the verifier key is written as it was read', () => {
  expect(vkeyText(logKey)).toBe(vkey);
  expect(logKey.name).toBe('example.com/log/testdata');
});

test('the served checkpoint is that of the largest size', () => {
  expect(file('checkpoint').equals(file('checkpoint.15'))).toBe(true);
  expect(open('checkpoint').size).toBe(15);
});

test.each(SIZES)('checkpoint.%i verifies, has the root of its entries, and is written as it was read', (size) => {
  const checkpoint = at(size);
  expect([checkpoint.origin, checkpoint.size]).toEqual(['example.com/log/testdata', size]);
  expect(hexOf(checkpoint.root)).toBe(hexOf(grow(EMPTY_EDGE, leaves.slice(0, size), sha256).root));
  expect(
    hexOf(
      rootOfEdge(
        readEdge(size, (tile) => stored(tilePath(tile))),
        sha256,
      ),
    ),
  ).toBe(hexOf(checkpoint.root));
  expect(checkpointText(checkpoint)).toBe(checkpoint.note.text);
  expect(noteText(checkpoint.note)).toBe(file(`checkpoint.${size}`).toString('utf8'));
});

test('every file below tile/ is a tile or bundle, recomputed byte for byte', () => {
  const names = readdirSync(path.join(folder, 'tile'), { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  expect(names).toHaveLength(30);
  for (const name of names) {
    const place = parseTilePath(name);
    const made =
      place.kind === 'bundle'
        ? bundleBytes(entriesAt(15).slice(0, place.width))
        : grow(EMPTY_EDGE, leaves.slice(0, place.width), sha256).tiles[0]!.bytes;
    expect([name, hexOf(made)]).toEqual([name, hexOf(file(name))]);
  }
});

test('every pair of checkpoints is consistent, by proofs from the stored tiles', () => {
  for (const to of SIZES) {
    for (const from of SIZES.filter((size) => size <= to)) {
      const proof = makeConsistencyProof(from, to, readerAt(to), sha256);
      verifyConsistency({ from, to, fromRoot: at(from).root, toRoot: at(to).root, proof }, sha256);
    }
  }
});

test('every entry is proven in every checkpoint that holds it', () => {
  for (const size of SIZES) {
    for (let index = 0; index < size; index++) {
      const proof = makeInclusionProof(index, size, readerAt(size), sha256);
      verifyInclusion({ index, size, leafHash: leaves[index]!, root: at(size).root, proof }, sha256);
    }
  }
});

test('a checkpoint with any byte of its text or signature changed is refused', () => {
  const right = file('checkpoint.9');
  for (let i = 0; i < right.length; i++) {
    const changed = Buffer.from(right);
    changed[i]! ^= 1;
    expect([i, attempt(() => openCheckpoint(changed, [logKey], ed25519Verify)).ok]).toEqual([i, false]);
  }
});

test('the text of one checkpoint under the signature of another is refused', () => {
  const swapped = noteText({ text: at(8).note.text, signatures: at(9).note.signatures });
  expect(parseCheckpoint(swapped).size).toBe(8);
  expect(attempt(() => openCheckpoint(swapped, [logKey], ed25519Verify))).toMatchObject({
    fault: { code: 'tlog.signature' },
  });
});
