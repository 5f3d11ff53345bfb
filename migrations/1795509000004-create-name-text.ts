import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateNameText1795509000004 implements MigrationInterface {
  name = 'CreateNameText1795509000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'name_text',
      clustered: true,
      columns: {
        list: { type: 'varchar', length: 8, primary: true },
        place: { type: 'varchar', length: 36, primary: true },
        text: { type: 'varchar', length: 300, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'name_text');
  }
}
