import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateInstitutionVersion1795409000002 implements MigrationInterface {
  name = 'CreateInstitutionVersion1795409000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'institution_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        institution_id: { type: 'varchar', length: 36 },
        legal_person_evidence: { type: 'text', nullable: true },
        experience: { type: 'text', nullable: true },
        office: { type: 'text', nullable: true },
        management_rules: { type: 'text', nullable: true },
        stable_work: { type: 'text', nullable: true },
      },
      indices: [{ name: 'ix_institution_version_of', columns: ['institution_id', 'valid_from'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'institution_version');
  }
}
