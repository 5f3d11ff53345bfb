import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCaseSubject1795420000002 implements MigrationInterface {
  name = 'CreateCaseSubject1795420000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'case_subject',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        case_id: { type: 'varchar', length: 36 },
        subject_kind: { type: 'varchar', length: 16 },
        subject_id: { type: 'varchar', length: 36 },
        code: { type: 'varchar', length: 32 },
        name: { type: 'varchar', length: 200 },
        ground: { type: 'varchar', length: 32 },
        state: { type: 'varchar', length: 16 },
        defence_until: { type: 'varchar', length: 10 },
        decision_number: { type: 'varchar', length: 100, nullable: true },
        decided_on: { type: 'varchar', length: 10, nullable: true },
        act_day: { type: 'varchar', length: 10, nullable: true },
        reasons: { type: 'varchar', length: 4000, nullable: true },
        proposed_by: { type: 'varchar', length: 36, nullable: true },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        served_on: { type: 'varchar', length: 10, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ux_case_subject', columns: ['case_id', 'subject_kind', 'subject_id'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'case_subject');
  }
}
