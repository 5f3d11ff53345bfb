import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col } from '../src/kernel/db/columns';
import { dropTable, makeTable } from '../src/kernel/db/table';

/** Which entries name which record, so that a record finds its proofs. */
export class CreateAuditRecord1795620000131 implements MigrationInterface {
  name = 'CreateAuditRecord1795620000131';

  async up(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'audit_record',
      clustered: true,
      columns: { record_id: col.key(36), entry_id: col.key(36) },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await dropTable(q, 'audit_record');
  }
}
