import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddCaseStepRepresented1795502000017 implements MigrationInterface {
  name = 'AddCaseStepRepresented1795502000017';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'case_step', { represented_account_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'case_step', ['represented_account_id']);
  }
}
