import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddEmploymentSheet1795507000002 implements MigrationInterface {
  name = 'AddEmploymentSheet1795507000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'employment', {
      signed_sheet_sha256: { type: 'varchar', length: 64 },
      sheet_recorded_by: { type: 'varchar', length: 36 },
      sheet_recorded_at: { type: 'bigint' },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'employment', ['signed_sheet_sha256', 'sheet_recorded_by', 'sheet_recorded_at']);
  }
}
