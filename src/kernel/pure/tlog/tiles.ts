import type { Sha256 } from '../primitives';
import { shown, TlogFault } from './fault';
import { assertSize, HASH_LENGTH, nodeHash } from './merkle';

// Tiles of c2sp.org/tlog-tiles: 256 hashes wide, eight levels of the tree high.

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** A tile of hashes; `width` is 256 for a full one. */
export interface Tile {
  level: number;
  index: number;
  width: number;
}

/** A bundle of entries; `width` is 256 for a full one. */
export interface Bundle {
  index: number;
  width: number;
}

/** tlog-tiles, Merkle Tree: three digits a path element, all but the last begin with x. */
function indexPath(index: number): string {
  assertSize(index, 'tile index');
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.../g)!;
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

function placePath({ index, width }: Bundle): string {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new TlogFault('tlog.path', `a tile is 1 to ${TILE_WIDTH} wide, not ${width}`);
  }
  return width === TILE_WIDTH ? indexPath(index) : `${indexPath(index)}.p/${width}`;
}

/** `tile/<L>/<N>[.p/<W>]` */
export function tilePath(tile: Tile): string {
  if (!Number.isInteger(tile.level) || tile.level < 0 || tile.level > 63) {
    throw new TlogFault('tlog.path', `a tile lies on a level from 0 to 63, not ${tile.level}`);
  }
  return `tile/${tile.level}/${placePath(tile)}`;
}

/** `tile/entries/<N>[.p/<W>]` */
export const bundlePath = (bundle: Bundle): string => `tile/entries/${placePath(bundle)}`;

export type ParsedPath = ({ kind: 'tile' } & Tile) | ({ kind: 'bundle' } & Bundle);

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads the path of a tile or bundle; only the one right spelling is taken, so that each has one path. */
export function parseTilePath(path: string): ParsedPath {
  const match = PATH.exec(path);
  const fail = (why: string): never => {
    throw new TlogFault('tlog.path', `${shown(path)} is no path of a tile: ${why}`);
  };
  if (!match) return fail('it has another form than tile/<level or entries>/<index>[.p/<width>]');
  const [, place = '', spelt = '', partial] = match;
  const index = Number(spelt.replace(/[x/]/g, ''));
  if (!Number.isSafeInteger(index)) return fail('its index is too large');
  if (indexPath(index) !== spelt) return fail('its index has needless leading zeros');
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (partial !== undefined && width >= TILE_WIDTH) return fail('a partial tile is at most 255 wide');
  if (place === 'entries') return { kind: 'bundle', index, width };
  if (Number(place) > 63) return fail('levels go from 0 to 63');
  return { kind: 'tile', level: Number(place), index, width };
}

/** How many hashes the tree of that size stores on a tile level: its full subtrees of 256^level leaves. */
export const hashesOnLevel = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The tiles of one level that are new when its hashes grow from `before` to `after`. */
function newPlaces(before: number, after: number): Bundle[] {
  if (before === after) return [];
  const places: Bundle[] = [];
  const full = Math.floor(after / TILE_WIDTH);
  for (let index = Math.floor(before / TILE_WIDTH); index < full; index++) places.push({ index, width: TILE_WIDTH });
  if (after % TILE_WIDTH > 0) places.push({ index: full, width: after % TILE_WIDTH });
  return places;
}

function assertGrowth(from: number, to: number): void {
  assertSize(from, 'old size');
  assertSize(to, 'new size');
  if (from > to) throw new TlogFault('tlog.range', `a log cannot shrink from ${from} to ${to} entries`, { from, to });
}

/**
 * The tiles to write when the published size grows from `from` to `to`: those that became full and the partial ones of
 * `to`. With `from` 0 it is every tile of a tree that was published at `to` only.
 */
export function newTiles(from: number, to: number): Tile[] {
  assertGrowth(from, to);
  const tiles: Tile[] = [];
  for (let level = 0; hashesOnLevel(to, level) > 0; level++) {
    const places = newPlaces(hashesOnLevel(from, level), hashesOnLevel(to, level));
    tiles.push(...places.map((place) => ({ level, ...place })));
  }
  return tiles;
}

/** The bundles to write when the published size grows; they lie as the tiles of level 0. */
export function newBundles(from: number, to: number): Bundle[] {
  assertGrowth(from, to);
  return newPlaces(from, to);
}

