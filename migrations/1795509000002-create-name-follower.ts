import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateNameFollower1795509000002 implements MigrationInterface {
  name = 'CreateNameFollower1795509000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'name_follower',
      clustered: true,
      columns: {
        list: { type: 'varchar', length: 8, primary: true },
        place: { type: 'varchar', length: 36, primary: true },
        follower_list: { type: 'varchar', length: 8, primary: true },
        follower_place: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'name_follower');
  }
}
