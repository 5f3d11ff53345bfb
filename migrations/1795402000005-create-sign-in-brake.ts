import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateSignInBrake1795402000005 implements MigrationInterface {
  name = 'CreateSignInBrake1795402000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'sign_in_brake',
      columns: {
        key: { type: 'varchar', length: 64, primary: true },
        failures: { type: 'int' },
        last_failure_at: { type: 'bigint' },
        next_try_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_sign_in_brake_last', columns: ['last_failure_at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'sign_in_brake');
  }
}
