import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateInboxItem1795505000005 implements MigrationInterface {
  name = 'CreateInboxItem1795505000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'inbox_item',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        notification_id: { type: 'varchar', length: 36 },
        account_id: { type: 'varchar', length: 36 },
        post_id: { type: 'varchar', length: 36, nullable: true },
        arrived_at: { type: 'bigint' },
        opened_at: { type: 'bigint', nullable: true },
        sort_rank: { type: 'bigint' },
      },
      indices: [
        { name: 'ux_inbox_item', columns: ['notification_id', 'account_id'], unique: true },
        { name: 'ix_inbox_item_rank', columns: ['account_id', 'sort_rank'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'inbox_item');
  }
}
