import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { columnLetter, columnPlace, TableFault } from './cells';
import { MarkReader, type MarkOrder, type RowMark } from './marks';
import { openWorkbook, type SheetRef, type Workbook } from './workbook';
import { escapeXml } from './xml';
import { copyXml, openTag, type CopyHooks } from './xml-copy';

type Attributes = Readonly<Record<string, string>>;

const fill = (p: string): string =>
  `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="FFFFC7CE"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;

const wrapping = (p: string): string =>
  `<${p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><${p}alignment vertical="top" wrapText="1"/></${p}xf>`;

/** Doubles every cell style: style n + i is style i on a red ground. The last one, 2n, wraps its text. */
function styleHooks(): CopyHooks & { count: () => number } {
  let fills = 0;
  let inside = false;
  let current: Attributes = {};
  const clones: string[] = [];
  return {
    count: () => clones.length,
    open(name, attributes) {
      if (name === 'cellXfs') inside = true;
      if (name === 'xf' && inside) current = attributes;
      if (name !== 'fills' && name !== 'cellXfs') return attributes;
      // Optional, and no longer right.
      const { count: _count, ...rest } = attributes;
      return rest;
    },
    close(name, inner, p) {
      if (name === 'fill') fills += 1;
      if (name === 'fills') return fill(p);
      if (name === 'xf' && inside) {
        const red = { ...current, fillId: String(fills), applyFill: '1' };
        clones.push(`${openTag(`${p}xf`, red)}${inner()}</${p}xf>`);
      }
      if (name !== 'cellXfs') return '';
      inside = false;
      return clones.join('') + wrapping(p);
    },
  };
}

interface SheetMarks {
  place: number;
  header: number;
  title: string;
  /** Number of styles; 0 when the workbook has none to add to. */
  styles: number;
  at(row: number): RowMark | undefined;
}

/** Adds the column and paints the cells at fault, row by row; everything else of the sheet stays as it is. */
class SheetMarker implements CopyHooks {
  private row = 0;
  private place = 0;
  private marked = false;
  private mark: RowMark | undefined;
  private widths = false;
  private widest = 0;

  constructor(private readonly to: SheetMarks) {}

  before(name: string, p: string): string {
    return name === 'sheetData' && !this.widths ? `<${p}cols>${this.width(p)}</${p}cols>` : '';
  }

  open(name: string, attributes: Attributes): Attributes | null {
    // What the sheet says of its extent is optional, and no longer right.
    if (name === 'dimension') return null;
    if (name === 'col') this.widest = Math.max(this.widest, Number(attributes.max));
    if (name === 'cols') this.widths = true;
    if (name === 'row') return this.openRow(attributes);
    return name === 'c' ? this.openCell(attributes) : attributes;
  }

  close(name: string, _inner: () => string, p: string): string {
    if (name === 'cols' && this.widest < this.to.place) return this.width(p);
    return name === 'row' && !this.marked ? this.cell(p) : '';
  }

  private openRow({ spans: _spans, ...attributes }: Attributes): Attributes {
    this.row = attributes.r === undefined ? this.row + 1 : Number(attributes.r);
    this.place = 0;
    this.marked = false;
    this.mark = this.to.at(this.row);
    return attributes;
  }

  private openCell(attributes: Attributes): Attributes | null {
    const { r, s = '0' } = attributes;
    this.place = r === undefined ? this.place + 1 : columnPlace(r.replace(/\d+$/, ''));
    // An empty cell that only bears a format would stand in our place.
    if (this.place >= this.to.place) return null;
    if (this.to.styles === 0 || !this.mark?.columns.includes(this.place - 1)) return attributes;
    return { ...attributes, s: String(this.to.styles + Number(s)) };
  }

  private width(p: string): string {
    return `<${p}col min="${this.to.place}" max="${this.to.place}" width="48" customWidth="1"/>`;
  }

  private cell(p: string): string {
    this.marked = true;
    const text = this.row === this.to.header ? this.to.title : this.mark?.text;
    if (text === undefined || text === '') return '';
    const style = this.to.styles === 0 ? '' : ` s="${2 * this.to.styles}"`;
    const ref = `${columnLetter(this.to.place)}${this.row}`;
    return `<${p}c r="${ref}"${style} t="inlineStr"><${p}is><${p}t xml:space="preserve">${escapeXml(text)}</${p}t></${p}is></${p}c>`;
  }
}

/** Rows may leave their number out; then they count on. */
const ROW = /<(?:\w+:)?row\b(?:[^>]*?\sr="(\d{1,7})")?/g;

async function* markedSheet(book: Workbook, sheet: SheetRef, order: MarkOrder, styles: number): AsyncIterable<Buffer> {
  const marks = new MarkReader(order.marks);
  // Marks are read ahead of the rows, as far as the next chunk of the sheet reaches.
  let reached = 0;
  let rest = '';
  const source = await book.zip.open(sheet.part);
  const ahead = Readable.from(
    (async function* () {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        const text = rest + chunk.toString('latin1');
        const rows = [...text.matchAll(ROW)];
        reached = Math.max(reached + rows.length, Number(rows.at(-1)?.[1] ?? 0));
        rest = text.slice(-512);
        await marks.reach(reached);
        yield chunk;
      }
    })(),
  );
  const { header, title, place } = order;
  yield* copyXml(ahead, new SheetMarker({ header, title, place: place + 1, styles, at: (row) => marks.at(row) }));
}

/** Writes the workbook once more with the added column; other sheets and all formats stay. */
export async function markXlsx(order: MarkOrder, name: string): Promise<void> {
  const book = await openWorkbook(order.file);
  try {
    const sheet = book.sheets.find((s) => s.name === name);
    if (!sheet) throw new TableFault('broken', `工作簿中没有工作表“${name}”。`);
    const zip = new ZipFile();
    let styles = 0;
    if (book.styles !== undefined) {
      const hooks = styleHooks();
      const parts: Buffer[] = [];
      for await (const part of copyXml(await book.zip.open(book.styles), hooks, true)) parts.push(part);
      styles = hooks.count();
      zip.addBuffer(Buffer.concat(parts), book.styles);
    }
    for (const part of book.zip.entries.keys()) {
      // A signature over other bytes would only say that it is broken.
      if (part === book.styles || part.endsWith('/') || part.startsWith('_xmlsignatures/')) continue;
      const open = async (): Promise<Readable> =>
        part === sheet.part ? Readable.from(markedSheet(book, sheet, order, styles)) : book.zip.open(part);
      zip.addReadStreamLazy(part, (give) => {
        open().then(
          (stream) => {
            // yazl does not hand faults of its sources on.
            stream.once('error', (error) => (zip.outputStream as Readable).destroy(error));
            give(null, stream);
          },
          (error: unknown) => (zip.outputStream as Readable).destroy(error as Error),
        );
      });
    }
    zip.end();
    await pipeline(zip.outputStream, fs.createWriteStream(order.out, { mode: 0o600 }));
  } finally {
    book.zip.close();
  }
}
