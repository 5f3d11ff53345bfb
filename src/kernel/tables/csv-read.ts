import fs from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { broken, LONGEST_CELL, MOST_COLUMNS, TableFault, type TableRow } from './cells';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type Delimiter = ',' | ';' | '\t';

/** More than any honest row; a quote that is never closed would otherwise swallow the file. */
const LONGEST_ROW = 1024 * 1024;

async function decodes(file: string, encoding: CsvEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const bytes of fs.createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      // What no text holds: a picture may by chance pass as GB 18030.
      // eslint-disable-next-line no-control-regex -- the very characters that no text file has
      if (/[\u0000-\u0008\u000e-\u001a]/.test(decoder.decode(bytes, { stream: true }))) return false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/**
 * The encoding in which the whole file decodes without a fault: by its byte order mark, else UTF-8, else GB 18030. Throws
 * TableFault when none does: half-read names would be worse than none.
 */
export async function encodingOf(file: string, head: Uint8Array): Promise<CsvEncoding> {
  const marked: CsvEncoding | undefined =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
  for (const encoding of marked ? [marked] : (['utf-8', 'gb18030'] as const)) {
    if (await decodes(file, encoding)) return encoding;
  }
  throw new TableFault('encoding', '无法识别文字编码；请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后重新上传。');
}

/** The sign between columns: the one that, outside quotes, stands most often in the first lines. */
export function delimiterOf(start: string): Delimiter {
  const bare = start.replace(/"(?:[^"]|"")*"?/g, '');
  const lines = bare.split(/\r\n|\r|\n/).slice(0, 30);
  const most = (sign: string): number => Math.max(...lines.map((line) => line.split(sign).length));
  const signs: Delimiter[] = [',', '\t', ';'];
  return signs.reduce((best, sign) => (most(sign) > most(best) ? sign : best));
}

export async function startOf(file: string, encoding: CsvEncoding): Promise<string> {
  const handle = await fs.promises.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead), { stream: true });
  } finally {
    await handle.close();
  }
}

async function* textOf(file: string, encoding: CsvEncoding): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of fs.createReadStream(file) as AsyncIterable<Buffer>) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  yield decoder.decode();
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: '引号没有成对，文件到结尾都未闭合。',
  CSV_INVALID_CLOSING_QUOTE: '引号后面还有多余的字符；内容中的引号须写成两个。',
  INVALID_OPENING_QUOTE: '引号出现在内容中间；内容中的引号须写成两个，整个内容加引号。',
  CSV_MAX_RECORD_SIZE: '这一行过长，多半是引号没有成对。',
};

/** Our own writer marks what a spreadsheet would take for a formula; the mark is no part of the value. */
const unmark = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** The records of a CSV file as they stand there, blank ones too; throws TableFault where the CSV breaks. */
export async function* csvRecords(
  file: string,
  as: { encoding: CsvEncoding; delimiter: Delimiter },
): AsyncIterable<string[]> {
  const parser = parse({
    delimiter: as.delimiter,
    // Named, not guessed from the first line: rows pasted from elsewhere may end otherwise.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(textOf(file, as.encoding), { objectMode: true });
  pipeline(source, parser, () => undefined);
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      yield record;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw broken(reasons[error.code] ?? `不是有效的 CSV（${error.code}）。`, row + 1);
  } finally {
    source.destroy();
  }
}

/** Rows of a CSV file that hold something, in batches; throws TableFault where the CSV breaks. */
export async function* rowsOfCsv(
  file: string,
  as: { encoding: CsvEncoding; delimiter: Delimiter },
  size = 500,
): AsyncIterable<TableRow[]> {
  let row = 0;
  let batch: TableRow[] = [];
  try {
    for await (const record of csvRecords(file, as)) {
      row += 1;
      if (record.every((c) => c === '')) continue;
      if (record.length > MOST_COLUMNS && record.slice(MOST_COLUMNS).some((c) => c !== '')) {
        throw broken(`第 ${MOST_COLUMNS} 列以后还有内容；请删去多余的列。`, row);
      }
      if (record.some((c) => c.length > LONGEST_CELL))
        throw broken('有单元格超过 32,767 字，多半是引号没有成对。', row);
      batch.push({ row, cells: record.map((c) => (c === '' ? null : unmark(c))) });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    // What was read before the break is judged too: one upload tells all that is wrong.
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
