import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAccount1795402000001 implements MigrationInterface {
  name = 'CreateAccount1795402000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'account',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        username: { type: 'varchar', length: 64 },
        name: { type: 'varchar', length: 100 },
        password_hash: { type: 'varchar', length: 200 },
        must_change_password: { type: 'boolean' },
        disabled: { type: 'boolean' },
        totp_secret: { type: 'varchar', length: 500, nullable: true },
        totp_pending: { type: 'varchar', length: 500, nullable: true },
        totp_last_step: { type: 'int' },
        last_sign_in_at: { type: 'bigint', nullable: true },
        previous_sign_in_at: { type: 'bigint', nullable: true },
        created_at: { type: 'bigint' },
      },
      indices: [{ name: 'ux_account_username', columns: ['username'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'account');
  }
}
