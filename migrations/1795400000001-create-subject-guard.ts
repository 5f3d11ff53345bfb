import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateSubjectGuard1795400000001 implements MigrationInterface {
  name = 'CreateSubjectGuard1795400000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'subject_guard',
      columns: {
        kind: { type: 'varchar', length: 16, primary: true },
        id: { type: 'varchar', length: 64, primary: true },
        epoch: { type: 'bigint' },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'subject_guard');
  }
}
