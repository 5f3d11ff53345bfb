import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEvidence1795416000003 implements MigrationInterface {
  name = 'CreateEvidence1795416000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'evidence',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        evaluation_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 24 },
        file_id: { type: 'varchar', length: 36 },
        sha256: { type: 'varchar', length: 64 },
        added_at: { type: 'bigint' },
      },
      indices: [{ name: 'ix_evidence_evaluation', columns: ['evaluation_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'evidence');
  }
}
