import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddOrganisationPersonality1795506000003 implements MigrationInterface {
  name = 'AddOrganisationPersonality1795506000003';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'organisation_version', {
      certificate_type: { type: 'varchar', length: 100 },
      legal_personality: { type: 'varchar', length: 30 },
      business_scope: { type: 'text' },
      registered_division: { type: 'varchar', length: 6 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'organisation_version', [
      'certificate_type',
      'legal_personality',
      'business_scope',
      'registered_division',
    ]);
  }
}
