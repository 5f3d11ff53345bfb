import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddPoolEntryDays1795604000002 implements MigrationInterface {
  name = 'AddPoolEntryDays1795604000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'pool_entry', {
      admitted_on: { type: 'varchar', length: 10 },
      ended_on: { type: 'varchar', length: 10 },
      end_paper: { type: 'varchar', length: 200 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'pool_entry', ['admitted_on', 'ended_on', 'end_paper']);
  }
}
