import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type request from 'supertest';
import { ZipFile } from 'yazl';
import * as XLSX from '@e965/xlsx';
import type { UploadedFile } from './client';
import type { Cell, TableRow } from '../../src/kernel/tables';
import { rowsOfTable, type TableForm, inspectTable } from '../../src/kernel/tables/table-file';

// Sheets for tests: by an independent writer, or by hand where no writer would write such.

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const xlsxUpload = (bytes: Uint8Array, name = '示例表.xlsx'): UploadedFile => ({
  bytes,
  name,
  mediaType: XLSX_TYPE,
});
export const csvUpload = (text: string | Buffer, name = '示例表.csv'): UploadedFile => ({
  bytes: Buffer.from(text as string),
  name,
  mediaType: 'text/csv',
});

export interface Foreign {
  sheets?: Record<string, unknown[][]>;
  /** Cells by reference, put over those of the first sheet. */
  cells?: Record<string, XLSX.CellObject>;
  merges?: string[];
  date1904?: boolean;
  hidden?: Record<string, 0 | 1 | 2>;
  hiddenRows?: number[];
}

/** A workbook by @e965/xlsx. */
export function foreignXlsx(wished: Foreign): Buffer {
  const book = XLSX.utils.book_new();
  const sheets = Object.entries(wished.sheets ?? { Sheet1: [] });
  sheets.forEach(([name, rows], n) => {
    const sheet = XLSX.utils.aoa_to_sheet(rows);
    if (n === 0) {
      for (const [ref, cell] of Object.entries(wished.cells ?? {})) sheet[ref] = cell;
      const range = XLSX.utils.decode_range(sheet['!ref'] ?? 'A1');
      for (const ref of Object.keys(wished.cells ?? {})) {
        const { r, c } = XLSX.utils.decode_cell(ref);
        range.e = { r: Math.max(range.e.r, r), c: Math.max(range.e.c, c) };
      }
      sheet['!ref'] = XLSX.utils.encode_range(range);
      sheet['!merges'] = (wished.merges ?? []).map((m) => XLSX.utils.decode_range(m));
      const hiddenRows = wished.hiddenRows ?? [];
      if (hiddenRows.length > 0) {
        sheet['!rows'] = [];
        for (const r of hiddenRows) sheet['!rows'][r - 1] = { hidden: true };
      }
    }
    XLSX.utils.book_append_sheet(book, sheet, name);
  });
  book.Workbook = {
    WBProps: { date1904: wished.date1904 ?? false },
    Sheets: sheets.map(([name]) => ({ name, Hidden: wished.hidden?.[name] ?? 0 })),
  };
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (list: [string, string, string][]): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The parts of a small workbook, by hand: `sheet` is the inside of the worksheet element. */
export const handMadeParts = (sheet: string, texts?: string): Record<string, string> => ({
  '[Content_Types].xml': TYPES,
  '_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
  'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="${REL}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations([
    ['r1', 'worksheet', 'worksheets/sheet1.xml'],
    ...(texts === undefined ? [] : ([['r2', 'sharedStrings', 'sharedStrings.xml']] as [string, string, string][])),
  ]),
  'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet>${sheet}</worksheet>`,
  ...(texts === undefined ? {} : { 'xl/sharedStrings.xml': `<?xml version="1.0"?><sst>${texts}</sst>` }),
});

export async function zipped(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Runs with the bytes in a file that is gone afterwards. */
export async function inFile<T>(bytes: Buffer, work: (file: string) => Promise<T>): Promise<T> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-sheet-'));
  try {
    const file = path.join(directory, 'sheet');
    fs.writeFileSync(file, bytes);
    return await work(file);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

export interface ReadTable {
  form: TableForm;
  rows: TableRow[];
  /** Cells of row n, from 1. */
  cells(n: number): Cell[] | undefined;
}

/** Everything in the first visible sheet. */
export const readBack = (bytes: Buffer): Promise<ReadTable> =>
  inFile(bytes, async (file) => {
    const start = (await inspectTable(file)).find((s) => !s.hidden)!;
    const rows: TableRow[] = [];
    for await (const batch of rowsOfTable(file, start.form)) rows.push(...batch);
    return { form: start.form, rows, cells: (n) => rows.find((r) => r.row === n)?.cells };
  });

/** What an independent reader makes of a workbook's first sheet. */
export function foreignRead(bytes: Buffer): { book: XLSX.WorkBook; rows: unknown[][] } {
  const book = XLSX.read(bytes, { type: 'buffer', cellStyles: true, cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0]!]!;
  return { book, rows: XLSX.utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null }) };
}

/** The body of a reply as bytes. */
export async function bytesOf(sent: request.Test): Promise<Buffer> {
  const collect = (res: unknown, done: (error: Error | null, body: unknown) => void): void => {
    const chunks: Buffer[] = [];
    const stream = res as NodeJS.ReadableStream;
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => done(null, Buffer.concat(chunks)));
  };
  const reply = await sent.buffer(true).parse(collect);
  if (reply.status !== 200) throw new Error(`answered ${reply.status}: ${(reply.body as Buffer).toString('utf8')}`);
  return reply.body as Buffer;
}
