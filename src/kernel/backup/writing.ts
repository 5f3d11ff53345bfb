import { createHash, type Hash } from 'node:crypto';
import fsp, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BackupHead, BackupManifest, Cell } from './format';
import { BLOB_FOLDER, FORMAT, HEAD_MEMBER, MANIFEST_MEMBER, partName } from './format';
import { BackupFault } from './fault';
import { END, memberHeader, padding } from './tar';

/** Of rows that are held at a time, as text. */
const PART_BYTES = 4 * 1024 ** 2;
/** Files up to this size are read once, larger ones twice: their hash stands before their bytes. */
const SMALL_FILE = 4 * 1024 ** 2;

const compress = promisify(gzip);
const hexOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

export interface BackupWriter {
  head(head: BackupHead): Promise<void>;
  /** All rows of one table, in the order in which they come. Returns how many. */
  table(name: string, rows: AsyncIterable<readonly Cell[]>): Promise<number>;
  /** A file of the blob store; `open` may be called twice. */
  blob(key: string, size: number, open: () => Readable): Promise<void>;
  /** Writes the manifest, syncs, and gives the file its name. */
  finish(manifest: Pick<BackupManifest, 'endedAt' | 'log'>): Promise<BackupManifest>;
  /** Takes away what was written. */
  abandon(): Promise<void>;
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await fsp.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the finished file its name unless something bears it: a link fails where a rename would replace. */
async function giveName(part: string, file: string): Promise<void> {
  try {
    await fsp.link(part, file);
    await fsp.rm(part);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken(file);
    // File systems without links, as on memory sticks and some shares.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    if (await exists(file)) throw taken(file);
    await fsp.rename(part, file);
  }
  await syncDirectory(path.dirname(file));
}

const exists = (file: string): Promise<boolean> =>
  fsp.lstat(file).then(
    () => true,
    () => false,
  );

const taken = (file: string): BackupFault =>
  new BackupFault(`${file} 已存在，不会覆盖 is there already and is not overwritten; choose another name`);

async function openPart(file: string): Promise<{ part: string; handle: FileHandle }> {
  if (await exists(file)) throw taken(file);
  const part = `${file}.part`;
  try {
    return { part, handle: await fsp.open(part, 'wx', 0o600) };
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new BackupFault(
      `${part} 已存在 is there: a backup is being written to it, or one was ended early; in that case remove it`,
      { cause: error },
    );
  }
}

/** Collects lines into parts of about four mebibytes. */
async function* partsOf(rows: AsyncIterable<readonly Cell[]>): AsyncIterable<{ text: Buffer; rows: number }> {
  let [lines, bytes]: [string[], number] = [[], 0];
  for await (const row of rows) {
    const line = `${JSON.stringify(row)}\n`;
    lines.push(line);
    bytes += line.length;
    if (bytes < PART_BYTES) continue;
    yield { text: Buffer.from(lines.join('')), rows: lines.length };
    [lines, bytes] = [[], 0];
  }
  if (lines.length > 0) yield { text: Buffer.from(lines.join('')), rows: lines.length };
}

async function readOnce(open: () => Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of open()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Begins a backup in `<file>.part`. It bears its own name only when everything is in it and on the disk. Throws
 * BackupFault where either name is taken. `now` gives the members' times, ms.
 */
export async function createBackupFile(file: string, now: () => number): Promise<BackupWriter> {
  const { part, handle } = await openPart(file);
  const members = { count: 0, hash: createHash('sha256') };
  const tables: BackupManifest['tables'] = {};
  const files = { count: 0, bytes: 0 };
  const note = (name: string, sha256: string): void => {
    members.count += 1;
    members.hash.update(`${sha256}  ${name}\n`);
  };
  const put = async (name: string, bytes: Buffer): Promise<string> => {
    const sha256 = hexOf(bytes);
    const header = memberHeader(name, bytes.length, sha256, now());
    await handle.writeFile(Buffer.concat([header, bytes, padding(bytes.length)]));
    return sha256;
  };
  const add = async (name: string, bytes: Buffer): Promise<void> => note(name, await put(name, bytes));
  const addLarge = async (name: string, open: () => Readable): Promise<number> => {
    const first = await hashed(open(), async () => undefined);
    await handle.writeFile(memberHeader(name, first.size, first.sha256, now()));
    const second = await hashed(open(), (chunk) => handle.writeFile(chunk));
    if (second.sha256 !== first.sha256)
      throw new BackupFault(`文件在读取时被改动 ${name} was changed while it was read`);
    await handle.writeFile(padding(first.size));
    note(name, first.sha256);
    return first.size;
  };
  return {
    head: (head) => add(HEAD_MEMBER, Buffer.from(`${JSON.stringify(head, null, 1)}\n`)),
    async table(name, rows) {
      const lines: Hash = createHash('sha256');
      const seen = { rows: 0, parts: 0 };
      for await (const { text, rows: some } of partsOf(rows)) {
        seen.rows += some;
        seen.parts += 1;
        lines.update(text);
        await add(partName(name, seen.parts), await compress(text));
      }
      tables[name] = { ...seen, sha256: lines.digest('hex') };
      return seen.rows;
    },
    async blob(key, size, open) {
      const name = BLOB_FOLDER + key;
      files.count += 1;
      if (size > SMALL_FILE) {
        files.bytes += await addLarge(name, open);
        return;
      }
      const bytes = await readOnce(open);
      files.bytes += bytes.length;
      await add(name, bytes);
    },
    async finish(last) {
      const manifest: BackupManifest = {
        format: FORMAT,
        ...last,
        tables,
        files,
        members: { count: members.count, sha256: members.hash.digest('hex') },
      };
      await put(MANIFEST_MEMBER, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
      await handle.writeFile(END);
      await handle.sync();
      await handle.close();
      await giveName(part, file);
      return manifest;
    },
    async abandon() {
      await handle.close().catch(() => undefined);
      await fsp.rm(part, { force: true });
    },
  };
}

async function hashed(
  stream: Readable,
  each: (chunk: Buffer) => Promise<void>,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
    await each(bytes);
  }
  return { sha256: hash.digest('hex'), size };
}
