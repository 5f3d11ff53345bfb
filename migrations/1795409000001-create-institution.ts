import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateInstitution1795409000001 implements MigrationInterface {
  name = 'CreateInstitution1795409000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'institution',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        organisation_id: { type: 'varchar', length: 36 },
        registered_at: { type: 'bigint' },
        manual_decision: { type: 'text', nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ux_institution_organisation', columns: ['organisation_id'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'institution');
  }
}
