import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateInstitutionChange1795506000012 implements MigrationInterface {
  name = 'CreateInstitutionChange1795506000012';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'institution_change',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        institution_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 30 },
        source_ref: { type: 'varchar', length: 36, nullable: true },
        state: { type: 'varchar', length: 20 },
        happened_on: { type: 'varchar', length: 10 },
        reported_on: { type: 'varchar', length: 10, nullable: true },
        confirmed_on: { type: 'varchar', length: 10, nullable: true },
        required_days: { type: 'int' },
        report_by: { type: 'varchar', length: 10, nullable: true },
        note: { type: 'text' },
        paper: { type: 'varchar', length: 200, nullable: true },
        file_ids: { type: 'text' },
        proposal: { type: 'text', nullable: true },
        steps: { type: 'text' },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_institution_change_of', columns: ['institution_id', 'state'] },
        { name: 'ix_institution_change_open', columns: ['state', 'happened_on'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'institution_change');
  }
}
