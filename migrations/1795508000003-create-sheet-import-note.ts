import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateSheetImportNote1795508000003 implements MigrationInterface {
  name = 'CreateSheetImportNote1795508000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'sheet_import_note',
      columns: {
        import_id: { type: 'varchar', length: 36, primary: true },
        row_no: { type: 'int', primary: true },
        verdict: { type: 'varchar', length: 10 },
        said: { type: 'text' },
      },
      clustered: true,
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'sheet_import_note');
  }
}
