import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateSheetImportRow1795508000002 implements MigrationInterface {
  name = 'CreateSheetImportRow1795508000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'sheet_import_row',
      columns: {
        import_id: { type: 'varchar', length: 36, primary: true },
        row_no: { type: 'int', primary: true },
        key_hash: { type: 'varchar', length: 32 },
        content_hash: { type: 'varchar', length: 32 },
        body: { type: 'text' },
      },
      indices: [{ name: 'ix_sheet_import_row_key', columns: ['import_id', 'key_hash'] }],
      clustered: true,
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'sheet_import_row');
  }
}
