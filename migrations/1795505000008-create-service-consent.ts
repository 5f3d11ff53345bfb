import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateServiceConsent1795505000008 implements MigrationInterface {
  name = 'CreateServiceConsent1795505000008';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'service_consent',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        party_kind: { type: 'varchar', length: 16 },
        party_id: { type: 'varchar', length: 36 },
        from_day: { type: 'varchar', length: 10 },
        last_day: { type: 'varchar', length: 10, nullable: true },
        paper: { type: 'varchar', length: 200 },
        file_id: { type: 'varchar', length: 36 },
        recorded_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_service_consent_party', columns: ['party_kind', 'party_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'service_consent');
  }
}
