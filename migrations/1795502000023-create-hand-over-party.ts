import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateHandOverParty1795502000023 implements MigrationInterface {
  name = 'CreateHandOverParty1795502000023';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'hand_over_party',
      columns: {
        hand_over_id: { type: 'varchar', length: 36, primary: true },
        post_id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36 },
        signed_at: { type: 'bigint', nullable: true },
        signed_by: { type: 'varchar', length: 36, nullable: true },
        scan_file_id: { type: 'varchar', length: 36, nullable: true },
        scan_sha256: { type: 'varchar', length: 64, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
      },
      indices: [{ name: 'ix_hand_over_party_account', columns: ['account_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'hand_over_party');
  }
}
