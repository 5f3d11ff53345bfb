import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { daysBetween, legalDate } from '../pure/time';
import { columnLetter, LONGEST_CELL, MOST_ROWS, type Cell } from './cells';
import { cellText } from './csv-write';
import type { SheetColumn, SheetLayout } from './layout';
import { escapeXml } from './xml';

// Every text goes in as a text cell under the text format: codes keep their digits, and nothing is a formula.

const STYLE = {
  title: 1,
  line: 2,
  head: 3,
  text: 4,
  number: 5,
  day: 6,
  note: 7,
  example: 8,
  percent: 9,
  wrapped: 10,
} as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const thin = '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>';
const STYLES = `${HEAD}<styleSheet ${MAIN}>
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="16"/><name val="等线"/></font>
<font><b/><sz val="11"/><name val="等线"/></font><font><i/><sz val="11"/><color rgb="FF7F7F7F"/><name val="等线"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE2EFDA"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${thin}</border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="11"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="center"/></xf>
<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment horizontal="left" vertical="center"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="3" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"/>
<xf numFmtId="10" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** Number 61; before it the numbers of the 1900 system are off by one. */
const FIRST_SERIAL = legalDate('1900-03-01');

function cellXml(ref: string, cell: Cell, style: number): string {
  if (cell === null) return `<c r="${ref}" s="${style}"/>`;
  const plain = style === STYLE.text || style === STYLE.wrapped;
  if (typeof cell === 'number' && plain) return `<c r="${ref}" s="${STYLE.number}"><v>${cell}</v></c>`;
  if (typeof cell === 'object' && plain) {
    if ('percent' in cell) return `<c r="${ref}" s="${STYLE.percent}"><v>${cell.percent}</v></c>`;
    if ('day' in cell && cell.day >= FIRST_SERIAL) {
      return `<c r="${ref}" s="${STYLE.day}"><v>${61 + daysBetween(FIRST_SERIAL, cell.day)}</v></c>`;
    }
  }
  const text = escapeXml(cellText(cell).slice(0, LONGEST_CELL));
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

const rowXml = (row: number, cells: readonly Cell[], style: number, more = ''): string =>
  `<row r="${row}"${more}>${cells.map((c, i) => cellXml(`${columnLetter(i + 1)}${row}`, c, style)).join('')}</row>`;

function validation({ choices, hint, title }: SheetColumn, range: string): string {
  const list = choices?.join(',');
  // What a list may say in place is bounded; longer ones are explained in the notes.
  const fits = list !== undefined && list.length <= 250 && !choices!.some((c) => /[",]/.test(c));
  if (!fits && hint === undefined) return '';
  const prompt =
    hint === undefined
      ? ''
      : ` showInputMessage="1" promptTitle="${escapeXml(title.slice(0, 32))}" prompt="${escapeXml(hint.slice(0, 255))}"`;
  const attributes = `allowBlank="1" showErrorMessage="1"${prompt} sqref="${range}"`;
  if (!fits) return `<dataValidation ${attributes}/>`;
  return `<dataValidation type="list" ${attributes}><formula1>"${escapeXml(list)}"</formula1></dataValidation>`;
}

/** Rows above the data: title, lines, header. */
export const headRows = (layout: SheetLayout): number => 1 + layout.lines.length + 1;

const LINE_HEIGHT = 15;
/** What a spreadsheet allows. */
const HIGHEST = 405;
const DEFAULT_WIDTH = 16;

/** How many lines the text takes in a column; a Chinese character is twice as wide, and lines do not break everywhere. */
function linesOf(text: string, width: number): number {
  const room = width - 1;
  if (text.length * 2 <= room && !text.includes('\n')) return 1;
  let lines = 0;
  for (const line of text.split('\n')) {
    let length = 0;
    for (let i = 0; i < line.length; i += 1) length += line.charCodeAt(i) > 0xff ? 2 : 1;
    lines += length <= room ? 1 : Math.ceil((length * 1.1) / room);
  }
  return lines;
}

/** High enough for the longest text in its column: not every program works that out when it opens the file. */
const heightFor = (columns: readonly SheetColumn[], cells: readonly Cell[], least = 1): number => {
  const lines = cells.map((cell, i) => linesOf(cellText(cell), columns[i]?.width ?? DEFAULT_WIDTH));
  return Math.min(HIGHEST, LINE_HEIGHT * Math.max(least, ...lines));
};

/** A line across all columns: the others are written too, or they would show the frame of their column. */
const across = (text: string, columns: readonly SheetColumn[]): Cell[] =>
  columns.map((_, i) => (i === 0 ? text : null));

function headXml(layout: SheetLayout): string {
  const { columns, title, lines } = layout;
  const titles = columns.map((c) => c.title);
  const top = headRows(layout);
  const cols = columns
    .map(
      ({ width = DEFAULT_WIDTH }, i) =>
        `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${STYLE.text}" customWidth="1"/>`,
    )
    .join('');
  return [
    `${HEAD}<worksheet ${MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<sheetFormatPr defaultRowHeight="15"/><cols>${cols}</cols><sheetData>`,
    rowXml(1, across(title, columns), STYLE.title, ' ht="30" customHeight="1"'),
    ...lines.map((line, i) => rowXml(i + 2, across(line, columns), STYLE.line)),
    rowXml(top, titles, STYLE.head, ` ht="${heightFor(columns, titles, 2)}" customHeight="1"`),
  ].join('');
}

