import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateKeyVault1795400000005 implements MigrationInterface {
  name = 'CreateKeyVault1795400000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'key_vault',
      columns: {
        name: { type: 'varchar', length: 64, primary: true },
        sealed: { type: 'text' },
        made_at: { type: 'bigint' },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'key_vault');
  }
}
