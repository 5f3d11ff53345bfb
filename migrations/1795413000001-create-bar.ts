import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateBar1795413000001 implements MigrationInterface {
  name = 'CreateBar1795413000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'bar',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        subject_kind: { type: 'varchar', length: 16 },
        subject_id: { type: 'varchar', length: 36 },
        code: { type: 'varchar', length: 32 },
        name: { type: 'varchar', length: 200 },
        ground: { type: 'varchar', length: 32 },
        decision_number: { type: 'varchar', length: 100 },
        case_id: { type: 'varchar', length: 36 },
        case_subject_id: { type: 'varchar', length: 36 },
        authority: { type: 'varchar', length: 6 },
        authority_name: { type: 'varchar', length: 200 },
        basis: { type: 'varchar', length: 200 },
        profile: { type: 'varchar', length: 64 },
        served_on: { type: 'varchar', length: 10 },
        last_barred_day: { type: 'varchar', length: 10 },
        free_from: { type: 'varchar', length: 10 },
        steps: { type: 'text' },
        published: { type: 'boolean' },
        recorded_at: { type: 'bigint' },
        annulled_from: { type: 'varchar', length: 10, nullable: true },
        annulled_at: { type: 'bigint', nullable: true },
      },
      indices: [
        { name: 'ix_bar_code', columns: ['code'] },
        { name: 'ix_bar_public', columns: ['published', 'served_on', 'id'] },
        { name: 'ix_bar_subject', columns: ['subject_kind', 'subject_id'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'bar');
  }
}
