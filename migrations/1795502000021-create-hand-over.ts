import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateHandOver1795502000021 implements MigrationInterface {
  name = 'CreateHandOver1795502000021';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'hand_over',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        state: { type: 'varchar', length: 16 },
        giver_post_id: { type: 'varchar', length: 36 },
        giver_account_id: { type: 'varchar', length: 36 },
        authority_id: { type: 'varchar', length: 36, nullable: true },
        institution_id: { type: 'varchar', length: 36, nullable: true },
        parties: { type: 'text' },
        item_count: { type: 'int' },
        list_sha256: { type: 'varchar', length: 64 },
        prepared_by: { type: 'varchar', length: 36, nullable: true },
        prepared_at: { type: 'bigint' },
        ended_at: { type: 'bigint', nullable: true },
        cancel_reason: { type: 'varchar', length: 500, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_hand_over_authority', columns: ['authority_id', 'id'] },
        { name: 'ix_hand_over_giver', columns: ['giver_post_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'hand_over');
  }
}
