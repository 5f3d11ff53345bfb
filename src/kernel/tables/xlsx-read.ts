import { broken, columnPlace, hostile, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, type Cell, type TableRow } from './cells';
import { legalDate } from '../pure/time';
import { dayOfSerial, YEAR_ONLY, type FormatKind } from '../pure/written-days';
import { StringTable } from './string-table';
import { unescapeSheetText, XmlReader, xmlEncoding, readXml } from './xml';
import type { SheetRef, Workbook } from './workbook';

/** Reads the texts that cells refer to by number; with `upTo`, no further than that number. */
export async function textsOf(book: Workbook, upTo = Infinity): Promise<StringTable> {
  const table = new StringTable();
  if (book.texts === undefined) return table;
  let text = '';
  let reading = false;
  let phonetic = 0;
  await readXml(
    await book.zip.open(book.texts),
    {
      open(name) {
        if (name === 'si') text = '';
        else if (name === 'rPh') phonetic += 1;
        else if (name === 't') reading = phonetic === 0;
      },
      text(part) {
        if (!reading) return;
        text += part;
        if (text.length > LONGEST_CELL) throw hostile('单元格文字超过表格软件的上限；未读取。');
      },
      close(name) {
        if (name === 't') reading = false;
        else if (name === 'rPh') phonetic -= 1;
        else if (name === 'si') table.add(unescapeSheetText(text));
      },
    },
    () => table.length > upTo,
  );
  return table;
}

/** What a cell says before its number is looked up among the texts. */
interface OpenCell {
  place: number;
  style: number;
  type: string;
  value: string;
  formula: boolean;
}

export interface SheetSetting {
  texts: Pick<StringTable, 'get'>;
  formats: readonly FormatKind[];
  date1904: boolean;
}

const ERRORS = '单元格显示为错误值';

function readNumber(text: string, style: number, { formats, date1904 }: SheetSetting): Cell {
  const n = Number(text);
  if (text.trim() === '' || Number.isNaN(n)) return { fault: '单元格的数值无法读取。' };
  const kind = formats[style];
  if (kind === 'percent') return { percent: n };
  // Shown as a year: the month behind it, unseen, was not meant.
  if (kind === 'year') return { fault: YEAR_ONLY };
  if (kind !== 'day' && kind !== 'month') return n;
  const day = dayOfSerial(n, date1904);
  if (!day) return { fault: '日期序号没有对应的日期；请写成 2024-04-01、2024年4月1日 或 2024年4月。' };
  // Shown as a month: a day that stands behind it, unseen, was not meant.
  return kind === 'month' ? { day: legalDate(`${day.slice(0, 7)}-01`), monthOnly: true } : { day, monthOnly: false };
}

function readCell(cell: OpenCell, setting: SheetSetting): Cell {
  const { type, value } = cell;
  if (value === '' && type !== 'inlineStr' && type !== 'str') {
    return cell.formula ? { fault: '公式没有保存计算结果；请用表格软件打开、重新计算后保存。' } : null;
  }
  switch (type) {
    case 's': {
      const text = setting.texts.get(Number(value));
      if (text === undefined) throw broken('工作簿的文字表不完整；请用表格软件打开后另存为 .xlsx。');
      return text;
    }
    case 'inlineStr':
    case 'str':
      return unescapeSheetText(value);
    case 'b':
      return value === '1' || value === 'true';
    case 'e':
      return { fault: `${ERRORS} ${value}。` };
    case 'd': {
      const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
      return day ? day[0] : { fault: '日期无法读取。' };
    }
    default:
      return readNumber(value, cell.style, setting);
  }
}

/** Takes the tags of one sheet and hands over its rows. */
class SheetParts {
  rows: TableRow[] = [];
  done = false;
  private row: TableRow | undefined;
  private last = 0;
  private place = 0;
  private cell: OpenCell | undefined;
  private reading = false;
  private phonetic = 0;

