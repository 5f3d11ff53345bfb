import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateStoredFile1795404000001 implements MigrationInterface {
  name = 'CreateStoredFile1795404000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'stored_file',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        sha256: { type: 'varchar', length: 64 },
        size: { type: 'bigint' },
        media_type: { type: 'varchar', length: 100 },
        name: { type: 'varchar', length: 200 },
        account_id: { type: 'varchar', length: 36, nullable: true },
        institution_id: { type: 'varchar', length: 36, nullable: true },
        authority: { type: 'varchar', length: 6, nullable: true },
        stored_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_stored_file_sha256', columns: ['sha256'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'stored_file');
  }
}
