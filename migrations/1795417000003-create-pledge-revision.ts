import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePledgeRevision1795417000003 implements MigrationInterface {
  name = 'CreatePledgeRevision1795417000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'pledge_revision',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        pledge_id: { type: 'varchar', length: 36 },
        signer_no: { type: 'int' },
        base_sha256: { type: 'varchar', length: 64 },
        increment_blob: { type: 'varchar', length: 120 },
        byte_range: { type: 'text' },
        signed_attributes: { type: 'text' },
        digest: { type: 'varchar', length: 64 },
        certificate_id: { type: 'varchar', length: 36 },
        account_id: { type: 'varchar', length: 36, nullable: true },
        expires_at: { type: 'bigint' },
        lease_until: { type: 'bigint', nullable: true },
        state: { type: 'varchar', length: 16 },
        file_sha256: { type: 'varchar', length: 64, nullable: true },
      },
      indices: [{ name: 'ix_pledge_revision_pledge', columns: ['pledge_id', 'state'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'pledge_revision');
  }
}
