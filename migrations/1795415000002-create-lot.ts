import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLot1795415000002 implements MigrationInterface {
  name = 'CreateLot1795415000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'lot',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        authority: { type: 'varchar', length: 6 },
        name: { type: 'varchar', length: 200 },
        purpose: { type: 'varchar', length: 24 },
        mode: { type: 'varchar', length: 16 },
        purchase_method: { type: 'varchar', length: 32 },
        project_number: { type: 'varchar', length: 100 },
        contract_number: { type: 'varchar', length: 100, nullable: true },
        state: { type: 'varchar', length: 24 },
        opened_on: { type: 'varchar', length: 10 },
        end_reason: { type: 'varchar', length: 500, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_lot_opened', columns: ['opened_on'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'lot');
  }
}
