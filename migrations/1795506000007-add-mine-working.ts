import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddMineWorking1795506000007 implements MigrationInterface {
  name = 'AddMineWorking1795506000007';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'mine_version', {
      division_code: { type: 'varchar', length: 6 },
      mining_method: { type: 'varchar', length: 20 },
      operation: { type: 'varchar', length: 20 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'mine_version', ['division_code', 'mining_method', 'operation']);
  }
}
