import type { BlobStore } from '../../kernel/blobs/blob-store';
import { NO_FILE_PATH, type FindFile, type PublicFile } from '../../kernel/http/public-files';
import { attempt } from '../../kernel/pure/tlog/fault';
import { parseTilePath, tilePath, bundlePath } from '../../kernel/pure/tlog/tiles';
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

async function checkpointFile(files: LogFiles, wanted: string | undefined): Promise<PublicFile | undefined> {
  const size = wanted === undefined ? await files.largest() : Number(wanted);
  const text = size === undefined ? undefined : await files.checkpoint(size);
  if (text === undefined) return undefined;
  return { body: Buffer.from(text, 'utf8'), type: TEXT, keep: wanted === undefined ? 'a moment' : 'forever' };
}

/**
 * Finds files of the log: `checkpoint`, `checkpoint/<size>`, `tile/…`, `log.vkey`; those of an origin that was given up
 * under `origins/<n>/`.
 */
export function findLogFile(blobs: BlobStore, served: ServedLog): FindFile {
  const find = async (generation: number, path: string): Promise<PublicFile | undefined> => {
    const checkpoint = /^checkpoint(?:\/(0|[1-9][0-9]{0,14}))?$/.exec(path);
    if (checkpoint) return checkpointFile(createLogFiles(blobs, generation), checkpoint[1]);
    return tileFile(blobs, generation, path);
  };
  return async (path) => {
    if (path === 'log.vkey') return { body: Buffer.from(await served.verifiers()), type: TEXT, keep: 'a moment' };
    const former = /^origins\/(0|[1-9][0-9]{0,8})\/(.*)$/.exec(path);
    if (former) return find(Number(former[1]), former[2]!);
    return OF_FILES.test(path) ? find(served.generation(), path) : NO_FILE_PATH;
  };
}
