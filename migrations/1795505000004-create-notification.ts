import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateNotification1795505000004 implements MigrationInterface {
  name = 'CreateNotification1795505000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'notification',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 40 },
        to_kind: { type: 'varchar', length: 16 },
        to_id: { type: 'varchar', length: 80 },
        params: { type: 'text' },
        deadline: { type: 'varchar', length: 10, nullable: true },
        ref: { type: 'varchar', length: 120, nullable: true },
        formal: { type: 'boolean' },
        delivered_on: { type: 'varchar', length: 10, nullable: true },
        delivered_by: { type: 'varchar', length: 16, nullable: true },
        created_at: { type: 'bigint' },
        state: { type: 'varchar', length: 10 },
        attempts: { type: 'int' },
        next_at: { type: 'bigint' },
        last_error: { type: 'varchar', length: 200, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_notification_due', columns: ['state', 'next_at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'notification');
  }
}
