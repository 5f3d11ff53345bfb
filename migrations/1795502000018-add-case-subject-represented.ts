import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddCaseSubjectRepresented1795502000018 implements MigrationInterface {
  name = 'AddCaseSubjectRepresented1795502000018';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'case_subject', {
      proposed_for: { type: 'varchar', length: 36, nullable: true },
      decided_for: { type: 'varchar', length: 36, nullable: true },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'case_subject', ['proposed_for', 'decided_for']);
  }
}
