import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateWebSession1795402000006 implements MigrationInterface {
  name = 'CreateWebSession1795402000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'web_session',
      columns: {
        id: { type: 'varchar', length: 64, primary: true },
        account_id: { type: 'varchar', length: 36 },
        created_at: { type: 'bigint' },
        last_seen_at: { type: 'bigint' },
      },
      indices: [
        { name: 'ix_web_session_seen', columns: ['last_seen_at'] },
        { name: 'ix_web_session_account', columns: ['account_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'web_session');
  }
}
