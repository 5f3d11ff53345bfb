import { bundleBytes, entriesOf } from '../../../kernel/pure/tlog/bundles';
import { attempt } from '../../../kernel/pure/tlog/fault';
import { HASH_LENGTH, leafHash, sameBytes } from '../../../kernel/pure/tlog/merkle';
import { inclusionTiles, makeInclusionProof, verifyInclusion } from '../../../kernel/pure/tlog/proofs';
import {
  bundlePath,
  createNodeReader,
  hashAt,
  hashesOnLevel,
  rootOfHashes,
  tilePath,
  TILE_WIDTH,
  type Tile,
} from '../../../kernel/pure/tlog/tiles';
import { sha256 } from '../../../kernel/tlog-crypto';
import type { LogFiles } from '../log-files';
import type { Findings } from './drift';

/** What the files say of some positions in a row. */
export interface WalkedLeaves {
  first: number;
  /** The hashes that lead to the signed root. */
  hashes: readonly Uint8Array[];
  /** The published bytes; undefined where the bundle is missing or was changed. */
  entries: readonly (Uint8Array | undefined)[];
}

/** A tree head that the log has signed. */
export interface SignedHead {
  size: number;
  root: Uint8Array;
}

/** As sameBytes, without a call for each byte. */
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Whether the hash stands at that position under the signed root, by the other hashes of the tiles. */
async function leadsToRoot(files: LogFiles, head: SignedHead, index: number, hash: Uint8Array): Promise<boolean> {
  const tiles = new Map<string, Uint8Array | undefined>();
  for (const tile of inclusionTiles(index, head.size)) tiles.set(tilePath(tile), await files.tile(tile));
  return attempt(() => {
    const reader = createNodeReader(head.size, (tile) => tiles.get(tilePath(tile)), sha256);
    const proof = makeInclusionProof(index, head.size, reader, sha256);
    verifyInclusion({ index, size: head.size, leafHash: hash, root: head.root, proof }, sha256);
  }).ok;
}

/** Told of every tile that is missing or wrong, with the bytes that it should have. */
export type WrongTile = (name: string, bytes: Uint8Array) => void;

interface Level {
  bytes: Uint8Array;
  count: number;
  index: number;
}

/** Computes every tile anew from the leaves upwards, and compares each stored one with it, the partial ones too. */
function createTileWalk(files: LogFiles, findings: Findings, place: string, wrong: WrongTile) {
  const levels: Level[] = [];
  const partialsOf = async (path: string): Promise<string[]> => {
    const names: string[] = [];
    for await (const name of files.names(`${path}.p/`)) names.push(name);
    return names;
  };
  function compare(name: string, stored: Uint8Array | undefined, computed: Uint8Array, isDemanded: boolean): void {
    if (!stored) {
      if (isDemanded)
        findings.add({ kind: 'tile-missing', where: `${place}${name}`, expected: 'a tile', found: 'none' });
      return;
    }
    findings.count('tiles', 1);
    if (same(stored, computed)) return;
    wrong(name, computed.slice());
    let at = 0;
    while (sameBytes(hashAt(stored, at), hashAt(computed, at)) && at * HASH_LENGTH < computed.length) at += 1;
    findings.add({
      kind: 'tile-changed',
      where: `${place}${name}, hash ${at}`,
      expected: hexOf(hashAt(computed, at)) || `${computed.length} bytes`,
      found: hexOf(hashAt(stored, at)) || `${stored.length} bytes`,
    });
  }
  async function compareAll(tile: Tile, computed: Uint8Array): Promise<void> {
    const full = tilePath({ ...tile, width: TILE_WIDTH });
    if (tile.width === TILE_WIDTH) compare(full, await files.bytes(full), computed, true);
    else {
      const stored = await files.tile(tile);
      if (!stored) compare(tilePath(tile), undefined, computed, true);
    }
    for (const name of await partialsOf(full)) {
      const width = Number(name.slice(name.lastIndexOf('/') + 1));
      // Wider ones are of a size that was not reached when the walk began.
      if (width > tile.width) continue;
      compare(name, await files.bytes(name), computed.subarray(0, width * HASH_LENGTH), false);
    }
  }
  async function push(level: number, hash: Uint8Array): Promise<void> {
    const at = (levels[level] ??= { bytes: new Uint8Array(TILE_WIDTH * HASH_LENGTH), count: 0, index: 0 });
    at.bytes.set(hash, at.count * HASH_LENGTH);
    at.count += 1;
    if (at.count < TILE_WIDTH) return;
    await compareAll({ level, index: at.index, width: TILE_WIDTH }, at.bytes);
    const root = rootOfHashes(at.bytes, 0, TILE_WIDTH, sha256).slice();
    at.count = 0;
    at.index += 1;
    await push(level + 1, root);
  }
  return {
    push: (hash: Uint8Array) => push(0, hash),
    async end(): Promise<void> {
      for (const [level, { bytes, count, index }] of levels.entries()) {
        if (count > 0) await compareAll({ level, index, width: count }, bytes.subarray(0, count * HASH_LENGTH));
      }
    },
  };
}

