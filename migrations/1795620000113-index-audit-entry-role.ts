import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** Auditors ask the log by role. */
export class IndexAuditEntryRole1795620000113 implements MigrationInterface {
  name = 'IndexAuditEntryRole1795620000113';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'audit_entry', 'ix_audit_entry_role', ['role', 'id']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'audit_entry', 'ix_audit_entry_role');
  }
}
