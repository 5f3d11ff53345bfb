import fs from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { broken, hostile, TableFault } from './cells';

const MOST_ENTRIES = 5_000;
/** Unpacked, one part; a full sheet of a million rows comes to about one. */
const LARGEST_PART = 4 * 1024 ** 3;
/** Sheets of equal rows reach about eighty to one; a bomb a thousand. */
const STEEPEST = 400;
const STEEP_FROM = 32 * 1024 ** 2;

export interface Zip {
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
  /** The unpacked bytes of a part; the stream fails with TableFault when they are other than announced. */
  open(name: string): Promise<Readable>;
  close(): void;
}

const torn = (): TableFault => broken('文件不完整或已损坏；请重新保存后再上传。');

function checkEntry(entry: yauzl.Entry): void {
  if (entry.isEncrypted()) throw new TableFault('encrypted', '文件已加密；请取消密码后另存为 .xlsx。');
  const { uncompressedSize, compressedSize, fileName } = entry;
  if (uncompressedSize > LARGEST_PART) throw new TableFault('too-large', '工作簿展开后过大；请分成几个文件。');
  if (uncompressedSize > STEEP_FROM && uncompressedSize > compressedSize * STEEPEST) {
    throw hostile('工作簿的压缩比异常，疑为压缩炸弹；未读取。');
  }
  if (fileName.startsWith('/') || fileName.split('/').includes('..')) throw hostile('工作簿内有越界的路径；未读取。');
}

/** Counts what comes out, so that an entry that lies about its size is stopped. */
function bounded(name: string, most: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > most) done(hostile(`工作簿内 ${name} 的大小与声明不符；未读取。`));
      else done(null, chunk);
    },
  });
}

/** Opens a zip file and checks all its entries before any is unpacked; throws TableFault. */
export async function openZip(file: string): Promise<Zip> {
  const size = (await fs.stat(file)).size;
  const zip = await yauzl
    .openPromise(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
    .catch(() => Promise.reject(torn()));
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_ENTRIES) throw hostile('工作簿内的文件数异常；未读取。');
      checkEntry(entry);
      if (entries.has(entry.fileName)) throw hostile('工作簿内有重名的文件；未读取。');
      if (entry.compressedSize > size) throw torn();
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof TableFault ? error : torn();
  }
  return {
    entries,
    async open(name) {
      const entry = entries.get(name);
      if (!entry) throw broken(`工作簿内缺少 ${name}；请用表格软件打开后另存为 .xlsx。`);
      const raw = await zip.openReadStreamPromise(entry).catch(() => Promise.reject(torn()));
      const out = bounded(name, entry.uncompressedSize);
      raw.once('error', () => out.destroy(torn()));
      out.once('close', () => raw.destroy());
      return raw.pipe(out);
    },
    close: () => zip.close(),
  };
}
