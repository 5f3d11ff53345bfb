import { DocumentError } from './errors';
import { breakLines, type Measure } from './line-breaking';
import type { DocumentBlock, DocumentSpec, SignaturePlace, TableRow } from './spec';

/** A line of text at its baseline. Points, origin at the lower left corner of the page. */
export interface PlacedText {
  x: number;
  y: number;
  size: number;
  text: string;
}

export interface PlacedRule {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Lower left and upper right corner. */
export type Rectangle = readonly [number, number, number, number];

export interface PlacedField {
  name: string;
  /** Counted from 0. */
  page: number;
  rectangle: Rectangle;
}

export interface LaidOutPage {
  texts: PlacedText[];
  rules: PlacedRule[];
}

export interface LaidOutDocument {
  width: number;
  height: number;
  pages: LaidOutPage[];
  fields: PlacedField[];
}

const PAGE = { width: 595.28, height: 841.89, left: 74, right: 74, top: 76, bottom: 84 };
const COLUMN = PAGE.width - PAGE.left - PAGE.right;
const TITLE = { size: 20, leading: 30, after: 8 };
const SUBTITLE = { size: 12, leading: 19, after: 12 };
const HEADING = { size: 13, leading: 22, before: 10, after: 4 };
const BODY = { size: 12, leading: 21, after: 6 };
const TABLE = { size: 11, leading: 17, keyWidth: 128, padding: 6, after: 10 };
const SIGNATURE = { size: 11, leading: 17, width: 204, height: 72, gap: 12, before: 10 };
const FOOT = { size: 9, leading: 13, y: 30, noticeLines: 3 };

// The baseline stands this share of the leading above the line's lower edge, which centres ideographs in the line.
const BASELINE = 0.3;

interface Cursor {
  pages: LaidOutPage[];
  fields: PlacedField[];
  /** Upper edge of what comes next. */
  y: number;
  measure: Measure;
}

interface LineStyle {
  size: number;
  leading: number;
}

/** Breaks the paper into lines and pages and says where everything stands. Pure: same input, same answer. */
export function layOut(spec: DocumentSpec, measure: Measure): LaidOutDocument {
  const cursor: Cursor = { pages: [], fields: [], y: 0, measure };
  newPage(cursor);
  centred(cursor, spec.title, TITLE, TITLE.after);
  if (spec.subtitle) centred(cursor, spec.subtitle, SUBTITLE, SUBTITLE.after);
  for (const block of spec.blocks) placeBlock(cursor, block);
  cursor.y -= spec.signatures.length > 0 ? SIGNATURE.before : 0;
  for (const place of spec.signatures) placeSignature(cursor, place);
  cursor.pages.forEach((page, index) => placeFoot(page, index + 1, cursor, spec.notice));
  return { width: PAGE.width, height: PAGE.height, pages: cursor.pages, fields: cursor.fields };
}

function newPage(cursor: Cursor): void {
  cursor.pages.push({ texts: [], rules: [] });
  cursor.y = PAGE.height - PAGE.top;
}

const pageOf = (cursor: Cursor): LaidOutPage => cursor.pages[cursor.pages.length - 1]!;

const roomLeft = (cursor: Cursor): number => cursor.y - PAGE.bottom;

function need(cursor: Cursor, height: number): void {
  if (roomLeft(cursor) < height) newPage(cursor);
}

/** Lines for a column of `width` points at this size. */
function linesFor(cursor: Cursor, text: string, width: number, size: number, firstIndent = 0): string[] {
  return breakLines(text, cursor.measure, { width: (width / size) * 1000, firstIndent });
}

function line(cursor: Cursor, text: string, x: number, style: LineStyle): void {
  need(cursor, style.leading);
  cursor.y -= style.leading;
  if (text !== '') pageOf(cursor).texts.push({ x, y: cursor.y + style.leading * BASELINE, size: style.size, text });
}

function centred(cursor: Cursor, text: string, style: LineStyle, after: number): void {
  for (const one of linesFor(cursor, text, COLUMN, style.size)) {
    const width = (cursor.measure(one) * style.size) / 1000;
    line(cursor, one, (PAGE.width - width) / 2, style);
  }
  cursor.y -= after;
}

function placeBlock(cursor: Cursor, block: DocumentBlock): void {
  switch (block.kind) {
    case 'heading': {
      cursor.y -= HEADING.before;
      const lines = linesFor(cursor, block.text, COLUMN, HEADING.size);
      // A heading stays with the first two lines of what follows.
      need(cursor, Math.min(lines.length * HEADING.leading + 2 * BODY.leading, PAGE.height / 2));
      for (const one of lines) line(cursor, one, PAGE.left, HEADING);
      cursor.y -= HEADING.after;
      return;
    }
    case 'paragraph':
      for (const text of block.text.split('\n')) placeParagraph(cursor, text, block.indented === false ? 0 : 2000);
      return;
    case 'table':
      for (const row of block.rows) placeRow(cursor, row);
      cursor.y -= TABLE.after;
      return;
    default:
      block satisfies never;
  }
}

/** `indent` in thousandths of the type size. */
function placeParagraph(cursor: Cursor, text: string, indent: number): void {
  const lines = linesFor(cursor, text, COLUMN, BODY.size, indent);
  lines.forEach((one, index) => {
    line(cursor, one, PAGE.left + (index === 0 ? (indent / 1000) * BODY.size : 0), BODY);
  });
  cursor.y -= BODY.after;
}

/** A row stays on one page where it can; a longer one goes on overleaf, each part in its own frame. */
function placeRow(cursor: Cursor, row: TableRow): void {
  const valueWidth = COLUMN - TABLE.keyWidth;
  const keys = linesFor(cursor, row.key, TABLE.keyWidth - 2 * TABLE.padding, TABLE.size);
  const values = linesFor(cursor, row.value, valueWidth - 2 * TABLE.padding, TABLE.size);
  const count = Math.max(keys.length, values.length);
  const heightOf = (lines: number): number => lines * TABLE.leading + 2 * TABLE.padding;
  const wholePage = PAGE.height - PAGE.top - PAGE.bottom;
  need(cursor, Math.min(heightOf(count), wholePage));
  for (let from = 0; from < count;) {
    const fitting = Math.floor((roomLeft(cursor) - 2 * TABLE.padding) / TABLE.leading);
    const taken = Math.min(count - from, fitting);
    const top = cursor.y;
    cursor.y -= TABLE.padding;
    for (let index = from; index < from + taken; index += 1) {
      const y = cursor.y - TABLE.leading * (1 - BASELINE);
      const put = (text: string | undefined, x: number): void => {
        if (text) pageOf(cursor).texts.push({ x: x + TABLE.padding, y, size: TABLE.size, text });
      };
      put(keys[index], PAGE.left);
      put(values[index], PAGE.left + TABLE.keyWidth);
      cursor.y -= TABLE.leading;
    }
    cursor.y -= TABLE.padding;
    frameRow(cursor, top);
    from += taken;
    if (from < count) newPage(cursor);
  }
}

function frameRow(cursor: Cursor, top: number): void {
  const divider = PAGE.left + TABLE.keyWidth;
  frame(pageOf(cursor), [PAGE.left, cursor.y, PAGE.width - PAGE.right, top]);
  pageOf(cursor).rules.push({ x1: divider, y1: top, x2: divider, y2: cursor.y });
}

function frame({ rules }: LaidOutPage, [left, bottom, right, top]: Rectangle): void {
  for (const y of [top, bottom]) rules.push({ x1: left, y1: y, x2: right, y2: y });
  for (const x of [left, right]) rules.push({ x1: x, y1: top, x2: x, y2: bottom });
}

/** Name and role at the left, the place for the visible signature at the right; never parted by a page end. */
function placeSignature(cursor: Cursor, place: SignaturePlace): void {
  const textWidth = COLUMN - SIGNATURE.width - SIGNATURE.gap;
  const lines = [
    ...linesFor(cursor, place.role, textWidth, SIGNATURE.size),
    ...linesFor(cursor, place.name, textWidth, SIGNATURE.size),
  ];
  const height = Math.max(SIGNATURE.height, lines.length * SIGNATURE.leading);
  need(cursor, height + SIGNATURE.gap);
  const top = cursor.y;
  lines.forEach((text, index) => {
    const y = top - (index + 1 - BASELINE) * SIGNATURE.leading;
    pageOf(cursor).texts.push({ x: PAGE.left, y, size: SIGNATURE.size, text });
  });
  const right = PAGE.width - PAGE.right;
  const left = right - SIGNATURE.width;
  const bottom = top - SIGNATURE.height;
  frame(pageOf(cursor), [left, bottom, right, top]);
  cursor.fields.push({ name: place.field, page: cursor.pages.length - 1, rectangle: [left, bottom, right, top] });
  cursor.y = top - height - SIGNATURE.gap;
}

function placeFoot(page: LaidOutPage, number: number, cursor: Cursor, notice: string | undefined): void {
  const centre = (text: string, y: number): void => {
    const width = (cursor.measure(text) * FOOT.size) / 1000;
    page.texts.push({ x: (PAGE.width - width) / 2, y, size: FOOT.size, text });
  };
  centre(`第 ${number} 页 共 ${cursor.pages.length} 页`, FOOT.y);
  if (!notice) return;
  const lines = linesFor(cursor, notice, COLUMN, FOOT.size);
  if (lines.length > FOOT.noticeLines) {
    throw new DocumentError('notice-too-long', `页脚提示超过${FOOT.noticeLines}行，无法制作文件`, {
      pointer: '/notice',
    });
  }
  lines.forEach((text, index) => centre(text, FOOT.y + (lines.length - index) * FOOT.leading));
}
