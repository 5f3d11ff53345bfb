import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOidcLink1795503000004 implements MigrationInterface {
  name = 'CreateOidcLink1795503000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'oidc_link',
      columns: {
        id: { type: 'varchar', length: 64, primary: true },
        account_id: { type: 'varchar', length: 36 },
        linked_at: { type: 'bigint' },
        linked_by: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [{ name: 'ux_oidc_link_account', columns: ['account_id'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'oidc_link');
  }
}
