import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class DropAuthority1795502000005 implements MigrationInterface {
  name = 'DropAuthority1795502000005';

  up(q: QueryRunner): Promise<void> {
    return dropTable(q, 'authority');
  }

  async down(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'authority',
      columns: {
        code: { type: 'varchar', length: 6, primary: true },
        name: { type: 'varchar', length: 100 },
        kind: { type: 'varchar', length: 32 },
        parent_code: { type: 'varchar', length: 6, nullable: true },
        set_at: { type: 'bigint' },
      },
    });
    // The owner alone: the old table knew no other.
    await q.query(
      'INSERT INTO authority (code, name, kind, parent_code, set_at) SELECT code, name, kind, NULL, 0 FROM authority_body ' +
        "WHERE id IN (SELECT value FROM installation WHERE name = 'authority')",
    );
  }
}
