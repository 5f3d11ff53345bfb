import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

const columns = {
  withdrawn_at: { type: 'bigint' },
  withdrawn_by: { type: 'varchar', length: 36 },
  withdrawn_because: { type: 'varchar', length: 1000 },
} as const;

export class AddPolicyProfileWithdrawal1795608000001 implements MigrationInterface {
  name = 'AddPolicyProfileWithdrawal1795608000001';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'policy_profile', columns);
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'policy_profile', Object.keys(columns));
  }
}
