import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateInstallation1795400000004 implements MigrationInterface {
  name = 'CreateInstallation1795400000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'installation',
      columns: {
        name: { type: 'varchar', length: 64, primary: true },
        value: { type: 'varchar', length: 500 },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'installation');
  }
}
