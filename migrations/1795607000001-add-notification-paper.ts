import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** In whose name a formal notice goes, and the paper that is served by it. */
export class AddNotificationPaper1795607000001 implements MigrationInterface {
  name = 'AddNotificationPaper1795607000001';

  up(q: QueryRunner): Promise<void> {
    const id = { type: 'varchar', length: 36 } as const;
    return addColumns(q, 'notification', { authority_id: id, file_id: id });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'notification', ['authority_id', 'file_id']);
  }
}
