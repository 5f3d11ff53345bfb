import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateEngagement1795415000008 implements MigrationInterface {
  name = 'CreateEngagement1795415000008';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'engagement',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        subject_kind: { type: 'varchar', length: 16 },
        subject_id: { type: 'varchar', length: 36 },
        role: { type: 'varchar', length: 24 },
        from_day: { type: 'varchar', length: 10 },
        to_day: { type: 'varchar', length: 10, nullable: true },
        version: { type: 'int' },
      },
      indices: [{ name: 'ix_engagement_subject', columns: ['subject_kind', 'subject_id'] }],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'engagement');
  }
}
