import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreatePost1795402000004 implements MigrationInterface {
  name = 'CreatePost1795402000004';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'post',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        account_id: { type: 'varchar', length: 36 },
        role: { type: 'varchar', length: 32 },
        authority_code: { type: 'varchar', length: 6, nullable: true },
        institution_id: { type: 'varchar', length: 64, nullable: true },
        organisation_id: { type: 'varchar', length: 64, nullable: true },
        expert_id: { type: 'varchar', length: 64, nullable: true },
        from_day: { type: 'varchar', length: 10 },
        to_day: { type: 'varchar', length: 10, nullable: true },
        granted_at: { type: 'bigint' },
        ended_at: { type: 'bigint', nullable: true },
      },
      indices: [
        { name: 'ix_post_institution', columns: ['institution_id'] },
        { name: 'ix_post_role', columns: ['role'] },
        { name: 'ix_post_account', columns: ['account_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'post');
  }
}
