import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisationDocument1795506000001 implements MigrationInterface {
  name = 'CreateOrganisationDocument1795506000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation_document',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        document_id: { type: 'varchar', length: 36 },
        organisation_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 40 },
        title: { type: 'varchar', length: 200, nullable: true },
        number: { type: 'varchar', length: 100, nullable: true },
        issuer: { type: 'varchar', length: 200, nullable: true },
        file_id: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [
        { name: 'ix_organisation_document_of', columns: ['organisation_id', 'valid_from'] },
        { name: 'ix_organisation_document_one', columns: ['document_id'] },
        { name: 'ix_organisation_document_end', columns: ['valid_to'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation_document');
  }
}
