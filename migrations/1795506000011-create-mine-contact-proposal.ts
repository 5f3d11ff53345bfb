import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateMineContactProposal1795506000011 implements MigrationInterface {
  name = 'CreateMineContactProposal1795506000011';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'mine_contact_proposal',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        mine_id: { type: 'varchar', length: 36 },
        organisation_id: { type: 'varchar', length: 36 },
        state: { type: 'varchar', length: 20 },
        items: { type: 'text' },
        reason: { type: 'text' },
        proposed_at: { type: 'bigint' },
        proposed_by: { type: 'varchar', length: 36, nullable: true },
        decided_at: { type: 'bigint', nullable: true },
        decided_by: { type: 'varchar', length: 36, nullable: true },
        decision_reason: { type: 'text', nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_mine_contact_proposal_of', columns: ['mine_id', 'state'] },
        { name: 'ix_mine_contact_proposal_by', columns: ['organisation_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'mine_contact_proposal');
  }
}
