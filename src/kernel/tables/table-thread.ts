import { Worker } from 'node:worker_threads';
import { builtFile } from '../workers/built-file';
import { TableFault, type TableRow } from './cells';
import type { MarkOrder } from './marks';
import type { SheetStart, TableForm } from './table-file';
import type { TableOrder, TableReply } from './table-worker';

const MEMORY_MB = 384;
/** In one process; imports under way take two at most, so that looks at new files and returned sheets have theirs. */
const MOST_THREADS = 4;

let open = 0;
const waiting: (() => void)[] = [];

/** Waits for a place; many uploads at once must not take the memory of many threads. */
async function openThread(order: TableOrder): Promise<TableThread> {
  if (open >= MOST_THREADS) await new Promise<void>((go) => waiting.push(go));
  else open += 1;
  try {
    return new TableThread(order);
  } catch (error) {
    freePlace();
    throw error;
  }
}

/** Hands the place on. */
function freePlace(): void {
  const next = waiting.shift();
  if (next) next();
  else open -= 1;
}

/** One thread for one order; its replies in the order they come. */
class TableThread {
  private readonly worker: Worker;
  private readonly arrived: (TableReply | Error)[] = [];
  private waiting: (() => void) | undefined;

  constructor(order: TableOrder) {
    this.worker = new Worker(builtFile(__dirname, 'table-worker'), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.worker.on('message', (reply: TableReply) => this.take(reply));
    this.worker.on('error', (error) => this.take(error));
    this.worker.on('exit', () => this.take(new Error('the table thread ended early')));
  }

  ask(): void {
    this.worker.postMessage('more');
  }

  async reply(): Promise<TableReply> {
    while (this.arrived.length === 0) await new Promise<void>((go) => (this.waiting = go));
    const reply = this.arrived.shift()!;
    if (reply instanceof Error) throw reply;
    if ('fault' in reply) throw new TableFault(reply.fault.code, reply.fault.detail, reply.fault.row);
    if ('failed' in reply) throw Object.assign(new Error(reply.failed.message), { cause: reply.failed.stack });
    return reply;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
    freePlace();
  }

  private take(reply: TableReply | Error): void {
    this.arrived.push(reply);
    this.waiting?.();
  }
}

/** Looks at a file in a thread of its own; throws TableFault. */
export async function inspectInThread(file: string): Promise<SheetStart[]> {
  const thread = await openThread({ order: 'inspect', file });
  try {
    const reply = await thread.reply();
    if (!('starts' in reply)) throw new Error('the table thread gave another answer');
    return reply.starts;
  } finally {
    await thread.end();
  }
}

/** Rows of a table from a row on, read in a thread of its own, one batch ahead. Throws TableFault. */
export async function* rowsInThread(file: string, form: TableForm, from = 1): AsyncIterable<TableRow[]> {
  const thread = await openThread({ order: 'read', file, form, from });
  try {
    thread.ask();
    for (;;) {
      const reply = await thread.reply();
      if ('end' in reply) return;
      if (!('rows' in reply)) throw new Error('the table thread gave another answer');
      thread.ask();
      yield reply.rows;
    }
  } finally {
    await thread.end();
  }
}

/** Writes the marked copy of a table in a thread of its own; throws TableFault. */
export async function markInThread(order: MarkOrder): Promise<void> {
  const thread = await openThread({ order: 'mark', ...order });
  try {
    await thread.reply();
  } finally {
    await thread.end();
  }
}
