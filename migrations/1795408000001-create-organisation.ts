import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateOrganisation1795408000001 implements MigrationInterface {
  name = 'CreateOrganisation1795408000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'organisation',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        uscc: { type: 'varchar', length: 18 },
        registered_at: { type: 'bigint' },
        version: { type: 'int' },
      },
      indices: [{ name: 'ux_organisation_uscc', columns: ['uscc'], unique: true }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'organisation');
  }
}
