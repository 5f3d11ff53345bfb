import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAuthorityVersion1795502000002 implements MigrationInterface {
  name = 'CreateAuthorityVersion1795502000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'authority_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        authority_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 100 },
        parent_id: { type: 'varchar', length: 36, nullable: true },
        parent_basis: { type: 'varchar', length: 200, nullable: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
      },
      indices: [{ name: 'ix_authority_version_authority', columns: ['authority_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'authority_version');
  }
}
