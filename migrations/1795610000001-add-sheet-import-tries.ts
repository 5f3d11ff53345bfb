import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddSheetImportTries1795610000001 implements MigrationInterface {
  name = 'AddSheetImportTries1795610000001';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'sheet_import', { tries: { type: 'int' } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'sheet_import', ['tries']);
  }
}
