import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateConflictStatement1795415000007 implements MigrationInterface {
  name = 'CreateConflictStatement1795415000007';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'conflict_statement',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        assignment_id: { type: 'varchar', length: 36 },
        account_id: { type: 'varchar', length: 36, nullable: true },
        stated_at: { type: 'bigint' },
        statement: { type: 'text' },
      },
      indices: [{ name: 'ix_conflict_statement_assignment', columns: ['assignment_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'conflict_statement');
  }
}
