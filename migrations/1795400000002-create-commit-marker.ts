import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCommitMarker1795400000002 implements MigrationInterface {
  name = 'CreateCommitMarker1795400000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'commit_marker',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        at: { type: 'bigint' },
        barred: { type: 'boolean' },
      },
      indices: [{ name: 'ix_commit_marker_at', columns: ['at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'commit_marker');
  }
}
