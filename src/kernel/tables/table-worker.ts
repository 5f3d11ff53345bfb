import { parentPort, workerData } from 'node:worker_threads';
import { TableFault, type TableRow } from './cells';
import { markTable } from './mark';
import type { MarkOrder } from './marks';
import { inspectTable, rowsOfTable, type SheetStart, type TableForm } from './table-file';

// Runs in a worker thread of its own: unpacking and parsing would hold up everybody else. Rows go over in batches, and
// only as many as were asked for, so that a slow reader keeps the memory of both sides flat.

export type TableOrder =
  | { order: 'inspect'; file: string }
  | { order: 'read'; file: string; form: TableForm; from: number }
  | ({ order: 'mark' } & MarkOrder);

export type TableReply =
  | { starts: SheetStart[] }
  | { rows: TableRow[] }
  | { end: true }
  | { fault: { code: TableFault['code']; detail: string; row?: number } }
  | { failed: { message: string; stack?: string } };

const BATCH = 1000;

const port = parentPort!;
const say = (reply: TableReply): void => port.postMessage(reply);

let credit = 0;
let wake: (() => void) | undefined;
port.on('message', () => {
  credit += 1;
  wake?.();
});

/** Resolves when the next batch is wanted. */
async function wanted(): Promise<void> {
  while (credit === 0) await new Promise<void>((go) => (wake = go));
  credit -= 1;
}

async function* batchesFrom(file: string, form: TableForm, from: number): AsyncIterable<TableRow[]> {
  let batch: TableRow[] = [];
  for await (const rows of rowsOfTable(file, form)) {
    for (const row of rows) {
      if (row.row < from) continue;
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function obey(order: TableOrder): Promise<void> {
  if (order.order === 'inspect') return say({ starts: await inspectTable(order.file) });
  if (order.order === 'mark') await markTable(order);
  else {
    for await (const rows of batchesFrom(order.file, order.form, order.from)) {
      await wanted();
      say({ rows });
    }
    await wanted();
  }
  say({ end: true });
}

obey(workerData as TableOrder).catch((error: unknown) => {
  if (error instanceof TableFault) say({ fault: { code: error.code, detail: error.detail, row: error.row } });
  else {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    say({ failed: { message, stack } });
  }
});
