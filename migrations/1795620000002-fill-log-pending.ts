import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was recorded before there was a log enters it first, in the order of its ids. */
export class FillLogPending1795620000002 implements MigrationInterface {
  name = 'FillLogPending1795620000002';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `INSERT INTO log_pending (entry_id)
       SELECT e.id FROM audit_entry e
       WHERE NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM log_position p WHERE p.entry_id = e.id)`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM log_pending');
  }
}
