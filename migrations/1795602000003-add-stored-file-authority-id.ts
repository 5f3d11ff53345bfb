import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** The office that shares an upload: two kinds of authority may share a division code. */
export class AddStoredFileAuthorityId1795602000003 implements MigrationInterface {
  name = 'AddStoredFileAuthorityId1795602000003';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'stored_file', { authority_id: { type: 'varchar', length: 36 } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'stored_file', ['authority_id']);
  }
}
