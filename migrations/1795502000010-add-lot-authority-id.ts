import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddLotAuthorityId1795502000010 implements MigrationInterface {
  name = 'AddLotAuthorityId1795502000010';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'lot', { authority_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'lot', ['authority_id']);
  }
}
