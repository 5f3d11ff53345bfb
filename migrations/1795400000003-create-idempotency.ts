import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateIdempotency1795400000003 implements MigrationInterface {
  name = 'CreateIdempotency1795400000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'idempotency',
      columns: {
        key: { type: 'varchar', length: 64, primary: true },
        scope: { type: 'varchar', length: 200 },
        route: { type: 'varchar', length: 120 },
        request_sha256: { type: 'varchar', length: 64 },
        token: { type: 'varchar', length: 36 },
        lease_until: { type: 'bigint' },
        status: { type: 'int', nullable: true },
        body: { type: 'text', nullable: true },
        expires_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_idempotency_expires', columns: ['expires_at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'idempotency');
  }
}
