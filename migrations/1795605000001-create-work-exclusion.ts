import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateWorkExclusion1795605000001 implements MigrationInterface {
  name = 'CreateWorkExclusion1795605000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'work_exclusion',
      clustered: true,
      columns: {
        work_id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'work_exclusion');
  }
}
