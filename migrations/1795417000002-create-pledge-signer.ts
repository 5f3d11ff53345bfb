import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePledgeSigner1795417000002 implements MigrationInterface {
  name = 'CreatePledgeSigner1795417000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'pledge_signer',
      columns: {
        pledge_id: { type: 'varchar', length: 36, primary: true },
        no: { type: 'int', primary: true },
        kind: { type: 'varchar', length: 16 },
        party_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 200 },
        role: { type: 'varchar', length: 60 },
        field: { type: 'varchar', length: 64 },
        signed_at: { type: 'bigint', nullable: true },
        certificate_id: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [{ name: 'ix_pledge_signer_party', columns: ['party_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'pledge_signer');
  }
}
