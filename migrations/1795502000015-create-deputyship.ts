import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateDeputyship1795502000015 implements MigrationInterface {
  name = 'CreateDeputyship1795502000015';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'deputyship',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        post_id: { type: 'varchar', length: 36 },
        holder_account_id: { type: 'varchar', length: 36 },
        deputy_account_id: { type: 'varchar', length: 36 },
        from_day: { type: 'varchar', length: 10 },
        to_day: { type: 'varchar', length: 10 },
        reason: { type: 'varchar', length: 200 },
        appointed_by: { type: 'varchar', length: 36, nullable: true },
        appointed_at: { type: 'bigint' },
        revoked_at: { type: 'bigint', nullable: true },
        revoked_by: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [
        { name: 'ix_deputyship_deputy', columns: ['deputy_account_id', 'to_day'] },
        { name: 'ix_deputyship_holder', columns: ['holder_account_id'] },
        { name: 'ix_deputyship_post', columns: ['post_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'deputyship');
  }
}
