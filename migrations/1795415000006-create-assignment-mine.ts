import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAssignmentMine1795415000006 implements MigrationInterface {
  name = 'CreateAssignmentMine1795415000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'assignment_mine',
      columns: {
        assignment_id: { type: 'varchar', length: 36, primary: true },
        mine_id: { type: 'varchar', length: 36, primary: true },
      },
      indices: [{ name: 'ix_assignment_mine_mine', columns: ['mine_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'assignment_mine');
  }
}
