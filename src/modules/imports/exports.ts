import { Download } from '../../kernel/http/endpoint';
import type { Page } from '../../kernel/http/page';
import { chineseDate, legalDateOf } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import { mediaTypes, writeTable, type Cell, type SheetColumn, type TableFormat } from '../../kernel/tables';
import type { ImportColumn } from './columns';

/** What stands above an exported list. */
export interface ExportFrame {
  title: string;
  /** 单位: the authority. */
  unit: string;
  /** 制表人: the role's account, by name. */
  maker: string;
}

const WIDTHS: Readonly<Record<ImportColumn['kind'], number>> = {
  text: 12,
  lines: 17,
  code: 21,
  day: 12,
  choice: 12,
  choices: 14,
  'yes-no': 8,
};
const WIDEST = 22;

/** A column of a list on paper: narrow, so that all of them fit A4 across in letters that can be read. */
export const listColumn = ({ title, kind, width }: ImportColumn): SheetColumn => ({
  title,
  // A code is not broken over lines: the longest, of a licence, has 23 digits.
  width: kind === 'lines' ? WIDTHS.lines : Math.min(width ?? WIDTHS[kind], kind === 'code' ? 25 : WIDEST),
});

const PAGE = 200;

async function* pages<T>(list: (cursor: string | undefined, limit: number) => Promise<Page<T>>): AsyncIterable<T[]> {
  let cursor: string | undefined;
  do {
    const page = await list(cursor, PAGE);
    if (page.items.length > 0) yield page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/**
 * A list as a file: page by page through the very function that answers the list route, so that filters and reach are
 * the same, and no more than one page is in memory.
 */
export function exportTable<T>(
  format: TableFormat,
  frame: ExportFrame,
  columns: readonly SheetColumn[],
  source: {
    clock: Clock;
    list(cursor: string | undefined, limit: number): Promise<Page<T>>;
    cells(items: readonly T[]): Promise<Cell[][]>;
  },
): Download {
  const day = legalDateOf(source.clock.now());
  async function* batches(): AsyncIterable<Cell[][]> {
    for await (const items of pages(source.list)) yield await source.cells(items);
  }
  const layout = {
    sheet: frame.title.slice(0, 31),
    title: frame.title,
    lines: [`单位：${frame.unit}`, `制表人：${frame.maker}；日期：${chineseDate(day)}`],
    columns,
    wrapped: true,
  };
  return new Download(writeTable(format, layout, batches()), mediaTypes[format], `${frame.title}${day}.${format}`);
}
