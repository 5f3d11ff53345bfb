import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** Auditors ask the log by account. */
export class IndexAuditEntryAccount1795620000112 implements MigrationInterface {
  name = 'IndexAuditEntryAccount1795620000112';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'audit_entry', 'ix_audit_entry_account', ['account_id', 'id']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'audit_entry', 'ix_audit_entry_account');
  }
}
