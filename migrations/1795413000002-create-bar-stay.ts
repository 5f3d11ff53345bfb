import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateBarStay1795413000002 implements MigrationInterface {
  name = 'CreateBarStay1795413000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'bar_stay',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        bar_id: { type: 'varchar', length: 36 },
      },
      indices: [{ name: 'ix_bar_stay_bar', columns: ['bar_id', 'valid_from'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'bar_stay');
  }
}
