import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineContact1795506000010 implements MigrationInterface {
  name = 'CreateMineContact1795506000010';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_contact',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        mine_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 100 },
        duty: { type: 'varchar', length: 60 },
        phone: { type: 'varchar', length: 40 },
      },
      indices: [{ name: 'ix_mine_contact_of', columns: ['mine_id', 'valid_from'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_contact');
  }
}
