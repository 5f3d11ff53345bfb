import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpert1795410000001 implements MigrationInterface {
  name = 'CreateExpert1795410000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        platform_number: { type: 'varchar', length: 11 },
        registered_at: { type: 'bigint' },
        version: { type: 'int' },
      },
      indices: [{ name: 'ux_expert_platform_number', columns: ['platform_number'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert');
  }
}
