import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col } from '../src/kernel/db/columns';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLogAudit1795620000121 implements MigrationInterface {
  name = 'CreateLogAudit1795620000121';

  async up(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'log_audit',
      columns: {
        id: col.key(36),
        at: col.at(),
        ended_at: col.at(),
        generation: col.int(),
        size: col.big(),
        root: col.text(64),
        drifts: col.big(),
        report: col.json(),
      },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await dropTable(q, 'log_audit');
  }
}
