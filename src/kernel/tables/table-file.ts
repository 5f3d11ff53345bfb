import fs from 'node:fs/promises';
import { TableFault, type TableRow } from './cells';
import { delimiterOf, encodingOf, rowsOfCsv, startOf, type CsvEncoding, type Delimiter } from './csv-read';
import type { StringTable } from './string-table';
import { formatsOf, openWorkbook, type SheetRef, type Workbook } from './workbook';
import { MergeFiller, mergesOf, rowsOfSheet, textsOf, type SheetSetting } from './xlsx-read';

/** How a file is to be read, once looked at. */
export type TableForm =
  { format: 'csv'; encoding: CsvEncoding; delimiter: Delimiter } | { format: 'xlsx'; sheet: string; date1904: boolean };

/** The first rows of one sheet, by which the right one is found; a CSV file counts as one sheet. */
export interface SheetStart {
  name: string;
  hidden: boolean;
  form: TableForm;
  rows: TableRow[];
}

/** So many rows are looked at for a header. */
export const START_ROWS = 40;
const MOST_SHEETS = 50;
const HEAD = 8192;

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

async function headOf(file: string): Promise<Buffer> {
  const handle = await fs.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** .xls, .et and .wps share one container; a workbook under a password lies in it too. */
async function oleFault(file: string): Promise<TableFault> {
  const handle = await fs.open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4 * 1024 * 1024), 0, 4 * 1024 * 1024, 0);
    // The names of its parts stand in the directory, at the beginning or the end.
    const { size } = await handle.stat();
    const tail = await handle.read(Buffer.alloc(1024 * 1024), 0, 1024 * 1024, Math.max(0, size - 1024 * 1024));
    if (buffer.includes(ENCRYPTED) || tail.buffer.includes(ENCRYPTED)) {
      return new TableFault('encrypted', '文件已加密；请取消密码后另存为 .xlsx 再上传。');
    }
  } finally {
    await handle.close();
  }
  return new TableFault('old-format', '这是旧格式的表格文件（.xls、.et 等）；请另存为 .xlsx 后再上传。');
}

const isHtml = (head: Buffer): boolean =>
  /^[\s\ufeff]*<(!doctype\s+html|html|head|body|table|meta|style)\b/i.test(head.toString('latin1').replace(/^ï»¿/, ''));

async function textForm(file: string, head: Buffer): Promise<TableForm> {
  if (isHtml(head))
    throw new TableFault('html', '文件实际是网页（HTML），只是用了表格的扩展名；请另存为 .xlsx 后再上传。');
  if (/^[\s\ufeff]*<\?(xml|mso)/.test(head.toString('utf8'))) {
    throw new TableFault('old-format', '这是 XML 电子表格；请另存为 .xlsx 后再上传。');
  }
  if (head.length === 0)
    throw new TableFault('not-a-table', '文件是空的，没有收到任何内容；请选择填好的表格（.xlsx 或 CSV）重新上传。');
  if (head.subarray(0, 5).equals(Buffer.from('%PDF-'))) {
    throw new TableFault('not-a-table', '文件不是表格；请上传 .xlsx 或 CSV 文件。');
  }
  const encoding = await encodingOf(file, head);
  return { format: 'csv', encoding, delimiter: delimiterOf(await startOf(file, encoding)) };
}

async function firstRows(rows: AsyncIterable<TableRow[]>): Promise<TableRow[]> {
  const found: TableRow[] = [];
  for await (const batch of rows) {
    found.push(...batch);
    if (found.length >= START_ROWS) break;
  }
  return found.slice(0, START_ROWS);
}

/** Texts are numbered by first appearance, so the first rows need only the first of them. */
const lazily = (numbers: Set<number>): Pick<StringTable, 'get'> => ({
  get(n) {
    numbers.add(n);
    return '';
  },
});

async function startOfSheet(book: Workbook, sheet: SheetRef, formats: SheetSetting['formats']): Promise<TableRow[]> {
  const numbers = new Set<number>();
  const setting = { formats, date1904: book.date1904 };
  // Once to learn which texts are needed, once more to read them.
  await firstRows(rowsOfSheet(book, sheet, { ...setting, texts: lazily(numbers) }));
  const texts = await textsOf(book, Math.max(-1, ...numbers));
  try {
    return await firstRows(rowsOfSheet(book, sheet, { ...setting, texts }));
  } finally {
    texts.close();
  }
}

async function startsOfWorkbook(file: string): Promise<SheetStart[]> {
  const book = await openWorkbook(file);
  try {
    const formats = await formatsOf(book);
    const starts: SheetStart[] = [];
    for (const sheet of book.sheets.slice(0, MOST_SHEETS)) {
      const form = { format: 'xlsx' as const, sheet: sheet.name, date1904: book.date1904 };
      const rows = sheet.hidden ? [] : await startOfSheet(book, sheet, formats);
      starts.push({ name: sheet.name, hidden: sheet.hidden, form, rows });
    }
    return starts;
  } finally {
    book.zip.close();
  }
}

/** Looks at a file: what it is, and the beginnings of its sheets. Throws TableFault with what to do instead. */
export async function inspectTable(file: string): Promise<SheetStart[]> {
  const head = await headOf(file);
  if (head.subarray(0, OLE.length).equals(OLE)) throw await oleFault(file);
  if (head.subarray(0, 2).equals(Buffer.from('PK'))) return startsOfWorkbook(file);
  const form = await textForm(file, head);
  if (form.format !== 'csv') throw new Error('a text is read as CSV');
  return [{ name: '', hidden: false, form, rows: await firstRows(rowsOfCsv(file, form)) }];
}

async function* rowsOfWorkbook(file: string, name: string): AsyncIterable<TableRow[]> {
  const book = await openWorkbook(file);
  let texts: StringTable | undefined;
  try {
    const sheet = book.sheets.find((s) => s.name === name);
    if (!sheet) throw new TableFault('broken', `工作簿中没有工作表“${name}”。`);
    const merges = new MergeFiller(await mergesOf(book, sheet));
    texts = await textsOf(book);
    const setting = { texts, formats: await formatsOf(book), date1904: book.date1904 };
    for await (const batch of rowsOfSheet(book, sheet, setting)) {
      for (const row of batch) merges.fill(row);
      yield batch;
    }
  } finally {
    texts?.close();
    book.zip.close();
  }
}

/** All rows of the table that hold something, in batches; merged rows filled. Throws TableFault where it breaks. */
export const rowsOfTable = (file: string, form: TableForm): AsyncIterable<TableRow[]> =>
  form.format === 'csv' ? rowsOfCsv(file, form) : rowsOfWorkbook(file, form.sheet);
