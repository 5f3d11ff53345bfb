import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddInstitutionTraining1795506000002 implements MigrationInterface {
  name = 'AddInstitutionTraining1795506000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'institution_version', { training: { type: 'text' } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'institution_version', ['training']);
  }
}
