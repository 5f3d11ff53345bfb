import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateLotCandidate1795415000004 implements MigrationInterface {
  name = 'CreateLotCandidate1795415000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'lot_candidate',
      columns: {
        lot_id: { type: 'varchar', length: 36, primary: true },
        institution_id: { type: 'varchar', length: 36, primary: true },
      },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'lot_candidate');
  }
}
