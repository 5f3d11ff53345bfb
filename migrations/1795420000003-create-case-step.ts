import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCaseStep1795420000003 implements MigrationInterface {
  name = 'CreateCaseStep1795420000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'case_step',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        case_id: { type: 'varchar', length: 36 },
        case_subject_id: { type: 'varchar', length: 36, nullable: true },
        step: { type: 'varchar', length: 32 },
        day: { type: 'varchar', length: 10 },
        paper: { type: 'varchar', length: 200 },
        scan_file_id: { type: 'varchar', length: 36 },
        account_id: { type: 'varchar', length: 36, nullable: true },
        details: { type: 'text', nullable: true },
        recorded_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_case_step_case', columns: ['case_id', 'id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'case_step');
  }
}
