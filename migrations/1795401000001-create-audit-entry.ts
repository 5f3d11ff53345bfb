import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAuditEntry1795401000001 implements MigrationInterface {
  name = 'CreateAuditEntry1795401000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'audit_entry',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        at: { type: 'bigint' },
        type: { type: 'varchar', length: 80 },
        sealed: { type: 'boolean' },
        request_id: { type: 'varchar', length: 36 },
        account_id: { type: 'varchar', length: 36, nullable: true },
        post_id: { type: 'varchar', length: 36, nullable: true },
        role: { type: 'varchar', length: 32 },
        authority: { type: 'varchar', length: 6, nullable: true },
        leaf: { type: 'text' },
        facts: { type: 'text', nullable: true },
      },
      indices: [
        { name: 'ix_audit_entry_at', columns: ['at'] },
        { name: 'ix_audit_entry_type', columns: ['type', 'id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'audit_entry');
  }
}
