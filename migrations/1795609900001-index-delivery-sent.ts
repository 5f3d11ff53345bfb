import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/kernel/db/table';

/** Text messages without a receipt are counted with each reading of the figures. */
export class IndexDeliverySent1795609900001 implements MigrationInterface {
  name = 'IndexDeliverySent1795609900001';

  up(q: QueryRunner): Promise<void> {
    return addIndex(q, 'delivery', 'ix_delivery_sent', ['channel', 'state', 'sent_at']);
  }

  down(q: QueryRunner): Promise<void> {
    return dropIndex(q, 'delivery', 'ix_delivery_sent');
  }
}
