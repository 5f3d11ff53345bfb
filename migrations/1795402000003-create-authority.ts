import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAuthority1795402000003 implements MigrationInterface {
  name = 'CreateAuthority1795402000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'authority',
      columns: {
        code: { type: 'varchar', length: 6, primary: true },
        name: { type: 'varchar', length: 100 },
        kind: { type: 'varchar', length: 32 },
        parent_code: { type: 'varchar', length: 6, nullable: true },
        set_at: { type: 'bigint' },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'authority');
  }
}
