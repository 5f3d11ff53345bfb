import type { Db } from '../../kernel/db/database';
import { pause } from '../../kernel/sources';
import { sha256 } from '../../kernel/tlog-crypto';
import { bundleBytes } from '../../kernel/pure/tlog/bundles';
import { EMPTY_EDGE, grow, readEdge, rootOfEdge, type Edge } from '../../kernel/pure/tlog/growth';
import { leafHash, sameBytes } from '../../kernel/pure/tlog/merkle';
import { hashesOnLevel, newBundles, partialTiles, tilePath, TILE_WIDTH } from '../../kernel/pure/tlog/tiles';
import { LogDisagreement, LogFork, type LogFiles } from './log-files';
import { leavesOf } from './log.store';
import type { Notary } from './log-notary';

/** Positions that one checkpoint adds at most: a first start over years of entries goes step by step. */
const AT_ONCE = 8192;
/** Files that are being written at a time: each waits for the disk. */
const WRITERS = 8;

/** How often, and after which pause, rows are read again that another node of a cluster may have and this one not yet. */
export const LAG_ATTEMPTS = 10;
export const LAG_MS = 200;

/** What is out in the world: the largest checkpoint and all that the next one is built onto. */
export interface Published {
  generation: number;
  size: number;
  edge: Edge;
  /** Entries of the last bundle, where it is not full. */
  tail: readonly Uint8Array[];
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(WRITERS, items.length) }, lane));
}

async function readTail(files: LogFiles, size: number): Promise<readonly Uint8Array[]> {
  const width = size % TILE_WIDTH;
  if (width === 0) return [];
  const entries = await files.bundle({ index: hashesOnLevel(size, 1), width });
  if (!entries) throw new LogDisagreement(`the entries up to ${size} of the log are missing among its files`);
  return entries;
}

/**
 * Reads what the largest checkpoint stands for, and makes sure that its tiles lead to its root and its signature is
 * ours. Throws LogDisagreement.
 */
export async function readPublished(files: LogFiles, generation: number, notary: Notary): Promise<Published> {
  const size = (await files.largest()) ?? 0;
  if (size === 0) return { generation, size, edge: EMPTY_EDGE, tail: [] };
  const { root } = await notary.read((await files.checkpoint(size))!, size);
  const bytes = new Map<string, Uint8Array | undefined>();
  for (const tile of partialTiles(size)) bytes.set(tilePath(tile), await files.tile(tile));
  const edge = readEdge(size, (tile) => bytes.get(tilePath(tile)));
  if (!sameBytes(rootOfEdge(edge, sha256), root))
    throw new LogDisagreement(`the tiles of the log do not lead to the root of its checkpoint of ${size} entries`);
  const tail = await readTail(files, size);
  const level0 = edge.partials[0]!;
  tail.forEach((entry, i) => {
    if (!sameBytes(leafHash(entry, sha256), level0.subarray(32 * i, 32 * i + 32)))
      throw new LogDisagreement(`entry ${size - tail.length + i} among the files of the log is not the one it signed`);
  });
  return { generation, size, edge, tail };
}

/** Entries of the positions, each with its bytes; a missing one is a row that somebody took away. */
async function entriesFrom(db: Db, generation: number, first: number, end: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for (const { position, entryId, leaf } of await leavesOf(db, generation, first, end)) {
    if (position !== first + entries.length)
      throw new LogDisagreement(`position ${first + entries.length} of the log is missing in the database`);
    if (leaf === undefined)
      throw new LogDisagreement(`the entry ${entryId} at position ${position} of the log is missing in the database`);
    entries.push(Buffer.from(leaf, 'utf8'));
  }
  if (entries.length !== end - first)
    throw new LogDisagreement(`position ${first + entries.length} of the log is missing in the database`);
  return entries;
}

/** The same, asked again while a node of a cluster may not have what another one has committed. */
async function settledEntries(db: Db, from: Published, end: number): Promise<Uint8Array[]> {
  for (let n = 1; ; n += 1) {
    try {
      return await entriesFrom(db, from.generation, from.size, end);
    } catch (error) {
      if (!(error instanceof LogDisagreement) || db.engine === 'sqlite' || n >= LAG_ATTEMPTS) throw error;
      await pause(LAG_MS);
    }
  }
}

async function putBundles(files: LogFiles, from: Published, entries: readonly Uint8Array[]): Promise<void> {
  const all = [...from.tail, ...entries];
  const start = from.size - from.tail.length;
  await eachOf(newBundles(from.size, from.size + entries.length), async (bundle) => {
    const at = bundle.index * TILE_WIDTH - start;
    await files.putBundle(bundle, bundleBytes(all.slice(at, at + bundle.width)));
  });
}

/**
 * Publishes the next positions up to `size`: bundles, tiles, then the checkpoint, so that whoever sees a checkpoint finds
 * all it stands for. Everything is a function of the positions, so two processes that do it at a time write the same.
 * Throws LogFork and LogDisagreement; both end in a stop.
 */
export async function publishUpTo(
  db: Db,
  files: LogFiles,
  notary: Notary,
  from: Published,
  size: number,
): Promise<Published> {
  const step = Math.floor((from.size + AT_ONCE) / TILE_WIDTH) * TILE_WIDTH;
  const end = Math.min(size, step);
  const entries = await settledEntries(db, from, end);
  const grown = grow(
    from.edge,
    entries.map((entry) => leafHash(entry, sha256)),
    sha256,
  );
  await putBundles(files, from, entries);
  await eachOf(grown.tiles, ({ bytes, ...tile }) => files.putTile(tile, bytes));
  const text = await notary.sign({ size: end, root: grown.root });
  const stored = await files.putCheckpoint(end, text);
  if (!stored.isNew && stored.text !== text) {
    const { root } = await notary.read(stored.text, end);
    if (!sameBytes(root, grown.root)) throw new LogFork(`the checkpoint of ${end} entries`);
  }
  const width = end % TILE_WIDTH;
  const tail = width === 0 ? [] : [...from.tail, ...entries].slice(-width);
  return { generation: from.generation, size: end, edge: grown.edge, tail };
}
