import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddEmploymentEvidence1795507000003 implements MigrationInterface {
  name = 'AddEmploymentEvidence1795507000003';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'employment_version', {
      establishment_evidence: { type: 'varchar', length: 500 },
      retirement_evidence: { type: 'varchar', length: 500 },
      evidence_file_ids: { type: 'text' },
      void_reason: { type: 'varchar', length: 500 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'employment_version', [
      'establishment_evidence',
      'retirement_evidence',
      'evidence_file_ids',
      'void_reason',
    ]);
  }
}
