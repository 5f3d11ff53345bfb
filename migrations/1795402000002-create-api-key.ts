import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateApiKey1795402000002 implements MigrationInterface {
  name = 'CreateApiKey1795402000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'api_key',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36 },
        post_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 100 },
        key_sha256: { type: 'varchar', length: 64 },
        scopes: { type: 'text', nullable: true },
        expires_on: { type: 'varchar', length: 10 },
        created_at: { type: 'bigint' },
        revoked_at: { type: 'bigint', nullable: true },
      },
      indices: [
        { name: 'ix_api_key_account', columns: ['account_id'] },
        { name: 'ux_api_key_hash', columns: ['key_sha256'], unique: true },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'api_key');
  }
}
