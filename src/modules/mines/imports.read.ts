import fs from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../../kernel/problem';
import type { RowFault } from './imports.contract';

/** More than any honest row; a quote that is never closed would otherwise swallow the file. */
const LONGEST_ROW = 64 * 1024;

async function* textOf(file: string): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of fs.createReadStream(file) as AsyncIterable<Buffer>) {
      const text = decoder.decode(bytes, { stream: true });
      if (text !== '') yield text;
    }
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new Problem('mine.import-encoding');
    }
    throw error;
  }
}

/** One record of the file, numbered as a spreadsheet counts; or the fault at which the file stops being CSV. */
export type CsvRecord = { row: number; cells: string[] } | { fault: RowFault };

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: '引号没有成对，文件到结尾都未闭合。',
  CSV_INVALID_CLOSING_QUOTE: '引号后面还有多余的字符；内容中的引号须写成两个。',
  INVALID_OPENING_QUOTE: '引号出现在内容中间；内容中的引号须写成两个，整个内容加引号。',
  CSV_MAX_RECORD_SIZE: '这一行过长，多半是引号没有成对。',
};

/**
 * Reads a CSV file (UTF-8, with or without byte order mark) as a stream. Throws `mine.import-encoding`; a break in the
 * CSV itself comes as the last record, with the row where it was noticed.
 */
export async function* recordsOf(file: string): AsyncIterable<CsvRecord> {
  const parser = parse({
    // Named, not guessed from the first line: rows pasted from elsewhere may end otherwise.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_ROW,
  });
  let row = 0;
  pipeline(Readable.from(textOf(file), { objectMode: true }), parser, () => undefined);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reason = reasons[error.code] ?? `不是有效的 CSV（${error.code}）。`;
    yield { fault: { row: row + 1, column: null, reason: `${reason}其后各行未检查。` } };
  }
}
