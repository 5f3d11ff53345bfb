import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateExpertIdentity1795410000002 implements MigrationInterface {
  name = 'CreateExpertIdentity1795410000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'expert_identity',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        expert_id: { type: 'varchar', length: 36 },
        kind: { type: 'varchar', length: 30 },
        hash: { type: 'varchar', length: 64 },
        sealed: { type: 'varchar', length: 300 },
        mask: { type: 'varchar', length: 32 },
        document_seen: { type: 'boolean' },
      },
      indices: [
        { name: 'ix_expert_identity_of', columns: ['expert_id'] },
        { name: 'ux_expert_identity_hash', columns: ['hash'], unique: true },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'expert_identity');
  }
}
