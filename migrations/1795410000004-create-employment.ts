import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEmployment1795410000004 implements MigrationInterface {
  name = 'CreateEmployment1795410000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'employment',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        expert_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        confirmed_at: { type: 'bigint', nullable: true },
        confirmed_by: { type: 'varchar', length: 36, nullable: true },
        signed_sheet_file_id: { type: 'varchar', length: 36, nullable: true },
        signed_sheet_paper: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_employment_institution', columns: ['institution_id'] },
        { name: 'ix_employment_expert', columns: ['expert_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'employment');
  }
}
