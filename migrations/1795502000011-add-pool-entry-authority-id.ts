import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddPoolEntryAuthorityId1795502000011 implements MigrationInterface {
  name = 'AddPoolEntryAuthorityId1795502000011';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'pool_entry', { authority_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'pool_entry', ['authority_id']);
  }
}
