import type { Db } from './database';
import { inTransaction, type Tx } from './transaction';

/** Rows in one transaction at most, and how long one may take before it lets others write. */
const MOST_ROWS = 500;
const MOST_MS = 20;
/** Rows per statement. */
const PART = 50;

/** Groups of at most `size`, read as they are asked for. */
export async function* chunksOf<T>(rows: AsyncIterable<T>, size = MOST_ROWS): AsyncIterable<T[]> {
  let chunk: T[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Writes many rows without keeping others waiting: each transaction takes at most 500 rows or 20 ms. Nothing binds the
 * transactions together, so what is written must stay unseen until one last row switches it visible. `write` may be
 * called again with the same rows when a transaction is repeated.
 */
export async function inBatches<T>(
  db: Db,
  rows: readonly T[],
  write: (tx: Tx, part: readonly T[]) => Promise<void>,
): Promise<void> {
  let done = 0;
  while (done < rows.length) {
    const start = done;
    done = await inTransaction(db, async (tx) => {
      const began = db.sources.clock.now();
      let at = start;
      do {
        const end = Math.min(at + PART, start + MOST_ROWS, rows.length);
        await write(tx, rows.slice(at, end));
        at = end;
      } while (at < Math.min(rows.length, start + MOST_ROWS) && db.sources.clock.now() - began < MOST_MS);
      return at;
    });
  }
}
