import { columnLetter, type Cell, type SheetStart, type TableForm } from '../../kernel/tables';
import { tidyLine } from '../../kernel/pure/text';
import type { ImportColumn } from './columns';

/** Which column of the sheet (from 0) holds which field. */
export interface Header {
  row: number;
  places: Readonly<Record<string, number>>;
  /** Headers that mean nothing here: they are told, not guessed at. */
  unknown: { place: number; title: string }[];
  /** Where an earlier return put its results. */
  result?: number;
}

/** Numbers of the lines, which every printed list has. */
const LINE_NUMBERS = ['序号', '序列', '行号', 'no', 'no.', '#', '编号', 'index'];

/** The column that we add to a sheet that is returned; on its way back it means nothing. */
export const RESULT_TITLE = '校验结果';

const squeezed = (text: string): string =>
  tidyLine(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:：_-]/g, '');

/** What a header says, with and without what stands in brackets. */
const readings = (text: string): string[] => {
  const whole = squeezed(text);
  const bare = squeezed(text.normalize('NFKC').replace(/[([【〔].*?[)\]】〕]/g, ''));
  return whole === bare || bare === '' ? [whole] : [whole, bare];
};

type Names = ReadonlyMap<string, string>;

/** Every name of every column. */
export function namesOf(columns: readonly ImportColumn[]): Names {
  const names = new Map<string, string>();
  for (const { key, title, also = [] } of columns) {
    for (const name of [title, key, ...also]) if (!names.has(squeezed(name))) names.set(squeezed(name), key);
  }
  return names;
}

const keyOf = (names: Names, text: string): string | undefined =>
  readings(text)
    .map((r) => names.get(r))
    .find((key) => key !== undefined);

const titleOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? tidyLine(cell) : '');

interface Candidate extends Header {
  score: number;
  doubled: string[];
}

function candidate(names: Names, cells: readonly Cell[], above: readonly Cell[], row: number): Candidate {
  const found: Candidate = { row, places: {}, unknown: [], score: 0, doubled: [] };
  const places: Record<string, number> = {};
  for (let place = 0; place < Math.max(cells.length, above.length); place += 1) {
    // Of a header in two rows, the lower one is the finer; where it is blank the upper one holds.
    const own = titleOf(cells[place]);
    const title = own !== '' ? own : titleOf(above[place]);
    if (title === '') continue;
    const key = keyOf(names, title);
    if (key !== undefined && places[key] === undefined) {
      places[key] = place;
      if (own !== '') found.score += 1;
    } else if (key !== undefined) found.doubled.push(title);
    else if (title === RESULT_TITLE) found.result = place;
    else if (!LINE_NUMBERS.includes(squeezed(title))) found.unknown.push({ place, title });
  }
  return { ...found, places };
}

export type HeaderFault =
  | { code: 'import.no-header'; params: { columns: string } }
  | { code: 'import.columns-missing'; params: { columns: string; sheet: string } }
  | { code: 'import.columns-doubled'; params: { columns: string } };

/** The header of a sheet: the row, below any titles, in which most names are known. */
export function headerOf(
  columns: readonly ImportColumn[],
  start: SheetStart,
): { header: Header } | { fault: HeaderFault; score: number } {
  const names = namesOf(columns);
  let best: Candidate | undefined;
  start.rows.forEach(({ row, cells }, i) => {
    const above = start.rows[i - 1];
    const found = candidate(names, cells, above?.row === row - 1 ? above.cells : [], row);
    if (found.score > (best?.score ?? 0)) best = found;
  });
  const required = columns.filter((c) => c.required);
  // A single word may stand in any title.
  if (!best || best.score < Math.min(2, columns.length)) {
    const wanted = required.map((c) => c.title).join('、');
    return { fault: { code: 'import.no-header', params: { columns: wanted } }, score: 0 };
  }
  const missing = required.filter((c) => best!.places[c.key] === undefined).map((c) => c.title);
  if (missing.length > 0) {
    const params = { columns: missing.join('、'), sheet: start.name };
    return { fault: { code: 'import.columns-missing', params }, score: best.score };
  }
  if (best.doubled.length > 0) {
    return {
      fault: { code: 'import.columns-doubled', params: { columns: best.doubled.join('、') } },
      score: best.score,
    };
  }
  const { row, places, unknown, result } = best;
  return { header: { row, places, unknown, ...(result === undefined ? {} : { result }) } };
}

export interface ChosenSheet {
  form: TableForm;
  header: Header;
  /** Sheets left aside, told in the report. */
  others: string[];
}

export type SheetFault =
  | HeaderFault
  | { code: 'import.sheet-ambiguous'; params: { sheets: string } }
  | {
      code: 'import.no-such-sheet';
      params: { sheet: string; sheets: string };
    };

/** The one visible sheet whose header fits; `wanted` names it where several do. */
export function chooseSheet(
  columns: readonly ImportColumn[],
  starts: readonly SheetStart[],
  wanted: string | undefined,
): { chosen: ChosenSheet } | { fault: SheetFault } {
  const visible = starts.filter((s) => !s.hidden);
  const looked = visible.filter((s) => wanted === undefined || s.form.format === 'csv' || s.name === wanted);
  if (looked.length === 0) {
    const sheets = visible.map((s) => s.name).join('、');
    return { fault: { code: 'import.no-such-sheet', params: { sheet: wanted ?? '', sheets } } };
  }
  const judged = looked.map((start) => ({ start, judged: headerOf(columns, start) }));
  const fitting = judged.flatMap(({ start, judged: j }) => ('header' in j ? [{ start, header: j.header }] : []));
  if (fitting.length > 1) {
    return {
      fault: { code: 'import.sheet-ambiguous', params: { sheets: fitting.map((f) => f.start.name).join('、') } },
    };
  }
  const [one] = fitting;
  if (one) {
    const others = starts.filter((s) => s !== one.start).map((s) => (s.hidden ? `${s.name}（隐藏）` : s.name));
    return { chosen: { form: one.start.form, header: one.header, others } };
  }
  const faults = judged.flatMap(({ judged: j }) => ('fault' in j ? [j] : []));
  return { fault: faults.reduce((best, f) => (f.score > best.score ? f : best)).fault };
}

export const letterOf = (place: number): string => columnLetter(place + 1);
