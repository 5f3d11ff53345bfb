import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePoolDecision1795604000001 implements MigrationInterface {
  name = 'CreatePoolDecision1795604000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'pool_decision',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        entry_id: { type: 'varchar', length: 36 },
        outcome: { type: 'varchar', length: 16 },
        state: { type: 'varchar', length: 16 },
        decision_number: { type: 'varchar', length: 100 },
        decided_on: { type: 'varchar', length: 10 },
        reasons: { type: 'text' },
        public_notice: { type: 'text', nullable: true },
        profile: { type: 'varchar', length: 64 },
        rules: { type: 'text' },
        proposed_by: { type: 'varchar', length: 36 },
        proposed_for: { type: 'varchar', length: 36, nullable: true },
        proposed_at: { type: 'bigint' },
        settled_by: { type: 'varchar', length: 36, nullable: true },
        settled_for: { type: 'varchar', length: 36, nullable: true },
        settled_at: { type: 'bigint', nullable: true },
        return_reason: { type: 'varchar', length: 500, nullable: true },
        scan_file_id: { type: 'varchar', length: 36, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_pool_decision_entry', columns: ['entry_id', 'state'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'pool_decision');
  }
}
