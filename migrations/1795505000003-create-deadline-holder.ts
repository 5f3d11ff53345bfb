import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateDeadlineHolder1795505000003 implements MigrationInterface {
  name = 'CreateDeadlineHolder1795505000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'deadline_holder',
      columns: {
        deadline_id: { type: 'varchar', length: 36, primary: true },
        holder_kind: { type: 'varchar', length: 16, primary: true },
        holder_id: { type: 'varchar', length: 80, primary: true },
      },
      indices: [{ name: 'ix_deadline_holder', columns: ['holder_kind', 'holder_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'deadline_holder');
  }
}
