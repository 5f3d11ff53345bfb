import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisationVersion1795408000002 implements MigrationInterface {
  name = 'CreateOrganisationVersion1795408000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        organisation_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 200 },
        name_key: { type: 'varchar', length: 300 },
        legal_form: { type: 'varchar', length: 30 },
        public_institution_class: { type: 'varchar', length: 3, nullable: true },
        legal_representative: { type: 'varchar', length: 100, nullable: true },
        address: { type: 'varchar', length: 300, nullable: true },
        phone: { type: 'varchar', length: 40, nullable: true },
      },
      indices: [
        { name: 'ix_organisation_version_name', columns: ['name_key'] },
        { name: 'ix_organisation_version_of', columns: ['organisation_id', 'valid_from'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation_version');
  }
}
