import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddPostAuthorityId1795502000006 implements MigrationInterface {
  name = 'AddPostAuthorityId1795502000006';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'post', { authority_id: { type: 'varchar', length: 36, nullable: true } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'post', ['authority_id']);
  }
}
