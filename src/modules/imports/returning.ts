import fs from 'node:fs';
import fsp from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Db } from '../../kernel/db/database';
import { markInThread, type RowMark } from '../../kernel/tables';
import { letterOf, RESULT_TITLE } from './header';
import { notesAfter, rowNumbersAfter, type Said, type SheetImport, type SheetImportNote } from './imports.store';
import type { SheetFiles } from './sheet-files';

const AT_ONCE = 1000;

export const sayAll = (said: readonly Said[]): string =>
  said
    .map(({ place, title, reason }) =>
      place === null ? `${title ? `${title}：` : ''}${reason}` : `${letterOf(place)} 列“${title}”：${reason}`,
    )
    .join('\n');

const verdictWords = { faulty: '有误', repeated: '重复', remarked: '通过；提示' } as const;

const markOfNote = (note: SheetImportNote): RowMark => ({
  row: note.rowNo,
  text: `${verdictWords[note.verdict]}：${sayAll(note.said)}`,
  columns: note.said.flatMap(({ place }) => (place === null ? [] : [place])),
});

async function* paged<T>(next: (after: number) => Promise<T[]>, rowOf: (item: T) => number): AsyncIterable<T> {
  for (let after = 0; ;) {
    const page = await next(after);
    if (page.length === 0) return;
    yield* page;
    after = rowOf(page.at(-1)!);
  }
}

/** What is said of each row, in their order; sound rows that are registered have left no trace but their count. */
async function* marksOf(db: Db, { id }: SheetImport): AsyncIterable<RowMark> {
  const notes = paged(
    (after) => notesAfter(db, id, after, AT_ONCE),
    (n) => n.rowNo,
  )[Symbol.asyncIterator]();
  const sound = paged(
    (after) => rowNumbersAfter(db, id, after, AT_ONCE),
    (n) => n,
  )[Symbol.asyncIterator]();
  let [note, row] = [await notes.next(), await sound.next()];
  while (!note.done || !row.done) {
    if (!note.done && (row.done || note.value.rowNo < row.value)) {
      yield markOfNote(note.value);
      note = await notes.next();
    } else if (!row.done && !note.done && note.value.rowNo === row.value) {
      // A good row that is remarked on is told once.
      row = await sound.next();
    } else if (!row.done) {
      yield { row: row.value, text: '通过', columns: [] };
      row = await sound.next();
    }
  }
}

async function writeMarks(file: string, marks: AsyncIterable<RowMark>): Promise<void> {
  const handle = await fsp.open(file, 'wx', 0o600);
  try {
    let lines: string[] = [];
    for await (const mark of marks) {
      lines.push(`${JSON.stringify(mark)}\n`);
      if (lines.length < AT_ONCE) continue;
      await handle.write(lines.join(''));
      lines = [];
    }
    if (lines.length > 0) await handle.write(lines.join(''));
  } finally {
    await handle.close();
  }
}

/** The sheet as it was uploaded, with a column that says what became of each row; gone from our disk once it is read. */
export async function returnSheet(db: Db, files: SheetFiles, row: SheetImport, sealed: boolean): Promise<Readable> {
  const [marks, out] = [files.temporary(), files.temporary()];
  try {
    await writeMarks(marks, marksOf(db, row));
    await files.within(row.id, sealed, (file) =>
      markInThread({
        file,
        form: row.form,
        marks,
        header: row.header.row,
        place: row.header.result === row.width - 1 ? row.header.result : row.width,
        title: RESULT_TITLE,
        out,
      }),
    );
    const stream = fs.createReadStream(out);
    // An open file is read to its end also without a name.
    await new Promise((open, failed) => stream.once('open', open).once('error', failed));
    return stream;
  } finally {
    await fsp.rm(marks, { force: true });
    await fsp.rm(out, { force: true });
  }
}
