import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddAuditEntryRepresented1795502000016 implements MigrationInterface {
  name = 'AddAuditEntryRepresented1795502000016';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'audit_entry', { represented_account_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'audit_entry', ['represented_account_id']);
  }
}
