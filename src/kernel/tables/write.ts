import { Readable } from 'node:stream';
import type { Cell } from './cells';
import { BYTE_ORDER_MARK, csvLine } from './csv-write';
import type { SheetLayout } from './layout';
import { writeXlsx } from './xlsx-write';

export const tableFormats = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

export const mediaTypes: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

async function* csvText(
  layout: SheetLayout,
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncIterable<string> {
  const head = [[layout.title], ...layout.lines.map((line) => [line]), layout.columns.map((c) => c.title)];
  yield BYTE_ORDER_MARK + [...head, ...(layout.examples ?? [])].map(csvLine).join('');
  for await (const batch of batches) yield batch.map(csvLine).join('');
}

export async function* noRows(): AsyncIterable<Cell[][]> {
  // Nothing: a template.
}

/** A table as a file, streamed. */
export const writeTable = (
  format: TableFormat,
  layout: SheetLayout,
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): Readable =>
  format === 'xlsx' ? writeXlsx(layout, batches) : Readable.from(csvText(layout, batches), { objectMode: false });
