import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMine1795411000001 implements MigrationInterface {
  name = 'CreateMine1795411000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        import_id: { type: 'varchar', length: 36, nullable: true },
        registered_at: { type: 'bigint' },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_mine_import', columns: ['import_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine');
  }
}
