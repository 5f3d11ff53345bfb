import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineLicence1795506000008 implements MigrationInterface {
  name = 'CreateMineLicence1795506000008';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_licence',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        mine_id: { type: 'varchar', length: 36 },
        number: { type: 'varchar', length: 23 },
        issuer: { type: 'varchar', length: 200, nullable: true },
        area_square_metres: { type: 'bigint', nullable: true },
      },
      indices: [
        { name: 'ix_mine_licence_of', columns: ['mine_id', 'valid_from'] },
        { name: 'ix_mine_licence_number', columns: ['number'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_licence');
  }
}
