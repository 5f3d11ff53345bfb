import { Table, TableCheck, TableIndex, type ColumnOptions, type QueryRunner } from 'typeorm';

// Migrations describe a table once; this page knows what each engine wants to hear.

export interface ColumnSpec {
  name: string;
  /** As `col` gives them; transformers do not matter here. */
  type: ColumnOptions;
}

export interface TableSpec {
  name: string;
  columns: Record<string, ColumnOptions>;
  indices?: { name: string; columns: string[]; unique?: boolean }[];
  /** CHECK expressions by name, in SQL that both engines read. */
  checks?: Record<string, string>;
  /** On SQLite too the key is the table, as it always is on InnoDB: for tables that are nothing but their key. */
  clustered?: boolean;
}

const isMysql = (q: QueryRunner): boolean => q.dataSource.options.type !== 'better-sqlite3';

function typeOf(mysql: boolean, o: ColumnOptions): { type: string; length?: string } {
  if (o.type === 'boolean') return mysql ? { type: 'tinyint', length: '1' } : { type: 'boolean' };
  if (o.type === 'int') return { type: mysql ? 'int' : 'integer' };
  return { type: String(o.type), ...(o.length ? { length: String(o.length) } : {}) };
}

async function addMysqlChecks(q: QueryRunner, spec: TableSpec): Promise<void> {
  for (const [name, expression] of Object.entries(spec.checks ?? {})) {
    const there = (await q.query(
      'SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = DATABASE() AND table_name = ? AND constraint_name = ?',
      [spec.name, name],
    )) as unknown[];
    if (there.length === 0)
      await q.query(`ALTER TABLE \`${spec.name}\` ADD CONSTRAINT \`${name}\` CHECK (${expression})`);
  }
}

/**
 * Makes one table with its indices. May run again after a failure half-way: the MySQL family keeps the first half of a
 * failed migration.
 */
export async function makeTable(q: QueryRunner, spec: TableSpec): Promise<void> {
  const mysql = isMysql(q);
  if (!(await q.hasTable(spec.name))) {
    const table = new Table({
      name: spec.name,
      withoutRowid: !mysql && (spec.clustered ?? false),
      columns: Object.entries(spec.columns).map(([name, o]) => ({
        name,
        ...typeOf(mysql, o),
        isPrimary: o.primary ?? false,
        isNullable: o.nullable ?? false,
      })),
      indices: (spec.indices ?? []).map(
        (i) => new TableIndex({ name: i.name, columnNames: i.columns, isUnique: i.unique ?? false }),
      ),
      checks: mysql
        ? []
        : Object.entries(spec.checks ?? {}).map(([name, expression]) => new TableCheck({ name, expression })),
    });
    await q.createTable(table, false, false, true);
  }
  if (mysql) await addMysqlChecks(q, spec);
}

/** Drops the table if it is there. In plain SQL: TypeORM first reads the whole table's description from the schema. */
export async function dropTable(q: QueryRunner, name: string): Promise<void> {
  await q.query(`DROP TABLE IF EXISTS ${isMysql(q) ? `\`${name}\`` : `"${name}"`}`);
}

/**
 * Adds columns that may be empty to a table that stands. In plain SQL: TypeORM would copy the whole table on SQLite. May
 * run again after a failure half-way.
 */
export async function addColumns(q: QueryRunner, table: string, columns: Record<string, ColumnOptions>): Promise<void> {
  const mysql = isMysql(q);
  const quote = (name: string): string => (mysql ? `\`${name}\`` : `"${name}"`);
  for (const [name, o] of Object.entries(columns)) {
    if (await q.hasColumn(table, name)) continue;
    const { type, length } = typeOf(mysql, { ...o, nullable: true });
    await q.query(
      `ALTER TABLE ${quote(table)} ADD COLUMN ${quote(name)} ${type}${length === undefined ? '' : `(${length})`}`,
    );
  }
}

/** Takes columns away again, those that are there. */
export async function dropColumns(q: QueryRunner, table: string, names: readonly string[]): Promise<void> {
  const quote = (name: string): string => (isMysql(q) ? `\`${name}\`` : `"${name}"`);
  for (const name of names) {
    if (await q.hasColumn(table, name)) await q.query(`ALTER TABLE ${quote(table)} DROP COLUMN ${quote(name)}`);
  }
}

const indexExists = async (q: QueryRunner, table: string, name: string): Promise<boolean> => {
  const rows = (await q.query(
    isMysql(q)
      ? 'SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ?'
      : 'SELECT 1 FROM sqlite_master WHERE tbl_name = ? AND name = ?',
    [table, name],
  )) as unknown[];
  return rows.length > 0;
};

/** Adds an index to a table that stands. May run again after a failure half-way. */
export async function addIndex(q: QueryRunner, table: string, name: string, columns: readonly string[]): Promise<void> {
  if (!(await indexExists(q, table, name))) await q.query(`CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`);
}

/** Takes an index away again, if it is there. */
export async function dropIndex(q: QueryRunner, table: string, name: string): Promise<void> {
  if (await indexExists(q, table, name)) await q.query(`DROP INDEX ${name}${isMysql(q) ? ` ON ${table}` : ''}`);
}
