import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddAccountOneTime1795603000001 implements MigrationInterface {
  name = 'AddAccountOneTime1795603000001';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'account', {
      one_time_until: { type: 'bigint' },
      one_time_mark: { type: 'varchar', length: 64 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'account', ['one_time_until', 'one_time_mark']);
  }
}
