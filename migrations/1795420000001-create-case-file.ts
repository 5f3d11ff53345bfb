import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCaseFile1795420000001 implements MigrationInterface {
  name = 'CreateCaseFile1795420000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'case_file',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        authority: { type: 'varchar', length: 6 },
        state: { type: 'varchar', length: 16 },
        summary: { type: 'varchar', length: 2000 },
        source: { type: 'varchar', length: 200 },
        opened_on: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_case_file_recorded', columns: ['recorded_at'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'case_file');
  }
}
