import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** What waits for a second person lies with no post and no authority: it is found by its kind. */
export class IndexWorkItemByKind1795605000002 implements MigrationInterface {
  name = 'IndexWorkItemByKind1795605000002';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'work_item', 'ix_work_item_kind', ['kind', 'closed_at']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'work_item', 'ix_work_item_kind');
  }
}
