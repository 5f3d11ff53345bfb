import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

const columns = {
  added_at: { type: 'bigint' },
  added_by: { type: 'varchar', length: 36 },
  paper: { type: 'varchar', length: 200 },
  replaced_by: { type: 'varchar', length: 36 },
  withdrawn_at: { type: 'bigint' },
  withdrawn_by: { type: 'varchar', length: 36 },
  withdrawn_for: { type: 'varchar', length: 16 },
  withdrawn_reason: { type: 'varchar', length: 500 },
  withdrawn_paper: { type: 'varchar', length: 200 },
} as const;

export class AddIdentityTrail1795507000008 implements MigrationInterface {
  name = 'AddIdentityTrail1795507000008';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'expert_identity', columns);
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'expert_identity', Object.keys(columns));
  }
}
