import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateDelivery1795505000007 implements MigrationInterface {
  name = 'CreateDelivery1795505000007';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'delivery',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        notification_id: { type: 'varchar', length: 36, nullable: true },
        account_id: { type: 'varchar', length: 36, nullable: true },
        channel: { type: 'varchar', length: 8 },
        purpose: { type: 'varchar', length: 8 },
        state: { type: 'varchar', length: 10 },
        secret: { type: 'varchar', length: 500, nullable: true },
        token: { type: 'varchar', length: 36, nullable: true },
        attempts: { type: 'int' },
        next_at: { type: 'bigint' },
        remote_ref: { type: 'varchar', length: 200, nullable: true },
        reason: { type: 'varchar', length: 200, nullable: true },
        created_at: { type: 'bigint' },
        sent_at: { type: 'bigint', nullable: true },
        settled_at: { type: 'bigint', nullable: true },
      },
      indices: [
        { name: 'ux_delivery', columns: ['notification_id', 'account_id', 'channel'], unique: true },
        { name: 'ix_delivery_due', columns: ['state', 'next_at'] },
        { name: 'ix_delivery_account', columns: ['account_id', 'created_at'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'delivery');
  }
}
