import fs from 'node:fs';
import readline from 'node:readline';
import type { TableForm } from './table-file';

/** What is said of one row, and which of its columns (from 0) are at fault. */
export interface RowMark {
  row: number;
  text: string;
  columns: number[];
}

export interface MarkOrder {
  file: string;
  form: TableForm;
  /** One RowMark a line, rows ascending; a table may have a million, so they come as a file. */
  marks: string;
  /** Row of the header, and the place (from 0) of the column that is added. */
  header: number;
  place: number;
  title: string;
  /** Where the marked copy is written. */
  out: string;
}

/** Marks in the order of rows, one step behind the reader. */
export class MarkReader {
  private readonly lines: AsyncIterator<string>;
  private next: RowMark | undefined;
  private ended = false;
  private buffer: RowMark[] = [];

  constructor(file: string) {
    const input = fs.createReadStream(file);
    this.lines = readline.createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  }

  /** Reads on until marks up to this row are in memory; then `at` answers without waiting. */
  async reach(row: number): Promise<void> {
    while (!this.ended && (this.next === undefined || this.next.row <= row)) {
      const line = await this.lines.next();
      if (line.done) this.ended = true;
      else {
        this.next = JSON.parse(line.value) as RowMark;
        this.buffer.push(this.next);
      }
    }
  }

  at(row: number): RowMark | undefined {
    while (this.buffer.length > 0 && this.buffer[0]!.row < row) this.buffer.shift();
    return this.buffer[0]?.row === row ? this.buffer[0] : undefined;
  }
}
