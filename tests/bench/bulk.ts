import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Db } from '../../src/kernel/db/database';
import { inTransaction } from '../../src/kernel/db/transaction';
import { gramsOf, type FindableTexts } from '../../src/kernel/pure/grams';

/** SQLite takes 32,766 parameters in a statement. */
const MOST_PARAMETERS = 24_000;
const ROWS_IN_A_TRANSACTION = 50_000;

async function write(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<void> {
  const atOnce = Math.min(2_000, Math.floor(MOST_PARAMETERS / columns.length));
  const one = `(${columns.map(() => '?').join(', ')})`;
  const insert = (n: number): string =>
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: n }, () => one).join(', ')}`;
  const full = insert(atOnce);
  let waiting: (readonly unknown[])[] = [];
  const flush = (): Promise<void> =>
    inTransaction(db, async (tx) => {
      for (let n = 0; n < waiting.length; n += atOnce) {
        const part = waiting.slice(n, n + atOnce);
        await tx.m.query(part.length === atOnce ? full : insert(part.length), part.flat());
      }
    });
  for (const row of rows) {
    waiting.push(row);
    if (waiting.length < ROWS_IN_A_TRANSACTION) continue;
    await flush();
    waiting = [];
  }
  if (waiting.length > 0) await flush();
}

/** Rows of one entity as its store writes them, column types included; what a row leaves out is null. */
export async function insertRows<E extends ObjectLiteral>(
  db: Db,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
): Promise<void> {
  const { columns, tableName } = db.source.getMetadata(entity);
  const valueOf = (row: Partial<E>, n: number): unknown => {
    const column = columns[n]!;
    const value = (row as Record<string, unknown>)[column.propertyName] ?? null;
    const { transformer } = column;
    const stored: unknown = transformer && !Array.isArray(transformer) ? transformer.to(value) : value;
    return typeof stored === 'boolean' ? Number(stored) : stored;
  };
  const values = function* (): Iterable<unknown[]> {
    for (const row of rows) yield columns.map((_, n) => valueOf(row, n));
  };
  await write(
    db,
    tableName,
    columns.map((c) => c.databaseName),
    values(),
  );
}

export interface Posted {
  list: string;
  place: string;
  texts: FindableTexts;
}

/** The postings that registering the records of one list would have written, in the order of their key. */
export async function insertPostings(db: Db, records: readonly Posted[]): Promise<void> {
  const inOrder = [...records].sort((a, b) => (a.place < b.place ? -1 : 1));
  const grams = new Map<string, number[]>();
  inOrder.forEach(({ texts }, n) => {
    for (const gram of gramsOf(texts)) {
      const at = grams.get(gram);
      if (at) at.push(n);
      else grams.set(gram, [n]);
    }
  });
  // By their bytes, as both engines keep them.
  const sorted = [...grams.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const rows = function* (): Iterable<unknown[]> {
    for (const gram of sorted) for (const n of grams.get(gram)!) yield [inOrder[n]!.list, gram, inOrder[n]!.place];
  };
  await write(db, 'name_gram', ['list', 'gram', 'place'], rows());
  const names = function* (): Iterable<unknown[]> {
    for (const { list, place, texts } of inOrder) for (const text of texts.names) yield [list, place, text];
  };
  await write(db, 'name_text', ['list', 'place', 'text'], names());
}
