import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateHandOverItem1795502000022 implements MigrationInterface {
  name = 'CreateHandOverItem1795502000022';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'hand_over_item',
      columns: {
        hand_over_id: { type: 'varchar', length: 36, primary: true },
        no: { type: 'int', primary: true },
        work_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 24 },
        ref: { type: 'varchar', length: 36 },
        opened_at: { type: 'bigint' },
        receiver_post_id: { type: 'varchar', length: 36 },
        outcome: { type: 'varchar', length: 16, nullable: true },
      },
      indices: [{ name: 'ix_hand_over_item_work', columns: ['work_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'hand_over_item');
  }
}