  constructor(private readonly setting: SheetSetting) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.reading = true;
    else if (name === 'row') this.openRow(attributes);
    else if (name === 't') this.reading = this.phonetic === 0 && this.cell?.type === 'inlineStr';
    else if (name === 'f' && this.cell) this.cell.formula = true;
    else if (name === 'rPh') this.phonetic += 1;
  }

  text(text: string): void {
    if (!this.reading || !this.cell) return;
    this.cell.value += text;
    if (this.cell.value.length > LONGEST_CELL) throw hostile('单元格文字超过表格软件的上限；未读取。');
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'rPh') this.phonetic -= 1;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'sheetData') this.done = true;
  }

  private openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    const number = r === undefined ? this.last + 1 : Number(r);
    if (!Number.isInteger(number) || number <= this.last || number > MOST_ROWS) {
      throw broken('工作表的行号有误；请用表格软件打开后另存为 .xlsx。', this.last);
    }
    this.last = number;
    this.place = 0;
    this.row = { row: number, cells: [] };
    if (hidden === '1' || hidden === 'true') this.row.hidden = true;
  }

  private openCell({ r, s, t }: Readonly<Record<string, string>>): void {
    const place = r === undefined ? this.place + 1 : columnPlace(r.replace(/\d+$/, ''));
    if (place <= this.place || !this.row)
      throw broken('工作表的单元格位置有误；请用表格软件打开后另存为 .xlsx。', this.last);
    this.place = place;
    this.cell = { place, style: Number(s ?? '0'), type: t ?? 'n', value: '', formula: false };
  }

  private closeCell(): void {
    const { cell, row } = this;
    this.cell = undefined;
    if (!cell || !row) return;
    const value = readCell(cell, this.setting);
    if (value === null || value === '') return;
    if (cell.place > MOST_COLUMNS)
      throw hostile(`第 ${row.row} 行在第 ${MOST_COLUMNS} 列以后还有内容；请删去多余的列。`);
    while (row.cells.length < cell.place - 1) row.cells.push(null);
    row.cells.push(value);
  }

  private closeRow(): void {
    if (this.row && this.row.cells.length > 0) this.rows.push(this.row);
    this.row = undefined;
  }
}

/** Rows of a sheet that hold something, in batches as they are unpacked; merged cells as they are stored. */
export async function* rowsOfSheet(book: Workbook, sheet: SheetRef, setting: SheetSetting): AsyncIterable<TableRow[]> {
  const parts = new SheetParts(setting);
  const handlers = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => parts.open(name, attributes),
    text: (text: string) => parts.text(text),
    close: (name: string) => parts.close(name),
  };
  const stream = await book.zip.open(sheet.part);
  let reader: XmlReader | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      reader ??= new XmlReader(handlers, xmlEncoding(chunk));
      reader.write(chunk);
      if (parts.rows.length === 0) continue;
      yield parts.rows;
      parts.rows = [];
    }
    if (!reader) throw broken('工作簿内部有空文件；请用表格软件打开后另存为 .xlsx。');
    reader.end();
    if (parts.rows.length > 0) yield parts.rows;
  } finally {
    stream.destroy();
  }
}

/** A merge over several rows: what stands in its first cell holds for all of them. */
export interface RowMerge {
  first: number;
  last: number;
  /** From 0. */
  column: number;
}

const MOST_MERGES = 100_000;
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;

/**
 * Merges that reach over several rows, in the order of their rows. They stand behind the rows in the file, so they are
 * looked for beforehand, in the bare text: that costs a tenth of reading it.
 */
export async function mergesOf(book: Workbook, sheet: SheetRef): Promise<RowMerge[]> {
  const merges: RowMerge[] = [];
  let rest = '';
  for await (const chunk of (await book.zip.open(sheet.part)) as AsyncIterable<Buffer>) {
    // Tags and references are ASCII, whatever the text between them.
    const text = rest + chunk.toString('latin1');
    rest = text.slice(-128);
    if (!text.includes('mergeCell')) continue;
    let end = 0;
    for (const match of text.matchAll(MERGE)) {
      end = match.index + match[0].length;
      const [, left, top, , bottom] = match;
      if (top === bottom) continue;
      if (merges.length >= MOST_MERGES) throw hostile('合并单元格过多；请取消合并后重新上传。');
      merges.push({ first: Number(top), last: Number(bottom), column: columnPlace(left!) - 1 });
    }
    rest = text.slice(Math.max(end, text.length - 128));
  }
  return merges.filter((m) => m.column >= 0 && m.column < MOST_COLUMNS).sort((a, b) => a.first - b.first);
}

/** Puts what stands in the first cell of a merge into the rows below it. */
export class MergeFiller {
  private next = 0;
  private open: { last: number; column: number; value: Cell }[] = [];

  constructor(private readonly merges: readonly RowMerge[]) {}

  fill(row: TableRow): void {
    while (this.next < this.merges.length && this.merges[this.next]!.first <= row.row) {
      const merge = this.merges[this.next]!;
      this.next += 1;
      // A merge whose first row holds nothing has nothing to give.
      if (merge.first === row.row) this.open.push({ ...merge, value: row.cells[merge.column] ?? null });
    }
    if (this.open.length === 0) return;
    this.open = this.open.filter((m) => m.last >= row.row);
    for (const { column, value } of this.open) {
      while (row.cells.length <= column) row.cells.push(null);
      row.cells[column] ??= value;
    }
  }
}
