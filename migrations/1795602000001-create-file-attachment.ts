import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

/** On which records a stored file hangs. */
export class CreateFileAttachment1795602000001 implements MigrationInterface {
  name = 'CreateFileAttachment1795602000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'file_attachment',
      clustered: true,
      columns: {
        file_id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 20, primary: true },
        ref: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'file_attachment');
  }
}
