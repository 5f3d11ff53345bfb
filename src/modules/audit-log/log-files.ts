import type { BlobStore } from '../../kernel/blobs/blob-store';
import { entriesOf } from '../../kernel/pure/tlog/bundles';
import { sameBytes } from '../../kernel/pure/tlog/merkle';
import { bundlePath, tilePath, TILE_WIDTH, type Bundle, type Tile } from '../../kernel/pure/tlog/tiles';
import { logFolder, sizePath } from './log-places';
import { createCosignedFiles, type CosignedFiles } from './witnesses/cosigned-files';

// Where the log's files lie in the blob store, and what may not happen to them: written once, never other bytes.

export { logFolder };

/** Two files of one name: the log has been written twice over, by two histories. */
export class LogFork extends Error {
  constructor(readonly file: string) {
    super(`${file} is there with other bytes`);
    this.name = 'LogFork';
  }
}

/** Published files and rows of the database tell different stories; nothing more may be signed. */
export class LogDisagreement extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LogDisagreement';
  }
}

/** The database knows less of the log than is published: it was set back, or this node of it has not heard yet. */
export class LogBehind extends LogDisagreement {
  constructor(
    known: number,
    readonly published: number,
  ) {
    super(
      `the database knows ${known} positions of the log, but ${published} are published: it is older than the files`,
    );
    this.name = 'LogBehind';
  }
}

export interface LogFiles {
  /** Throws LogFork when other bytes are there. */
  putTile(tile: Tile, bytes: Uint8Array): Promise<void>;
  putBundle(bundle: Bundle, bytes: Uint8Array): Promise<void>;
  /** Undefined when it is not there. A full tile stands in for a partial one that went. */
  tile(tile: Tile): Promise<Uint8Array | undefined>;
  /** The entries of a bundle, as many as it is wide. */
  bundle(bundle: Bundle): Promise<Uint8Array[] | undefined>;
  /** False, with the text that is there, when a checkpoint of that size was stored before. */
  putCheckpoint(size: number, text: string): Promise<{ isNew: boolean; text: string }>;
  checkpoint(size: number): Promise<string | undefined>;
  /** What witnesses have said of checkpoints. */
  cosigned: CosignedFiles;
  /** The size of the largest stored checkpoint. */
  largest(): Promise<number | undefined>;
  /** Sizes of all stored checkpoints, the smallest first. */
  sizes(): AsyncIterable<number>;
  /** Names of the files in a folder of the log, such as `tile/`. */
  names(folder: string): AsyncIterable<string>;
  /** The bytes of a file by its name; undefined where it is not. */
  bytes(name: string): Promise<Uint8Array | undefined>;
  /** As putTile, by the name of the file. */
  putBytes(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes files out of the log that no checkpoint stands for: they lie under `aside/<where>/` from then on. */
  setAside(name: string, where: string): Promise<void>;
}

const CHECKPOINT = /(?:^|\/)checkpoint\/((?:\d{3}\/){4}\d{3})$/;

/** The size that a stored checkpoint's name tells; undefined for a file of another name. */
export const sizeOfName = (name: string): number | undefined => {
  const spelt = CHECKPOINT.exec(name)?.[1];
  return spelt === undefined ? undefined : Number(spelt.replaceAll('/', ''));
};

const sizeOf = (key: string): number => {
  const size = sizeOfName(key);
  if (size === undefined) throw new LogDisagreement(`${key} is no checkpoint, and nothing else may lie there`);
  return size;
};

export function createLogFiles(blobs: BlobStore, generation: number): LogFiles {
  const at = (file: string): string => `${logFolder(generation)}/${file}`;
  const put = async (file: string, bytes: Uint8Array): Promise<void> => {
    if (await blobs.putIfAbsent(at(file), bytes)) return;
    if (!sameBytes(await blobs.get(at(file)), bytes)) throw new LogFork(file);
  };
  const read = async (file: string): Promise<Uint8Array | undefined> =>
    (await blobs.size(at(file))) === undefined ? undefined : blobs.get(at(file));
  const checkpoint = async (size: number): Promise<string | undefined> => {
    const bytes = await read(`checkpoint/${sizePath(size)}`);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  return {
    putTile: (tile, bytes) => put(tilePath(tile), bytes),
    putBundle: (bundle, bytes) => put(bundlePath(bundle), bytes),
    tile: async (tile) => (await read(tilePath(tile))) ?? read(tilePath({ ...tile, width: TILE_WIDTH })),
    async bundle({ index, width }) {
      const exact = await read(bundlePath({ index, width }));
      if (exact) return entriesOf(exact, width);
      const full = await read(bundlePath({ index, width: TILE_WIDTH }));
      return full && entriesOf(full, TILE_WIDTH).slice(0, width);
    },
    async putCheckpoint(size, text) {
      const isNew = await blobs.putIfAbsent(at(`checkpoint/${sizePath(size)}`), Buffer.from(text, 'utf8'));
      return { isNew, text: isNew ? text : (await checkpoint(size))! };
    },
    checkpoint,
    cosigned: createCosignedFiles(blobs, generation),
    async largest() {
      const key = await blobs.last(at('checkpoint/'));
      return key === undefined ? undefined : sizeOf(key);
    },
    async *sizes() {
      for await (const key of blobs.list(at('checkpoint/'))) yield sizeOf(key);
    },
    async *names(folder) {
      const base = at('').length;
      for await (const key of blobs.list(at(folder))) yield key.slice(base);
    },
    bytes: read,
    putBytes: put,
    async setAside(name, where) {
      const aside = `aside/${where}/${at(name)}`;
      await blobs.putIfAbsent(aside, await blobs.get(at(name)));
      await blobs.remove(at(name));
    },
  };
}
