import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAssignment1795415000005 implements MigrationInterface {
  name = 'CreateAssignment1795415000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'assignment',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        lot_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 16 },
        state_before: { type: 'varchar', length: 16, nullable: true },
        answer_by: { type: 'varchar', length: 10 },
        offered_at: { type: 'bigint' },
        end_reason: { type: 'varchar', length: 500, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_assignment_lot', columns: ['lot_id'] },
        { name: 'ix_assignment_due', columns: ['state', 'answer_by'] },
        { name: 'ix_assignment_institution', columns: ['institution_id', 'state'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'assignment');
  }
}