/** The entries of a bundle, or why there are none. */
async function readBundle(files: LogFiles, index: number, width: number) {
  const name = bundlePath({ index, width });
  const exact = await files.bytes(name);
  const bytes = exact ?? (await files.bytes(bundlePath({ index, width: TILE_WIDTH })));
  if (!bytes) return { name, entries: undefined, fault: undefined };
  const read = attempt(() => entriesOf(bytes, exact ? width : TILE_WIDTH).slice(0, width));
  return read.ok
    ? { name, entries: read.value, fault: undefined }
    : { name, entries: undefined, fault: read.fault.message };
}

async function comparePartialBundles(
  files: LogFiles,
  index: number,
  hashes: readonly Uint8Array[],
  entries: readonly (Uint8Array | undefined)[],
  changed: (name: string, position: number, expected: string, found: string) => void,
): Promise<void> {
  const full = bundlePath({ index, width: TILE_WIDTH });
  const isWhole = entries.every((entry) => entry !== undefined);
  const whole = isWhole ? bundleBytes(entries) : undefined;
  for await (const name of files.names(`${full}.p/`)) {
    const width = Number(name.slice(name.lastIndexOf('/') + 1));
    if (width >= hashes.length) continue;
    const bytes = (await files.bytes(name))!;
    const length = entries.slice(0, width).reduce((sum, entry) => sum + 2 + (entry?.length ?? 0), 0);
    if (whole && same(whole.subarray(0, length), bytes)) continue;
    const read = attempt(() => entriesOf(bytes, width));
    if (!read.ok) changed(name, index * TILE_WIDTH, `${width} entries`, read.fault.message);
    else {
      const at = read.value.findIndex((entry, i) => !sameBytes(leafHash(entry, sha256), hashes[i]!));
      if (at >= 0) {
        const found = hexOf(leafHash(read.value[at]!, sha256));
        changed(name, index * TILE_WIDTH + at, hexOf(hashes[at]!), found);
      }
    }
  }
}

/**
 * Walks the files of one origin up to a signed head: every leaf of the bundles is hashed, every tile computed anew. What
 * differs is judged by the signed root: the hash that leads to it is the right one. Bounded memory.
 */
export async function* walkTree(
  files: LogFiles,
  head: SignedHead,
  findings: Findings,
  place: string,
  wrong: WrongTile = () => undefined,
): AsyncGenerator<WalkedLeaves> {
  const tiles = createTileWalk(files, findings, place, wrong);
  const changed = (name: string, position: number, expected: string, found: string): void =>
    findings.add({ kind: 'bundle-changed', where: `${place}${name}, position ${position}`, expected, found });
  for (let index = 0; index * TILE_WIDTH < head.size; index += 1) {
    const first = index * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, head.size - first);
    const bundle = await readBundle(files, index, width);
    const tile = await files.tile({ level: 0, index, width });
    const entries: (Uint8Array | undefined)[] = [];
    const hashes: Uint8Array[] = [];
    if (!bundle.entries) {
      const found = bundle.fault ?? 'none';
      const kind = bundle.fault === undefined ? 'bundle-missing' : 'bundle-changed';
      findings.add({ kind, where: `${place}${bundle.name}`, expected: `${width} entries`, found });
    }
    for (let i = 0; i < width; i += 1) {
      const entry = bundle.entries?.[i];
      const ofBundle = entry && leafHash(entry, sha256);
      const ofTile = tile && tile.length >= (i + 1) * HASH_LENGTH ? hashAt(tile, i) : undefined;
      const isSame = ofBundle && ofTile && sameBytes(ofBundle, ofTile);
      const isTile = !isSame && ofTile && (!ofBundle || !(await leadsToRoot(files, head, first + i, ofBundle)));
      const right = (isTile ? ofTile : ofBundle) ?? new Uint8Array(HASH_LENGTH);
      if (ofBundle && isTile) changed(bundle.name, first + i, hexOf(right), hexOf(ofBundle));
      hashes.push(right.slice());
      entries.push(ofBundle && isTile ? undefined : entry);
      await tiles.push(right);
    }
    await comparePartialBundles(files, index, hashes, entries, changed);
    findings.count('entries', width);
    yield { first, hashes, entries };
  }
  await tiles.end();
}

/** How far the hashes of a level, or the entries, may reach when the database knows `size` positions. */
export const reachOf = (size: number, level: number | 'entries'): number =>
  level === 'entries' ? size : hashesOnLevel(size, level);
