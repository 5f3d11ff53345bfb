import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePolicyProfile1795504000001 implements MigrationInterface {
  name = 'CreatePolicyProfile1795504000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'policy_profile',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        authority_id: { type: 'varchar', length: 36 },
        authority: { type: 'varchar', length: 6 },
        title: { type: 'varchar', length: 200 },
        basis: { type: 'text' },
        pool_mode: { type: 'varchar', length: 16 },
        settings: { type: 'text' },
        drafted_by: { type: 'varchar', length: 36 },
        effective_from: { type: 'varchar', length: 10, nullable: true },
        adopted_by: { type: 'varchar', length: 36, nullable: true },
        adopted_at: { type: 'bigint', nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_policy_profile_authority', columns: ['authority', 'effective_from'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'policy_profile');
  }
}
