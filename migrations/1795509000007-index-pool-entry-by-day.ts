import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** The pool in the order of its list, so that the last page costs no more than the first. */
export class IndexPoolEntryByDay1795509000007 implements MigrationInterface {
  name = 'IndexPoolEntryByDay1795509000007';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'pool_entry', 'ix_pool_entry_applied', ['applied_on', 'id']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'pool_entry', 'ix_pool_entry_applied');
  }
}
