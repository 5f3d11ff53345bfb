import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpertCorrection1795604000005 implements MigrationInterface {
  name = 'CreateExpertCorrection1795604000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert_correction',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        expert_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 16 },
        from_day: { type: 'varchar', length: 10 },
        last_day: { type: 'varchar', length: 10, nullable: true },
        changes: { type: 'text' },
        recorded: { type: 'text' },
        reason: { type: 'varchar', length: 1000 },
        file_ids: { type: 'text' },
        asked_by: { type: 'varchar', length: 36 },
        asked_at: { type: 'bigint' },
        granted: { type: 'text', nullable: true },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        decided_at: { type: 'bigint', nullable: true },
        decision_reason: { type: 'varchar', length: 1000, nullable: true },
        decision_paper: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_expert_correction_of', columns: ['expert_id', 'state'] },
        { name: 'ix_expert_correction_state', columns: ['state', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert_correction');
  }
}
