import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** The mines of a province in the order of the list, so that no page sorts them all. */
export class IndexMineVersionByProvince1795509000006 implements MigrationInterface {
  name = 'IndexMineVersionByProvince1795509000006';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'mine_version', 'ix_mine_version_province_mine', ['province_code', 'mine_id']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'mine_version', 'ix_mine_version_province_mine');
  }
}
