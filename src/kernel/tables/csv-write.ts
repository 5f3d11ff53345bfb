import type { Cell } from './cells';

/** What a spreadsheet would run as a formula. A plain negative or signed number is none. */
const RUNS = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?%?$/;

/** One field: quoted where needed, and with an apostrophe before what would run as a formula. */
export function csvField(text: string): string {
  const safe = RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** How a cell reads as text. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (typeof cell !== 'object') return String(cell);
  if ('day' in cell) return cell.day;
  return 'percent' in cell ? `${+(cell.percent * 100).toFixed(6)}%` : cell.fault;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map((c) => csvField(cellText(c))).join(',')}\r\n`;

/** Without it, spreadsheets in Chinese take the file for GB 18030. */
export const BYTE_ORDER_MARK = '\ufeff';
