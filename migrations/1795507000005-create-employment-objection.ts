import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEmploymentObjection1795507000005 implements MigrationInterface {
  name = 'CreateEmploymentObjection1795507000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'employment_objection',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        employment_id: { type: 'varchar', length: 36 },
        expert_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 16 },
        reason: { type: 'varchar', length: 1000 },
        paper: { type: 'varchar', length: 200, nullable: true },
        raised_by: { type: 'varchar', length: 36, nullable: true },
        raised_at: { type: 'bigint' },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        decided_at: { type: 'bigint', nullable: true },
        decision_reason: { type: 'varchar', length: 1000, nullable: true },
        decision_paper: { type: 'varchar', length: 200, nullable: true },
        void_from: { type: 'varchar', length: 10, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_employment_objection_of', columns: ['employment_id'] },
        { name: 'ix_employment_objection_state', columns: ['state', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'employment_objection');
  }
}
