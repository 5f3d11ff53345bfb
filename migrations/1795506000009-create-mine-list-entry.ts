import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineListEntry1795506000009 implements MigrationInterface {
  name = 'CreateMineListEntry1795506000009';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_list_entry',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        mine_id: { type: 'varchar', length: 36 },
        level: { type: 'varchar', length: 20 },
        list_name: { type: 'varchar', length: 100 },
        status: { type: 'varchar', length: 20 },
        announcement_number: { type: 'varchar', length: 100, nullable: true },
        announced_on: { type: 'varchar', length: 10, nullable: true },
        correct_by: { type: 'varchar', length: 10, nullable: true },
      },
      indices: [{ name: 'ix_mine_list_entry_of', columns: ['mine_id', 'valid_from'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_list_entry');
  }
}
