import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col } from '../src/kernel/db/columns';
import { dropTable, makeTable } from '../src/kernel/db/table';

/** By which public subjects open entries of the log are found. */
export class AddAuditEntrySubject1795620000110 implements MigrationInterface {
  name = 'AddAuditEntrySubject1795620000110';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'audit_entry_subject',
      columns: { subject: col.key(100), entry_id: col.key(36) },
      indices: [{ name: 'ix_audit_entry_subject_entry', columns: ['entry_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'audit_entry_subject');
  }
}
