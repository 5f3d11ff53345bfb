import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisationSuccessor1795506000006 implements MigrationInterface {
  name = 'CreateOrganisationSuccessor1795506000006';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation_successor',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        organisation_id: { type: 'varchar', length: 36 },
        successor_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 20 },
      },
      indices: [
        { name: 'ix_organisation_successor_of', columns: ['organisation_id'] },
        { name: 'ix_organisation_successor_to', columns: ['successor_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation_successor');
  }
}
