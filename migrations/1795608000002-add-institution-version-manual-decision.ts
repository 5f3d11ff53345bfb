import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddInstitutionVersionManualDecision1795608000002 implements MigrationInterface {
  name = 'AddInstitutionVersionManualDecision1795608000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'institution_version', { manual_decision: { type: 'text' } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'institution_version', ['manual_decision']);
  }
}
