import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpertMerge1795507000006 implements MigrationInterface {
  name = 'CreateExpertMerge1795507000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert_merge',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        from_id: { type: 'varchar', length: 36 },
        into_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 16 },
        reason: { type: 'varchar', length: 1000 },
        paper: { type: 'varchar', length: 200 },
        proposed_by: { type: 'varchar', length: 36, nullable: true },
        proposed_at: { type: 'bigint' },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        decision_reason: { type: 'varchar', length: 1000, nullable: true },
        confirmed_at: { type: 'bigint', nullable: true },
        undone_by: { type: 'varchar', length: 36, nullable: true },
        undone_at: { type: 'bigint', nullable: true },
        undo_reason: { type: 'varchar', length: 1000, nullable: true },
        undo_paper: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_expert_merge_from', columns: ['from_id'] },
        { name: 'ix_expert_merge_into', columns: ['into_id'] },
        { name: 'ix_expert_merge_state', columns: ['state', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert_merge');
  }
}
