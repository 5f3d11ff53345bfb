import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateWorkItem1795502000019 implements MigrationInterface {
  name = 'CreateWorkItem1795502000019';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'work_item',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 24 },
        ref: { type: 'varchar', length: 36 },
        open_key: { type: 'varchar', length: 64, nullable: true },
        role: { type: 'varchar', length: 32 },
        authority_id: { type: 'varchar', length: 36, nullable: true },
        institution_id: { type: 'varchar', length: 36, nullable: true },
        post_id: { type: 'varchar', length: 36, nullable: true },
        opened_at: { type: 'bigint' },
        closed_at: { type: 'bigint', nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ix_work_item_institution', columns: ['institution_id', 'role', 'closed_at'] },
        { name: 'ix_work_item_authority', columns: ['authority_id', 'role', 'closed_at'] },
        { name: 'ix_work_item_post', columns: ['post_id', 'closed_at'] },
        { name: 'ux_work_item_open', columns: ['open_key'], unique: true },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'work_item');
  }
}
