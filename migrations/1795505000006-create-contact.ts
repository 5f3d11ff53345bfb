import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateContact1795505000006 implements MigrationInterface {
  name = 'CreateContact1795505000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'contact',
      columns: {
        account_id: { type: 'varchar', length: 36, primary: true },
        channel: { type: 'varchar', length: 8, primary: true },
        address: { type: 'varchar', length: 500 },
        mask: { type: 'varchar', length: 120 },
        verified_at: { type: 'bigint', nullable: true },
        enabled: { type: 'boolean' },
        code_hash: { type: 'varchar', length: 64, nullable: true },
        code_until: { type: 'bigint', nullable: true },
        code_tries: { type: 'int' },
        version: { type: 'int' },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'contact');
  }
}
