import fs from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvRecords } from './csv-read';
import { BYTE_ORDER_MARK, csvField } from './csv-write';
import { MarkReader, type MarkOrder } from './marks';
import type { TableForm } from './table-file';

const padded = (cells: readonly string[], place: number): string[] => [
  ...cells.slice(0, place),
  ...Array.from({ length: Math.max(0, place - cells.length) }, () => ''),
];

/** The same rows with one more column, as UTF-8 that spreadsheets recognise. Blank rows stay, so that numbers agree. */
export async function markCsv(order: MarkOrder, form: Extract<TableForm, { format: 'csv' }>): Promise<void> {
  const marks = new MarkReader(order.marks);
  let row = 0;
  const lines = new Transform({
    writableObjectMode: true,
    transform(cells: string[], _encoding, done) {
      row += 1;
      marks
        .reach(row)
        .then(() => {
          const text = row === order.header ? order.title : (marks.at(row)?.text ?? '');
          // The place lies behind all that is filled, or holds the results of an earlier return.
          const fields = [...padded(cells, order.place), text];
          done(null, `${row === 1 ? BYTE_ORDER_MARK : ''}${fields.map(csvField).join(',')}\r\n`);
        })
        .catch(done);
    },
  });
  await pipeline(Readable.from(csvRecords(order.file, form)), lines, fs.createWriteStream(order.out, { mode: 0o600 }));
}
