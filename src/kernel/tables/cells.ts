import type { WrittenDay } from '../pure/written-days';

// What a table is made of once its file format is forgotten. Safe to copy between threads.

/** A share: 0.3 under a percent format. */
export interface PercentCell {
  percent: number;
}

/** A cell that holds no value that could be read, with the reason in Chinese. */
export interface FaultCell {
  fault: string;
}

/** A number stays a number, and a day is one only where the sheet itself marks it so: whether that loses digits is for the column to judge. */
export type Cell = string | number | boolean | null | WrittenDay | PercentCell | FaultCell;

export interface TableRow {
  /** As a spreadsheet counts, from 1. */
  row: number;
  cells: Cell[];
  hidden?: boolean;
}

export type TableFaultCode =
  'old-format' | 'encrypted' | 'html' | 'macros' | 'not-a-table' | 'encoding' | 'broken' | 'hostile' | 'too-large';

/** The file cannot be read as a table; `detail` says in Chinese what is wrong and names no content. */
export class TableFault extends Error {
  constructor(
    readonly code: TableFaultCode,
    readonly detail: string,
    readonly row?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'TableFault';
  }
}

/** A file that must not be opened further: no honest program writes such. */
export const hostile = (detail: string): TableFault => new TableFault('hostile', detail);
export const broken = (detail: string, row?: number): TableFault => new TableFault('broken', detail, row);

/** Columns that are read; what stands further right must be blank. */
export const MOST_COLUMNS = 256;
/** What a spreadsheet can hold. */
export const MOST_ROWS = 1_048_576;
/** Characters in one cell, as spreadsheets have it. */
export const LONGEST_CELL = 32_767;

export const isBlankCell = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

/** 1 → A, 27 → AA. */
export function columnLetter(place: number): string {
  let letters = '';
  for (let n = place; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

/** A → 1, XFD → 16384; 0 for anything else. */
export function columnPlace(letters: string): number {
  let place = 0;
  for (let i = 0; i < letters.length; i += 1) {
    const digit = letters.charCodeAt(i) - 64;
    if (digit < 1 || digit > 26) return 0;
    place = place * 26 + digit;
  }
  return place <= 16_384 ? place : 0;
}
