import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOidcAttempt1795503000003 implements MigrationInterface {
  name = 'CreateOidcAttempt1795503000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'oidc_attempt',
      columns: {
        id: { type: 'varchar', length: 64, primary: true },
        binding: { type: 'varchar', length: 64 },
        purpose: { type: 'varchar', length: 16 },
        secrets: { type: 'varchar', length: 500, nullable: true },
        account_id: { type: 'varchar', length: 36, nullable: true },
        expires_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_oidc_attempt_expiry', columns: ['expires_at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'oidc_attempt');
  }
}
