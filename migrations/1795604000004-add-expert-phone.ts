import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddExpertPhone1795604000004 implements MigrationInterface {
  name = 'AddExpertPhone1795604000004';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'expert_version', { phone: { type: 'varchar', length: 40 } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'expert_version', ['phone']);
  }
}
