import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLotMine1795415000003 implements MigrationInterface {
  name = 'CreateLotMine1795415000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'lot_mine',
      columns: {
        lot_id: { type: 'varchar', length: 36, primary: true },
        mine_id: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'lot_mine');
  }
}
