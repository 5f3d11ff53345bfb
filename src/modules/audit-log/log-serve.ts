import type { BlobStore } from '../../kernel/blobs/blob-store';
import { NO_FILE_PATH, type FindFile, type PublicFile } from '../../kernel/http/public-files';
import { attempt } from '../../kernel/pure/tlog/fault';
import { parseTilePath, tilePath, bundlePath } from '../../kernel/pure/tlog/tiles';
import { checkpointWithCosignatures } from './log-cosigned';
import { createLogFiles, logFolder, type LogFiles } from './log-files';

// The log as C2SP tlog-tiles serves it: what lies in the blob store, byte for byte.

const TEXT = 'text/plain; charset=utf-8';
/** Whatever begins otherwise belongs to the interface: proofs, leaves. */
const OF_FILES = /^(?:checkpoint|tile)(?:\/|$)|^origins\//;
const BYTES = 'application/octet-stream';

export interface ServedLog {
  /** Which origin is being written. */
  generation(): number;
  /** Verifier keys of the origin that is being written, one a line. */
  verifiers(): Promise<string>;
}

async function tileFile(blobs: BlobStore, generation: number, path: string): Promise<PublicFile | undefined> {
  const parsed = attempt(() => parseTilePath(path));
  if (!parsed.ok) return undefined;
  const file = parsed.value.kind === 'tile' ? tilePath(parsed.value) : bundlePath(parsed.value);
  const key = `${logFolder(generation)}/${file}`;
  if ((await blobs.size(key)) === undefined) return undefined;
  // Entries are text; hashes do not get smaller.
  return { body: await blobs.get(key), type: BYTES, keep: 'forever', pack: parsed.value.kind === 'bundle' };
}

const textFile = (text: string, keep: PublicFile['keep']): PublicFile => ({
  body: Buffer.from(text, 'utf8'),
  type: TEXT,
  keep,
});

/** The largest checkpoint, with what witnesses have said of it so far. */
async function latestFile(files: LogFiles): Promise<PublicFile | undefined> {
  const size = await files.largest();
  const text = size === undefined ? undefined : await checkpointWithCosignatures(files, size);
  return text === undefined ? undefined : textFile(text, 'a moment');
}

/** A checkpoint of a given size as the log signed it: it never gives other bytes, so cosignatures are not added. */
async function checkpointFile(files: LogFiles, size: number): Promise<PublicFile | undefined> {
  const text = await files.checkpoint(size);
  return text === undefined ? undefined : textFile(text, 'forever');
}

/**
 * Finds files of the log: `checkpoint`, `checkpoint/<size>`, `tile/…`, `log.vkey`; those of an origin that was given up
 * under `origins/<n>/`.
 */
export function findLogFile(blobs: BlobStore, served: ServedLog): FindFile {
  const find = async (generation: number, path: string): Promise<PublicFile | undefined> => {
    const checkpoint = /^checkpoint(?:\/(0|[1-9][0-9]{0,14}))?$/.exec(path);
    if (checkpoint?.[1] !== undefined) return checkpointFile(createLogFiles(blobs, generation), Number(checkpoint[1]));
    if (checkpoint) return latestFile(createLogFiles(blobs, generation));
    return tileFile(blobs, generation, path);
  };
  return async (path) => {
    if (path === 'log.vkey') return { body: Buffer.from(await served.verifiers()), type: TEXT, keep: 'a moment' };
    const former = /^origins\/(0|[1-9][0-9]{0,8})\/(.*)$/.exec(path);
    if (former) return find(Number(former[1]), former[2]!);
    return OF_FILES.test(path) ? find(served.generation(), path) : NO_FILE_PATH;
  };
}