/** The partial tiles of a tree of that size, one on each level at most: what growing it goes on from. */
export function partialTiles(size: number): Tile[] {
  assertSize(size);
  const tiles: Tile[] = [];
  for (let level = 0; hashesOnLevel(size, level) > 0; level++) {
    const hashes = hashesOnLevel(size, level);
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/** The tile as it stands in a tree of that size, full or partial; throws when the tree has none there. */
export function tileOfTree(level: number, index: number, size: number): Tile {
  const width = Math.min(TILE_WIDTH, hashesOnLevel(size, level) - index * TILE_WIDTH);
  if (width < 1) {
    throw new TlogFault('tlog.range', `a tree of ${size} leaves has no tile ${index} on level ${level}`);
  }
  return { level, index, width };
}

/** The bytes of a tile: its hashes one after the other. */
export function tileBytes(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length < 1 || hashes.length > TILE_WIDTH) {
    throw new TlogFault('tlog.tile', `a tile has 1 to ${TILE_WIDTH} hashes, not ${hashes.length}`);
  }
  const bytes = new Uint8Array(hashes.length * HASH_LENGTH);
  hashes.forEach((hash, i) => {
    if (hash.length !== HASH_LENGTH) throw new TlogFault('tlog.hash-length', `hash ${i} of a tile is not 32 bytes`);
    bytes.set(hash, i * HASH_LENGTH);
  });
  return bytes;
}

/** The hash at a place of a tile's bytes. */
export const hashAt = (bytes: Uint8Array, place: number): Uint8Array =>
  bytes.subarray(place * HASH_LENGTH, (place + 1) * HASH_LENGTH);

/** Root of the 2^n hashes that begin at `start`. */
export function rootOfHashes(bytes: Uint8Array, start: number, count: number, sha256: Sha256): Uint8Array {
  if (count === 1) return hashAt(bytes, start);
  const half = count / 2;
  return nodeHash(rootOfHashes(bytes, start, half, sha256), rootOfHashes(bytes, start + half, half, sha256), sha256);
}

/** A node of the tree that a log stores or can rebuild from one tile: root of leaves index·2^level to (index+1)·2^level. */
export interface Node {
  level: number;
  index: number;
}

export type NodeReader = (node: Node) => Uint8Array;

/** Bytes of a tile, `undefined` when it is not there. A full tile may be given where a partial one is asked for. */
export type HashReader = (tile: Tile) => Uint8Array | undefined;

/** The tile from which a node of a tree of that size is computed. */
export function tileOfNode({ level, index }: Node, size: number): Tile {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const first = index * 2 ** (level % TILE_HEIGHT);
  return tileOfTree(tileLevel, Math.floor(first / TILE_WIDTH), size);
}

/**
 * Reads nodes of a tree of that size out of its tiles. Throws for a node that the tree does not hold whole, and for a
 * tile that is missing or has another length; whether the bytes are the right ones shows in the root.
 */
export function createNodeReader(size: number, readTile: HashReader, sha256: Sha256): NodeReader {
  assertSize(size);
  return ({ level, index }) => {
    const span = 2 ** level;
    if (!Number.isSafeInteger((index + 1) * span) || index < 0 || (index + 1) * span > size) {
      throw new TlogFault('tlog.range', `a tree of ${size} leaves has no full node ${index} on level ${level}`);
    }
    const tile = tileOfNode({ level, index }, size);
    const bytes = checkedTile(tile, readTile(tile));
    const count = 2 ** (level % TILE_HEIGHT);
    return rootOfHashes(bytes, (index * count) % TILE_WIDTH, count, sha256);
  };
}

/** The bytes of a tile at its width; throws for a tile that is missing, too short, or of no possible length. */
export function checkedTile(tile: Tile, bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new TlogFault('tlog.tile', `${tilePath(tile)} is missing`);
  const full = TILE_WIDTH * HASH_LENGTH;
  const wanted = tile.width * HASH_LENGTH;
  if (bytes.length !== wanted && bytes.length !== full) {
    throw new TlogFault('tlog.tile', `${tilePath(tile)} has ${bytes.length} bytes instead of ${wanted}`);
  }
  return bytes.subarray(0, wanted);
}
