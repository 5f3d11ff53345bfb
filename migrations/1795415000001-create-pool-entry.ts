import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePoolEntry1795415000001 implements MigrationInterface {
  name = 'CreatePoolEntry1795415000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'pool_entry',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        institution_id: { type: 'varchar', length: 36 },
        authority: { type: 'varchar', length: 6 },
        state: { type: 'varchar', length: 16 },
        applied_on: { type: 'varchar', length: 10 },
        end_reason: { type: 'varchar', length: 500, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_pool_entry_institution', columns: ['institution_id', 'authority'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'pool_entry');
  }
}
