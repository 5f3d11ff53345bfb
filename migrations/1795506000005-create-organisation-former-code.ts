import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisationFormerCode1795506000005 implements MigrationInterface {
  name = 'CreateOrganisationFormerCode1795506000005';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation_former_code',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        organisation_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 30 },
        code: { type: 'varchar', length: 64 },
      },
      indices: [
        { name: 'ix_organisation_former_code_of', columns: ['organisation_id'] },
        { name: 'ix_organisation_former_code_code', columns: ['code'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation_former_code');
  }
}
