import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateFinding1795418000002 implements MigrationInterface {
  name = 'CreateFinding1795418000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'finding',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 24 },
        state: { type: 'varchar', length: 16 },
        payer_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        lot_id: { type: 'varchar', length: 36, nullable: true },
        amount_fen: { type: 'bigint' },
        paid_on: { type: 'varchar', length: 10 },
        voucher: { type: 'varchar', length: 100 },
        mine_ids: { type: 'text' },
        raised_at: { type: 'bigint' },
        raised_by: { type: 'varchar', length: 36, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_finding_institution', columns: ['institution_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'finding');
  }
}
