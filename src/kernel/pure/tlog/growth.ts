import type { Sha256 } from '../primitives';
import { TlogFault } from './fault';
import { assertHash, assertSize, HASH_LENGTH, joinPeaks } from './merkle';
import {
  checkedTile,
  hashesOnLevel,
  partialTiles,
  rootOfHashes,
  tilePath,
  TILE_WIDTH,
  type HashReader,
  type Tile,
} from './tiles';

// Growing a log by its tiles. The edge is what the next entries are built onto: the partial tiles of the size.

/** The right edge of a tree: `partials[level]` are the bytes of the partial tile there, none where the last is full. */
export interface Edge {
  readonly size: number;
  readonly partials: readonly Uint8Array[];
}

export const EMPTY_EDGE: Edge = { size: 0, partials: [] };

/** Reads the edge of a tree of that size from its partial tiles (`partialTiles(size)` names them). */
export function readEdge(size: number, readTile: HashReader): Edge {
  const levels = levelsOf(size);
  const partials: Uint8Array[] = Array.from({ length: levels }, () => new Uint8Array(0));
  for (const tile of partialTiles(size)) partials[tile.level] = checkedTile(tile, readTile(tile));
  return { size, partials };
}

function levelsOf(size: number): number {
  assertSize(size);
  let levels = 0;
  while (hashesOnLevel(size, levels) > 0) levels++;
  return levels;
}

/** The root of the tree whose edge this is: its partial tiles hold every peak. */
export function rootOfEdge({ partials }: Edge, sha256: Sha256): Uint8Array {
  const peaks: Uint8Array[] = [];
  for (let level = partials.length - 1; level >= 0; level--) {
    const width = partials[level]!.length / HASH_LENGTH;
    let start = 0;
    for (let count = TILE_WIDTH / 2; count >= 1; count /= 2) {
      if (width - start < count) continue;
      peaks.push(rootOfHashes(partials[level]!, start, count, sha256));
      start += count;
    }
  }
  return joinPeaks(peaks, sha256);
}

export interface WrittenTile extends Tile {
  bytes: Uint8Array;
}

export interface Growth {
  edge: Edge;
  root: Uint8Array;
  /** Exactly the tiles of `newTiles(old size, new size)`, with their bytes. */
  tiles: WrittenTile[];
}

/** What a log writes when these leaf hashes follow: the new tiles, the root of the new size, and the edge to go on from. */
export function grow(edge: Edge, leaves: readonly Uint8Array[], sha256: Sha256): Growth {
  const size = edge.size + leaves.length;
  assertSize(size);
  leaves.forEach((leaf) => assertHash(leaf, 'a leaf hash'));
  const tiles: WrittenTile[] = [];
  const partials: Uint8Array[] = [];
  let coming = leaves;
  for (let level = 0; hashesOnLevel(size, level) > 0; level++) {
    const before = edge.partials[level] ?? new Uint8Array(0);
    assertEdge(edge, level, before);
    const first = Math.floor(hashesOnLevel(edge.size, level) / TILE_WIDTH);
    const cut = cutIntoTiles(before, coming);
    cut.forEach((bytes, i) => {
      const tile = { level, index: first + i, width: bytes.length / HASH_LENGTH };
      if (tile.width > 0 && coming.length > 0) tiles.push({ ...tile, bytes });
    });
    partials.push(cut.at(-1)!);
    // The root of each full tile is a hash of the level above.
    coming = cut.slice(0, -1).map((bytes) => rootOfHashes(bytes, 0, TILE_WIDTH, sha256));
  }
  const grown = { size, partials };
  return { edge: grown, root: rootOfEdge(grown, sha256), tiles };
}

function assertEdge(edge: Edge, level: number, partial: Uint8Array): void {
  const width = hashesOnLevel(edge.size, level) % TILE_WIDTH;
  if (partial.length === width * HASH_LENGTH) return;
  const name = tilePath({ level, index: Math.floor(hashesOnLevel(edge.size, level) / TILE_WIDTH), width: width || 1 });
  throw new TlogFault('tlog.tile', `the edge at ${name} has ${partial.length} bytes instead of ${width * HASH_LENGTH}`);
}

/** Full tiles, and last the partial one, which may be empty. */
function cutIntoTiles(before: Uint8Array, coming: readonly Uint8Array[]): Uint8Array[] {
  const held = before.length / HASH_LENGTH;
  const total = held + coming.length;
  const cut: Uint8Array[] = [];
  for (let start = 0; start <= total - (total % TILE_WIDTH); start += TILE_WIDTH) {
    const bytes = new Uint8Array(Math.min(TILE_WIDTH, total - start) * HASH_LENGTH);
    if (start === 0) bytes.set(before);
    for (let i = Math.max(start, held); i < start + bytes.length / HASH_LENGTH; i++) {
      bytes.set(coming[i - held]!, (i - start) * HASH_LENGTH);
    }
    cut.push(bytes);
  }
  return cut;
}
