import type { FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { BackupFault } from './fault';

// The container is a plain tar file (POSIX pax), which any tar program lists and unpacks. Each member bears the SHA-256 of
// its bytes in its pax header, so that damage is found where it is, and named.

export const BLOCK = 512;
const HASH_RECORD = 'LUJIAN.sha256';
/** What the size field of a plain header can say: eleven octal digits. */
const LARGEST_PLAIN = 8 ** 11 - 1;
/** Of names and hashes, with much room. */
const LARGEST_PAX = 64 * 1024;
const CHUNK = 256 * 1024;

const upToBlock = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

export const padding = (size: number): Buffer => Buffer.alloc(upToBlock(size));

/** Two empty blocks end a tar file. */
export const END = Buffer.alloc(2 * BLOCK);

/** A pax record begins with its own length, the digits of that length included. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (length !== String(length).length + Buffer.byteLength(rest))
    length = String(length).length + Buffer.byteLength(rest);
  return `${length}${rest}`;
}

function header(name: string, size: number, type: 'x' | '0', atMs: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${(size > LARGEST_PLAIN ? 0 : size).toString(8).padStart(11, '0')}\0`, 124);
  block.write(
    `${Math.floor(atMs / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  );
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((a, b) => a + b, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** What stands before a member's bytes: its name, size and hash. */
export function memberHeader(name: string, size: number, sha256: string, atMs: number): Buffer {
  const pax = Buffer.from(record('path', name) + record('size', String(size)) + record(HASH_RECORD, sha256));
  return Buffer.concat([
    header('PaxHeader', pax.length, 'x', atMs),
    pax,
    padding(pax.length),
    header(name, size, '0', atMs),
  ]);
}

export interface TarMember {
  readonly name: string;
  readonly size: number;
  /** As its header says; the bytes are held against it when they have been read to their end. */
  readonly sha256: string;
  /** The bytes, once; throws BackupFault at the end when they are others than the header says. */
  chunks(): AsyncIterable<Buffer>;
  /** All bytes of a member that is not larger than `most`. */
  bytes(most: number): Promise<Buffer>;
}

/** Reads a file from its beginning; every shortage is named. */
class Reader {
  private at = 0;
  constructor(private readonly handle: FileHandle) {}

  /** Undefined where the file ends just here. */
  async take(count: number, what: string): Promise<Buffer | undefined> {
    const buffer = Buffer.allocUnsafe(count);
    let got = 0;
    while (got < count) {
      const { bytesRead } = await this.handle.read(buffer, got, count - got, this.at);
      if (bytesRead === 0) break;
      got += bytesRead;
      this.at += bytesRead;
    }
    if (got === count) return buffer;
    if (got === 0) return undefined;
    throw new BackupFault(`备份文件不完整 the backup ends in the middle of ${what}`);
  }

  async must(count: number, what: string): Promise<Buffer> {
    const bytes = await this.take(count, what);
    if (bytes || count === 0) return bytes ?? Buffer.alloc(0);
    throw new BackupFault(`备份文件不完整 the backup ends in the middle of ${what}`);
  }
}

const textAt = (block: Buffer, from: number, length: number): string =>
  block
    .subarray(from, from + length)
    .toString('latin1')
    .replace(/[\0 ].*$/s, '');

/** Type and size of a header whose sum is right. */
function readHeader(block: Buffer, after: string): { type: string; size: number } {
  const told = Number.parseInt(textAt(block, 148, 8), 8);
  const copy = Buffer.from(block);
  copy.fill(' ', 148, 156);
  if (copy.reduce((a, b) => a + b, 0) !== told)
    throw new BackupFault(`备份文件已损坏 the backup is damaged after ${after}: no header of a member is there`);
  return { type: textAt(block, 156, 1), size: Number.parseInt(textAt(block, 124, 12), 8) };
}

function readPax(bytes: Buffer, after: string): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.subarray(at, space).toString('latin1'));
    const line = bytes.subarray(space + 1, at + length);
    const equals = line.indexOf(0x3d);
    const whole = space > 0 && Number.isInteger(length) && length > 0 && at + length <= bytes.length;
    if (!whole || equals < 1 || line.at(-1) !== 0x0a)
      throw new BackupFault(`备份文件已损坏 the backup is damaged after ${after}: a header cannot be read`);
    records[line.subarray(0, equals).toString('latin1')] = line.subarray(equals + 1, -1).toString('utf8');
    at += length;
  }
  return records;
}

interface Placed {
  name: string;
  size: number;
  sha256: string;
}

/** Name, size and hash of the next member; undefined at the end mark. */
async function nextHeader(reader: Reader, after: string): Promise<Placed | undefined> {
  const first = await reader.must(BLOCK, `what follows ${after}`);
  if (first.every((byte) => byte === 0)) {
    const second = await reader.must(BLOCK, 'its end mark');
    if (second.some((byte) => byte !== 0) || (await reader.take(1, 'its end')))
      throw new BackupFault('备份文件已损坏 the backup is damaged: something follows its end mark');
    return undefined;
  }
  const { type, size } = readHeader(first, after);
  if (type !== 'x' || !(size <= LARGEST_PAX))
    throw new BackupFault(`这不是绿鉴备份文件 this is no backup of Lujian: a member after ${after} has no hash`);
  const pax = readPax((await reader.must(size + upToBlock(size), 'a header')).subarray(0, size), after);
  readHeader(await reader.must(BLOCK, 'a header'), after);
  const member = { name: pax.path ?? '', size: Number(pax.size), sha256: pax[HASH_RECORD] ?? '' };
  if (member.name === '' || !Number.isSafeInteger(member.size) || !/^[0-9a-f]{64}$/.test(member.sha256))
    throw new BackupFault(`这不是绿鉴备份文件 this is no backup of Lujian: a member after ${after} has no hash`);
  return member;
}

async function* content(reader: Reader, { name, size, sha256 }: Placed): AsyncIterable<Buffer> {
  const hash = createHash('sha256');
  for (let left = size; left > 0;) {
    const chunk = await reader.must(Math.min(left, CHUNK), name);
    left -= chunk.length;
    hash.update(chunk);
    yield chunk;
  }
  await reader.must(upToBlock(size), name);
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new BackupFault(
      `备份文件已损坏 the backup is damaged: ${name} has the SHA-256 ${found} instead of ${sha256}`,
    );
}

/** The members one after the other; each is read to its end before the next one comes. Throws BackupFault for damage. */
export async function* readTar(handle: FileHandle): AsyncIterable<TarMember> {
  const reader = new Reader(handle);
  let after = 'its beginning';
  for (;;) {
    const placed = await nextHeader(reader, after);
    if (!placed) return;
    const bytes = content(reader, placed);
    const collect = async (most: number): Promise<Buffer> => {
      if (placed.size > most)
        throw new BackupFault(`备份文件有误 ${placed.name} of the backup is larger than ${most} bytes`);
      const parts: Buffer[] = [];
      for await (const part of bytes) parts.push(part);
      return Buffer.concat(parts);
    };
    yield { ...placed, chunks: () => bytes, bytes: collect };
    // What nobody asked for is read all the same: also its hash must be right.
    for await (const chunk of bytes) void chunk;
    after = placed.name;
  }
}
