import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisationOwner1795506000004 implements MigrationInterface {
  name = 'CreateOrganisationOwner1795506000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation_owner',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        organisation_id: { type: 'varchar', length: 36 },
        relation: { type: 'varchar', length: 20 },
        holder_kind: { type: 'varchar', length: 30 },
        holder_code: { type: 'varchar', length: 18, nullable: true },
        holder_name: { type: 'varchar', length: 200, nullable: true },
        share_basis_points: { type: 'int', nullable: true },
      },
      indices: [
        { name: 'ix_organisation_owner_of', columns: ['organisation_id', 'valid_from'] },
        { name: 'ix_organisation_owner_holder', columns: ['holder_code'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation_owner');
  }
}
