import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAuthorityBody1795502000001 implements MigrationInterface {
  name = 'CreateAuthorityBody1795502000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'authority_body',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        code: { type: 'varchar', length: 6 },
        kind: { type: 'varchar', length: 32 },
        name: { type: 'varchar', length: 100 },
        parent_id: { type: 'varchar', length: 36, nullable: true },
        parent_basis: { type: 'varchar', length: 200, nullable: true },
        from_day: { type: 'varchar', length: 10 },
        to_day: { type: 'varchar', length: 10, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_authority_body_code', columns: ['code', 'kind'] },
        { name: 'ix_authority_body_parent', columns: ['parent_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'authority_body');
  }
}