function tailXml(layout: SheetLayout): string {
  const { columns, lines, prepared = 0 } = layout;
  const last = columnLetter(columns.length);
  const merges =
    columns.length > 1 ? [1, ...lines.map((_, i) => i + 2)].map((r) => `<mergeCell ref="A${r}:${last}${r}"/>`) : [];
  const from = headRows(layout) + 1;
  const validations =
    prepared === 0
      ? []
      : columns
          .map((c, i) => validation(c, `${columnLetter(i + 1)}${from}:${columnLetter(i + 1)}${from + prepared - 1}`))
          .filter((v) => v !== '');
  return [
    '</sheetData>',
    merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : '',
    validations.length > 0
      ? `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`
      : '',
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    '<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>',
  ].join('');
}

/** The sheet as a stream; tells how far it went. */
async function* sheetXml(
  layout: SheetLayout,
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
  ended: (lastRow: number) => void,
): AsyncIterable<Buffer> {
  let row = headRows(layout);
  const { wrapped, columns } = layout;
  const dataXml = (cells: readonly Cell[]): string =>
    wrapped
      ? rowXml((row += 1), cells, STYLE.wrapped, ` ht="${heightFor(columns, cells)}"`)
      : rowXml((row += 1), cells, STYLE.text);
  yield Buffer.from(headXml(layout));
  for (const cells of layout.examples ?? []) yield Buffer.from(rowXml((row += 1), cells, STYLE.example));
  for await (const batch of batches) {
    if (row + batch.length >= MOST_ROWS) {
      yield Buffer.from(rowXml((row += 1), ['超过工作表的行数上限，其余各行请用 CSV 导出。'], STYLE.line));
      break;
    }
    yield Buffer.from(batch.map(dataXml).join(''));
  }
  ended(row);
  yield Buffer.from(tailXml(layout));
}

function notesXml(notes: readonly string[]): string {
  const rows = notes.map((note, i) => rowXml(i + 1, [note], STYLE.note)).join('');
  return `${HEAD}<worksheet ${MAIN}><cols><col min="1" max="1" width="110" customWidth="1"/></cols><sheetData>${rows}</sheetData></worksheet>`;
}

const NOTES = '填表说明';

function workbookXml(layout: SheetLayout, lastRow: number): string {
  const sheet = `'${layout.sheet.replace(/'/g, "''")}'`;
  const right = columnLetter(layout.columns.length);
  const area = `${sheet}!$A$1:$${right}$${Math.max(lastRow, headRows(layout))}`;
  const names = [
    `<definedName name="_xlnm.Print_Area" localSheetId="0">${escapeXml(area)}</definedName>`,
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">${escapeXml(`${sheet}!$1:$${headRows(layout)}`)}</definedName>`,
  ];
  const second = layout.notes ? `<sheet name="${NOTES}" sheetId="2" r:id="rId2"/>` : '';
  return `${HEAD}<workbook ${MAIN} xmlns:r="${REL}"><sheets><sheet name="${escapeXml(layout.sheet)}" sheetId="1" r:id="rId1"/>${second}</sheets><definedNames>${names.join('')}</definedNames></workbook>`;
}

function partsOf(layout: SheetLayout): Record<string, string> {
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${REL}/${kind}" Target="${target}"/>`;
  const notes = layout.notes !== undefined;
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook', 'sheet.main')}${type('worksheets/sheet1', 'worksheet')}${notes ? type('worksheets/sheet2', 'worksheet') : ''}${type('styles', 'styles')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${notes ? relation(2, 'worksheet', 'worksheets/sheet2.xml') : ''}${relation(3, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': STYLES,
    ...(layout.notes ? { 'xl/worksheets/sheet2.xml': notesXml(layout.notes) } : {}),
  };
}

/** An .xlsx file as a stream, made while rows arrive; memory does not grow with their number. */
export function writeXlsx(layout: SheetLayout, batches: AsyncIterable<readonly (readonly Cell[])[]>): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  for (const [name, text] of Object.entries(partsOf(layout))) zip.addBuffer(Buffer.from(text), name);
  let lastRow = 0;
  const give = (source: () => Readable) => (cb: (error: unknown, stream: NodeJS.ReadableStream) => void) => {
    const stream = source();
    // yazl does not hand faults of its sources on.
    stream.once('error', (error) => out.destroy(error));
    out.once('close', () => stream.destroy());
    cb(null, stream);
  };
  const sheet = () => Readable.from(sheetXml(layout, batches, (row) => (lastRow = row)));
  zip.addReadStreamLazy('xl/worksheets/sheet1.xml', give(sheet));
  // After the sheet, since the print area is known only then.
  zip.addReadStreamLazy(
    'xl/workbook.xml',
    give(() => Readable.from([Buffer.from(workbookXml(layout, lastRow))])),
  );
  zip.end();
  return out;
}
