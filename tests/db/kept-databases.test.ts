import { entities } from '../../src/schema';
import { Cell, cell, makeCells, putCell } from '../support/cells';
import { lane, testDatabase, type TestDatabase } from '../support/database';

const tablesOf = async ({ db }: TestDatabase): Promise<string[]> => {
  const sql =
    db.engine === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
  return (await db.source.query<{ name: string }[]>(sql)).map((row) => row.name).sort();
};

const drift = async ({ db }: TestDatabase): Promise<string[]> =>
  (await db.source.driver.createSchemaBuilder().log()).upQueries.map((query) => query.query);

/** Tables with rows. */
const filled = async (t: TestDatabase): Promise<string[]> => {
  const found: string[] = [];
  for (const table of await tablesOf(t)) {
    const rows = await t.db.source.query<unknown[]>(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0) found.push(table);
  }
  return found.filter((table) => table !== 'migration_lease');
};

test('what a test wrote, and the tables that it made, are not there for the next', async () => {
  const first = await testDatabase(undefined, [...entities, Cell]);
  await makeCells(first.db);
  await putCell(first.db, cell('left-behind'));
  await first.db.source.query("INSERT INTO subject_guard (kind, id, epoch) VALUES ('mine', 'left-behind', 1)");
  expect(await filled(first)).toEqual(['migrations', 'subject_guard', 'test_cell']);
  await first.drop();
  const next = await testDatabase();
  if (lane() === 'mysql') expect(next.url).toBe(first.url);
  expect(await filled(next)).toEqual(['migrations']);
  expect(await drift(next)).toEqual([]);
  expect(await tablesOf(next)).not.toContain('test_cell');
  await next.drop();
});

test('two at once are two', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  await one.db.source.query("INSERT INTO subject_guard (kind, id, epoch) VALUES ('mine', 'of-one', 1)");
  expect(await filled(other)).toEqual(['migrations']);
  await one.drop();
  await other.drop();
});

test('a schema that a test changed is not handed on', async () => {
  const first = await testDatabase();
  await first.db.source.query('DROP TABLE subject_guard');
  await first.drop();
  const next = await testDatabase();
  expect(next.url === undefined || next.url !== first.url).toBe(true);
  expect(await drift(next)).toEqual([]);
  await next.drop();
});
