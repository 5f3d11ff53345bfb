import type { Cell, TableForm } from '../../kernel/tables';
import { readDayNumber, readDayText, type ReadDay } from '../../kernel/pure/written-days';
import { tidyLine, tidyText } from '../../kernel/pure/text';
import { addDays, addMonths, type LegalDate } from '../../kernel/pure/time';

/** One column of a sheet that people fill in. */
export interface ImportColumn {
  /** Name of the field. */
  key: string;
  /** The header we write, and what else people call it; English too. */
  title: string;
  also?: readonly string[];
  required?: boolean;
  kind: 'text' | 'lines' | 'code' | 'day' | 'choice' | 'choices' | 'yes-no';
  max?: number;
  /** Of choices: the value, the word of the glossary, and other words for it. */
  words?: readonly (readonly [value: string, word: string, ...also: string[]])[];
  /** What a month without a day means; by default it is not enough. */
  month?: 'first' | 'last';
  /** Never repeated in a fault, nor stored in the open. */
  secret?: boolean;
  /** Judges what was read, where form alone is not enough; a fault never repeats a secret. */
  check?(text: string): { value: string } | { fault: string };
  hint?: string;
  example?: string;
  width?: number;
}

export type Value = string | boolean | readonly string[] | null;
export type Values = Readonly<Record<string, Value>>;

type ReadCell = { value: Value } | { fault: string };

const fault = (text: string): ReadCell => ({ fault: text });

/** What a person meant: full width narrowed, white space of every kind single. */
const narrowed = (text: string): string => tidyLine(text).normalize('NFKC').trim();

const LOST =
  '单元格是数字格式：15 位以后的数字和开头的 0 已经丢失。请把该列设为“文本”格式，重新填写号码（粘贴后补上丢失的数字）。';
const SCIENTIFIC = '号码显示为科学计数法，数字已经丢失。请把该列设为“文本”格式，按证件重新填写。';

function readCode(cell: Cell): ReadCell {
  if (typeof cell !== 'string') return fault(LOST);
  const text = narrowed(cell);
  return /^[+-]?\d+(\.\d+)?E[+-]?\d+$/i.test(text) ? fault(SCIENTIFIC) : { value: text };
}

const MOST_EXACT = 999_999_999_999_999;

/** Any cell as text; numbers as a person reads them. */
function textOf(cell: Cell): string | { fault: string } {
  if (typeof cell === 'number') {
    return Math.abs(cell) > MOST_EXACT ? { fault: LOST } : String(cell);
  }
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (typeof cell !== 'object' || cell === null) return cell ?? '';
  if ('day' in cell) return cell.monthOnly ? cell.day.slice(0, 7) : cell.day;
  return 'percent' in cell ? `${+(cell.percent * 100).toFixed(6)}%` : { fault: cell.fault };
}

function readText(column: ImportColumn, cell: Cell): ReadCell {
  const text = textOf(cell);
  if (typeof text !== 'string') return text;
  const kept = column.kind === 'lines' ? tidyText(text) : tidyLine(text);
  if (column.max !== undefined && kept.length > column.max) return fault(`过长，上限 ${column.max} 字。`);
  return { value: kept === '' ? null : kept };
}

const lastOfMonth = (first: LegalDate): LegalDate => addDays(addMonths(first, 1), -1);

function readDay(column: ImportColumn, cell: Cell, form: TableForm): ReadCell {
  let read: ReadDay;
  if (typeof cell === 'number') read = readDayNumber(cell, form.format === 'xlsx' && form.date1904);
  else if (typeof cell === 'object' && cell !== null && 'day' in cell) read = cell;
  else {
    const text = textOf(cell);
    if (typeof text !== 'string') return text;
    const kept = narrowed(text);
    // A CSV file has no date systems: a bare number can only come from a sheet of the usual one.
    read = form.format === 'csv' && /^\d{5}$/.test(kept) ? readDayNumber(Number(kept), false) : readDayText(kept);
  }
  if ('fault' in read) return fault(read.fault);
  if (!read.monthOnly) return { value: read.day };
  if (column.month === undefined) return fault('只写到月；这一列须写到日，例如 2024-04-01。');
  return { value: column.month === 'first' ? read.day : lastOfMonth(read.day) };
}

const wordKey = (text: string): string => narrowed(text).toLowerCase().replace(/\s/g, '');

function readWord(column: ImportColumn, text: string): ReadCell {
  const key = wordKey(text);
  const found = column.words!.find((all) => all.some((word) => wordKey(word) === key));
  if (found) return { value: found[0] };
  return fault(`只能填写：${column.words!.map(([, word]) => word).join('、')}。`);
}

function readWords(column: ImportColumn, text: string): ReadCell {
  const values: string[] = [];
  for (const part of text.split(/[、,，;；/／\s]+/).filter((p) => p !== '')) {
    const read = readWord(column, part);
    if ('fault' in read) return read;
    values.push(read.value as string);
  }
  // In the order of the glossary, each once.
  return { value: column.words!.map(([value]) => value).filter((value) => values.includes(value)) };
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  是: true,
  有: true,
  对: true,
  y: true,
  yes: true,
  true: true,
  '1': true,
  '√': true,
  否: false,
  无: false,
  不是: false,
  没有: false,
  n: false,
  no: false,
  false: false,
  '0': false,
  '×': false,
};

function readTruth(text: string): ReadCell {
  const value = TRUTHS[wordKey(text)];
  return value === undefined ? fault('只能填写：是、否。') : { value };
}

function readFilled(column: ImportColumn, cell: Cell, form: TableForm): ReadCell {
  if (typeof cell === 'object' && cell !== null && 'fault' in cell) return fault(cell.fault);
  if (column.kind === 'code') return readCode(cell);
  if (column.kind === 'day') return readDay(column, cell, form);
  if (column.kind === 'text' || column.kind === 'lines') return readText(column, cell);
  const text = textOf(cell);
  if (typeof text !== 'string') return text;
  if (column.kind === 'yes-no') return readTruth(text);
  return column.kind === 'choice' ? readWord(column, text) : readWords(column, text);
}

export const isUnfilled = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && tidyLine(cell) === '');

/** Reads one cell as its column wants it; a blank one is null. */
export function readCell(column: ImportColumn, cell: Cell | undefined, form: TableForm): ReadCell {
  if (isUnfilled(cell)) return column.required ? fault('必填。') : { value: column.kind === 'choices' ? [] : null };
  const read = readFilled(column, cell!, form);
  if ('fault' in read || typeof read.value !== 'string' || !column.check) return read;
  return column.check(read.value);
}

/** The word by which a value is shown. */
export const wordOf = (column: ImportColumn, value: string): string =>
  column.words?.find(([v]) => v === value)?.[1] ?? value;
