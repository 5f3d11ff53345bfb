import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateRecoveryCode1795503000001 implements MigrationInterface {
  name = 'CreateRecoveryCode1795503000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'recovery_code',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36 },
        hash: { type: 'varchar', length: 64 },
        made_at: { type: 'bigint' },
        used_at: { type: 'bigint', nullable: true },
      },
      indices: [{ name: 'ux_recovery_code_hash', columns: ['account_id', 'hash'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'recovery_code');
  }
}
