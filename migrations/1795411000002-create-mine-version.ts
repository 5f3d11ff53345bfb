import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineVersion1795411000002 implements MigrationInterface {
  name = 'CreateMineVersion1795411000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        mine_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 200 },
        name_key: { type: 'varchar', length: 300 },
        province_code: { type: 'varchar', length: 6 },
        division: { type: 'varchar', length: 100, nullable: true },
        size_class: { type: 'varchar', length: 10, nullable: true },
        minerals: { type: 'varchar', length: 200, nullable: true },
        licence_number: { type: 'varchar', length: 23, nullable: true },
        operator_id: { type: 'varchar', length: 36, nullable: true },
        list_name: { type: 'varchar', length: 100, nullable: true },
        list_status: { type: 'varchar', length: 20, nullable: true },
        note: { type: 'varchar', length: 500, nullable: true },
      },
      indices: [
        { name: 'ix_mine_version_province', columns: ['province_code'] },
        { name: 'ix_mine_version_operator', columns: ['operator_id'] },
        { name: 'ix_mine_version_licence', columns: ['licence_number'] },
        { name: 'ix_mine_version_name', columns: ['name_key', 'province_code'] },
        { name: 'ix_mine_version_of', columns: ['mine_id', 'valid_from'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_version');
  }
}
