import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpertDoubt1795507000007 implements MigrationInterface {
  name = 'CreateExpertDoubt1795507000007';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert_doubt',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        expert_id: { type: 'varchar', length: 36 },
        known_id: { type: 'varchar', length: 36 },
        ground: { type: 'varchar', length: 24 },
        state: { type: 'varchar', length: 16 },
        raised_at: { type: 'bigint' },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        decided_at: { type: 'bigint', nullable: true },
        decision_reason: { type: 'varchar', length: 1000, nullable: true },
        decision_paper: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_expert_doubt_new', columns: ['expert_id'] },
        { name: 'ix_expert_doubt_known', columns: ['known_id'] },
        { name: 'ix_expert_doubt_state', columns: ['state', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert_doubt');
  }
}
