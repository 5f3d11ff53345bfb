import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateJobLease1795400000006 implements MigrationInterface {
  name = 'CreateJobLease1795400000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'job_lease',
      columns: {
        name: { type: 'varchar', length: 64, primary: true },
        token: { type: 'varchar', length: 36 },
        until: { type: 'bigint' },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'job_lease');
  }
}
