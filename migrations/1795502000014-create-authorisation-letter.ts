import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateAuthorisationLetter1795502000014 implements MigrationInterface {
  name = 'CreateAuthorisationLetter1795502000014';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'authorisation_letter',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        post_id: { type: 'varchar', length: 36 },
        number: { type: 'varchar', length: 100 },
        file_id: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        last_day: { type: 'varchar', length: 10 },
        recorded_at: { type: 'bigint' },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [{ name: 'ix_authorisation_letter_post', columns: ['post_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'authorisation_letter');
  }
}
