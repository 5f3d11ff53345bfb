import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateTeamMember1795416000002 implements MigrationInterface {
  name = 'CreateTeamMember1795416000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'team_member',
      columns: {
        evaluation_id: { type: 'varchar', length: 36, primary: true },
        team_no: { type: 'int', primary: true },
        expert_id: { type: 'varchar', length: 36, primary: true },
        role: { type: 'varchar', length: 8 },
      },
      indices: [{ name: 'ix_team_member_expert', columns: ['expert_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'team_member');
  }
}
