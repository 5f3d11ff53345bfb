import { nameKey, tidyLine } from '../../kernel/pure/text';
import { judgeCreditCode } from '../organisations/core/credit-code';
import { judgeLicence } from './core/licence-number';
import { provinceCodeOf } from './core/provinces';
import { importColumns, type ImportColumn, type RowFault } from './imports.contract';
import type { ListStatus, SizeClass } from './fields.contract';
import { isSameMine, type KnownMine } from './mines.rules';

const required: readonly ImportColumn[] = ['mine_name', 'province'];

const statuses: Readonly<Record<string, ListStatus>> = {
  'on list': 'on-list',
  'on-list': 'on-list',
  在名录: 'on-list',
  correction: 'correction',
  整改: 'correction',
  整改中: 'correction',
  'public notice': 'public-notice',
  'public-notice': 'public-notice',
  公示: 'public-notice',
  removed: 'removed',
  移出: 'removed',
  已移出: 'removed',
};

const sizes: Readonly<Record<string, SizeClass>> = {
  large: 'large',
  medium: 'medium',
  small: 'small',
  大型: 'large',
  中型: 'medium',
  小型: 'small',
};

const longest: Readonly<Partial<Record<ImportColumn, number>>> = {
  mine_name: 200,
  list: 100,
  note: 500,
  source_url: 200,
};

export const isBlank = (cells: readonly string[]): boolean => cells.every((c) => tidyLine(c) === '');

/** Faults of the header; row 1. */
export function judgeHeader(cells: readonly string[]): RowFault[] {
  const names = cells.map(tidyLine);
  const faults: RowFault[] = [];
  const say = (column: string | null, reason: string): void => void faults.push({ row: 1, column, reason });
  if (names.length === 1 && /[;\t]/.test(cells[0]!)) say(null, '列之间应以逗号分隔；请另存为“CSV UTF-8（逗号分隔）”。');
  for (const column of required) if (!names.includes(column)) say(column, '缺少这一列。');
  names.forEach((name, i) => {
    if (!(importColumns as readonly string[]).includes(name))
      say(name, `没有这一列；可用的列：${importColumns.join('、')}。`);
    else if (names.indexOf(name) < i) say(name, '这一列重复出现。');
  });
  return faults;
}

/** A row as far as it can be judged alone; the operator is still a code. */
export interface ImportRow {
  row: number;
  name: string;
  nameKey: string;
  provinceCode: string;
  list: string | null;
  status: ListStatus | null;
  note: string | null;
  sourceUrl: string | null;
  licenceNumber: string | null;
  operatorCode: string | null;
  sizeClass: SizeClass | null;
}

type Cells = Readonly<Partial<Record<ImportColumn, string>>>;

function judgeCode(text: string): { code: string | null; reason?: string } {
  const judged = judgeCreditCode(text);
  if (judged.valid) return { code: judged.code };
  const likely = judged.likely ? `可能应为 ${judged.likely}。` : '';
  return { code: null, reason: judged.faults.map((f) => f.detail).join('') + likely };
}

function judgeCells(row: number, cells: Cells): { faults: RowFault[]; row: ImportRow } {
  const faults: RowFault[] = [];
  const say = (column: ImportColumn, reason: string): void => void faults.push({ row, column, reason });
  const text = (column: ImportColumn): string | null => {
    const kept = tidyLine(cells[column] ?? '');
    const max = longest[column];
    if (max !== undefined && kept.length > max) say(column, `过长，上限 ${max} 字。`);
    return kept === '' ? null : kept;
  };
  const word = <T>(column: ImportColumn, words: Readonly<Record<string, T>>): T | null => {
    const kept = text(column);
    if (kept === null) return null;
    const meant = Object.hasOwn(words, kept.toLowerCase()) ? words[kept.toLowerCase()] : undefined;
    if (meant === undefined) say(column, `只能填写：${Object.keys(words).join('、')}。`);
    return meant ?? null;
  };
  const name = text('mine_name') ?? '';
  if (name === '') say('mine_name', '必填。');
  const province = text('province') ?? '';
  const provinceCode = provinceCodeOf(province) ?? '';
  if (provinceCode === '') say('province', province === '' ? '必填。' : '不是省级行政区的名称或代码。');
  const licence = text('licence_number');
  const judgedLicence = licence === null ? undefined : judgeLicence(licence);
  if (judgedLicence && !judgedLicence.ok) say('licence_number', judgedLicence.reason);
  const operator = text('operator_uscc');
  const judgedOperator = operator === null ? undefined : judgeCode(operator);
  if (judgedOperator?.reason) say('operator_uscc', judgedOperator.reason);
  const judged: ImportRow = {
    row,
    name,
    nameKey: nameKey(name),
    provinceCode,
    list: text('list'),
    status: word('status', statuses),
    note: text('note'),
    sourceUrl: text('source_url'),
    licenceNumber: judgedLicence?.ok ? judgedLicence.number : null,
    operatorCode: judgedOperator?.code ?? null,
    sizeClass: word('size_class', sizes),
  };
  return { faults, row: judged };
}

/** Judges one row by itself: every fault in it, or the row. Requires a header without faults. */
export function judgeRow(
  header: readonly string[],
  row: number,
  cells: readonly string[],
): { faults: RowFault[]; row?: ImportRow } {
  if (cells.length !== header.length) {
    const reason = `这一行有 ${cells.length} 列，表头有 ${header.length} 列；含逗号的内容须加引号。`;
    return { faults: [{ row, column: null, reason }] };
  }
  const named = Object.fromEntries(header.map((column, i) => [column, cells[i]!])) as Cells;
  const judged = judgeCells(row, named);
  return judged.faults.length > 0 ? { faults: judged.faults } : judged;
}

type Mark = Pick<KnownMine, 'nameKey' | 'provinceCode' | 'licenceNumber'>;

/** Beside mines that are registered or came earlier in the file: new, the same once more, or in conflict. */
export function judgeBeside(row: ImportRow, others: readonly Mark[]): 'new' | 'same' | RowFault {
  if (others.some((o) => isSameMine(o, row))) return 'same';
  if (row.licenceNumber !== null && others.some((o) => o.licenceNumber === row.licenceNumber)) {
    const reason = `采矿许可证号 ${row.licenceNumber} 已登记为另一矿山，或已在前面的行出现。`;
    return { row: row.row, column: 'licence_number', reason };
  }
  return 'new';
}
