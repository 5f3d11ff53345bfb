import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddCaseFileAuthorityId1795502000012 implements MigrationInterface {
  name = 'AddCaseFileAuthorityId1795502000012';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'case_file', { authority_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'case_file', ['authority_id']);
  }
}
