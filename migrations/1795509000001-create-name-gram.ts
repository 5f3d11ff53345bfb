import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateNameGram1795509000001 implements MigrationInterface {
  name = 'CreateNameGram1795509000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'name_gram',
      clustered: true,
      columns: {
        list: { type: 'varchar', length: 8, primary: true },
        gram: { type: 'varchar', length: 24, primary: true },
        place: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'name_gram');
  }
}
