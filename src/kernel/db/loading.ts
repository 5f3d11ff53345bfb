import { BackupFault } from '../backup/fault';
import type { Cell, TableShape } from '../backup/format';
import type { Db, Engine, Reads } from './database';

/**
 * The table that is there from a restore's first act to its last, in the database itself: whoever opens the database
 * meanwhile, or after a restore that was ended early, is told. It is no part of the schema.
 */
const MARK = 'restore_unfinished';

const quoted = (engine: Engine, name: string): string => (engine === 'mysql' ? `\`${name}\`` : `"${name}"`);

/** Every table of the database. */
export async function tablesOf({ engine, m }: Pick<Db, 'engine'> & Reads): Promise<string[]> {
  const sql =
    engine === 'mysql'
      ? `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()
         AND table_type = 'BASE TABLE' ORDER BY table_name`
      : `SELECT name AS name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`;
  const rows: { name: string }[] = await m.query(sql);
  return rows.map((row) => row.name);
}

/** Has a restore into this database begun and not ended? */
export const isUnfinished = async (db: Pick<Db, 'engine'> & Reads): Promise<boolean> =>
  (await tablesOf(db)).includes(MARK);

/** Throws for a database into which a restore is under way, or was ended early. */
export async function refuseUnfinished(db: Db): Promise<void> {
  if (!(await isUnfinished(db))) return;
  throw new Error(
    '数据库的恢复尚未完成 the restore of this database is not finished: wait for it, or repeat it with ' +
      'npm run restore -- --from FILE --start-over',
    { cause: MARK },
  );
}

export async function markUnfinished({ source, sources }: Db): Promise<void> {
  await source.query(`CREATE TABLE IF NOT EXISTS ${MARK} (started_at bigint NOT NULL PRIMARY KEY)`);
  await source.query(`INSERT INTO ${MARK} (started_at) VALUES (${sources.clock.now()})`);
}

export const unmark = async ({ source }: Db): Promise<void> => void (await source.query(`DROP TABLE ${MARK}`));

/** Drops what a restore that was ended early has left, all but its mark. Throws unless the mark is there. */
export async function dropUnfinished(db: Db): Promise<void> {
  if (!(await isUnfinished(db))) throw new Error('only what a restore has left may be dropped');
  for (const table of await tablesOf(db))
    if (table !== MARK) await db.source.query(`DROP TABLE ${quoted(db.engine, table)}`);
}

const MOST_ROWS = 200;
/** SQLite takes 32,766 marks in a statement. */
const MOST_MARKS = 30_000;
/** Characters: the server's max_allowed_packet is 16 MiB or more, and escaped UTF-8 may be six times as long. */
const MOST_LENGTH = 1024 ** 2;

/** Empties the tables: a migration may have put rows there that the backup brings itself. */
export async function emptyTables({ source, engine }: Db, tables: readonly string[]): Promise<void> {
  for (const table of tables) await source.query(`DELETE FROM ${quoted(engine, table)}`);
}

/** Groups of at most `most` rows and, but for a single row, about a mebibyte. */
function* statementsOf(rows: readonly (readonly Cell[])[], most: number): Iterable<(readonly Cell[])[]> {
  let [some, length]: [(readonly Cell[])[], number] = [[], 0];
  for (const row of rows) {
    const own = row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
    if (some.length === most || (some.length > 0 && length + own > MOST_LENGTH)) {
      yield some;
      [some, length] = [[], 0];
    }
    some.push(row);
    length += own;
  }
  if (some.length > 0) yield some;
}

/** Inserts the rows in one transaction. Throws BackupFault that names the table when the database refuses them. */
export async function loadRows(
  { source, engine }: Db,
  { name, columns }: TableShape,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const list = columns.map((c) => quoted(engine, c.name)).join(', ');
  const marks = `(${columns.map(() => '?').join(', ')})`;
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_MARKS / columns.length)));
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    for (const some of statementsOf(rows, most)) {
      const sql = `INSERT INTO ${quoted(engine, name)} (${list}) VALUES ${some.map(() => marks).join(', ')}`;
      await runner.query(sql, some.flat());
    }
    await runner.commitTransaction();
  } catch (cause) {
    await runner.rollbackTransaction().catch(() => undefined);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BackupFault(`目标数据库不接受 ${name} 的记录 the target refuses rows of ${name}: ${why}`, { cause });
  } finally {
    await runner.release();
  }
}
