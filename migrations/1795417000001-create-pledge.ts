import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePledge1795417000001 implements MigrationInterface {
  name = 'CreatePledge1795417000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'pledge',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        evaluation_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 16 },
        template: { type: 'varchar', length: 40 },
        base_sha256: { type: 'varchar', length: 64 },
        current_sha256: { type: 'varchar', length: 64 },
        revision: { type: 'int' },
        notice: { type: 'varchar', length: 200, nullable: true },
        void_reason: { type: 'varchar', length: 1000, nullable: true },
        prepared_at: { type: 'bigint' },
        completed_at: { type: 'bigint', nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_pledge_evaluation', columns: ['evaluation_id', 'state'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'pledge');
  }
}
