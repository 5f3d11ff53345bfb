import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col } from '../src/kernel/db/columns';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLogOrigin1795620000120 implements MigrationInterface {
  name = 'CreateLogOrigin1795620000120';

  async up(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'log_origin',
      columns: { generation: { ...col.int(), primary: true }, origin: col.text(255), opened_at: col.at() },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await dropTable(q, 'log_origin');
  }
}
