import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEmploymentVersion1795410000005 implements MigrationInterface {
  name = 'CreateEmploymentVersion1795410000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'employment_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        employment_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 20 },
        insurance_evidence: { type: 'varchar', length: 500, nullable: true },
      },
      indices: [{ name: 'ix_employment_version_of', columns: ['employment_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'employment_version');
  }
}
