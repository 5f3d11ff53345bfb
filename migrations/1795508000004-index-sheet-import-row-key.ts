import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** One import's rows share the first column of the former index, so that SQLite scanned them all instead. */
export class IndexSheetImportRowKey1795508000004 implements MigrationInterface {
  name = 'IndexSheetImportRowKey1795508000004';

  async up(q: QueryRunner): Promise<void> {
    const table = (await q.getTable('sheet_import_row'))!;
    const present = table.indices.find((i) => i.name === 'ix_sheet_import_row_key');
    if (present?.columnNames.length === 1) return;
    if (present) await q.dropIndex(table, present);
    await q.createIndex(table, new TableIndex({ name: 'ix_sheet_import_row_key', columnNames: ['key_hash'] }));
  }

  async down(q: QueryRunner): Promise<void> {
    const table = (await q.getTable('sheet_import_row'))!;
    await q.dropIndex(table, 'ix_sheet_import_row_key');
    const columnNames = ['import_id', 'key_hash'];
    await q.createIndex(table, new TableIndex({ name: 'ix_sheet_import_row_key', columnNames }));
  }
}
