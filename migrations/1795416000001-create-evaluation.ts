import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEvaluation1795416000001 implements MigrationInterface {
  name = 'CreateEvaluation1795416000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'evaluation',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        lot_id: { type: 'varchar', length: 36 },
        assignment_id: { type: 'varchar', length: 36 },
        institution_id: { type: 'varchar', length: 36 },
        mine_id: { type: 'varchar', length: 36 },
        purpose: { type: 'varchar', length: 24 },
        state: { type: 'varchar', length: 16 },
        state_before: { type: 'varchar', length: 16, nullable: true },
        freeze_reason: { type: 'varchar', length: 24, nullable: true },
        team_no: { type: 'int' },
        desk_reviewed_on: { type: 'varchar', length: 10, nullable: true },
        desk_focus: { type: 'varchar', length: 2000, nullable: true },
        on_site_from: { type: 'varchar', length: 10, nullable: true },
        on_site_to: { type: 'varchar', length: 10, nullable: true },
        on_site_note: { type: 'varchar', length: 2000, nullable: true },
        score_hundredths: { type: 'int', nullable: true },
        conclusion: { type: 'varchar', length: 16, nullable: true },
        reported_at: { type: 'bigint', nullable: true },
        decided_at: { type: 'bigint', nullable: true },
        decision_reason: { type: 'varchar', length: 1000, nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_evaluation_assignment', columns: ['assignment_id'] },
        { name: 'ix_evaluation_mine', columns: ['mine_id', 'id'] },
        { name: 'ix_evaluation_institution', columns: ['institution_id', 'state'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'evaluation');
  }
}
