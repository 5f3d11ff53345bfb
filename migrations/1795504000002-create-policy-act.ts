import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePolicyAct1795504000002 implements MigrationInterface {
  name = 'CreatePolicyAct1795504000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'policy_act',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        profile_id: { type: 'varchar', length: 64 },
        rule: { type: 'varchar', length: 64, nullable: true },
        kind: { type: 'varchar', length: 16 },
        paper: { type: 'varchar', length: 200 },
        day: { type: 'varchar', length: 10 },
        result: { type: 'varchar', length: 16, nullable: true },
        fair_competition: { type: 'varchar', length: 200, nullable: true },
        recorded_by: { type: 'varchar', length: 36 },
        recorded_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_policy_act_profile', columns: ['profile_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'policy_act');
  }
}
