import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Tx } from './transaction';

/** Rows per statement; a remainder goes by smaller ones, so that few statements stay prepared. */
const SIZES = [100, 10, 1] as const;

function valueOf(column: ColumnMetadata, row: ObjectLiteral): unknown {
  const value: unknown = row[column.propertyName];
  const { transformer } = column;
  const stored: unknown =
    transformer && !Array.isArray(transformer) ? (transformer as { to(v: unknown): unknown }).to(value) : value;
  if (stored === undefined) return null;
  return typeof stored === 'boolean' ? Number(stored) : stored;
}

/**
 * Inserts many rows with few statements and without TypeORM's way from object to SQL, which costs more than the insert
 * itself. Columns that a row leaves out are NULL.
 */
export async function insertMany<T extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<T>,
  rows: readonly Partial<T>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, tableName } = tx.m.dataSource.getMetadata(entity);
  const { driver } = tx.m.dataSource;
  const names = columns.map((c) => driver.escape(c.databaseName)).join(', ');
  const marks = `(${columns.map(() => '?').join(', ')})`;
  let at = 0;
  for (const size of SIZES) {
    for (; rows.length - at >= size; at += size) {
      const part = rows.slice(at, at + size);
      const sql = `INSERT INTO ${driver.escape(tableName)} (${names}) VALUES ${part.map(() => marks).join(', ')}`;
      await tx.m.query(
        sql,
        part.flatMap((row) => columns.map((c) => valueOf(c, row))),
      );
    }
  }
}
