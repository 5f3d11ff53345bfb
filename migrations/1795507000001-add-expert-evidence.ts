import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddExpertEvidence1795507000001 implements MigrationInterface {
  name = 'AddExpertEvidence1795507000001';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'expert_version', {
      title_detail: { type: 'text' },
      specialty_proofs: { type: 'text' },
      mineral_admin_years: { type: 'int' },
      civil_servant: { type: 'boolean' },
      assessment_experience: { type: 'varchar', length: 1000 },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'expert_version', [
      'title_detail',
      'specialty_proofs',
      'mineral_admin_years',
      'civil_servant',
      'assessment_experience',
    ]);
  }
}
