import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpertVersion1795410000003 implements MigrationInterface {
  name = 'CreateExpertVersion1795410000003';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert_version',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        valid_from: { type: 'varchar', length: 10 },
        valid_to: { type: 'varchar', length: 10, nullable: true },
        recorded_at: { type: 'bigint' },
        superseded_at: { type: 'bigint', nullable: true },
        recorded_by: { type: 'varchar', length: 36, nullable: true },
        paper: { type: 'varchar', length: 200, nullable: true },
        expert_id: { type: 'varchar', length: 36 },
        name: { type: 'varchar', length: 100 },
        name_key: { type: 'varchar', length: 300 },
        title_level: { type: 'varchar', length: 20 },
        title_name: { type: 'varchar', length: 100, nullable: true },
        title_evidence: { type: 'varchar', length: 500, nullable: true },
        specialties: { type: 'text' },
        specialty_evidence: { type: 'varchar', length: 1000, nullable: true },
      },
      indices: [
        { name: 'ix_expert_version_name', columns: ['name_key'] },
        { name: 'ix_expert_version_of', columns: ['expert_id', 'valid_from'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert_version');
  }
}
