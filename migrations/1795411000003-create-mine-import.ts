import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineImport1795411000003 implements MigrationInterface {
  name = 'CreateMineImport1795411000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_import',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        file_sha256: { type: 'varchar', length: 64 },
        file_name: { type: 'varchar', length: 200 },
        token: { type: 'varchar', length: 36 },
        lease_until: { type: 'bigint' },
        visible_at: { type: 'bigint', nullable: true },
        read_count: { type: 'int' },
        added_count: { type: 'int' },
        skipped_count: { type: 'int' },
        blank_count: { type: 'int' },
      },
      indices: [{ name: 'ux_mine_import_file', columns: ['file_sha256'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_import');
  }
}
