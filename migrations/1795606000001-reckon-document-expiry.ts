import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open expiries are reckoned anew by the job, since they are now told thirty days before too. */
export class ReckonDocumentExpiry1795606000001 implements MigrationInterface {
  name = 'ReckonDocumentExpiry1795606000001';

  async up(q: QueryRunner): Promise<void> {
    await q.query("UPDATE deadline SET mark = -1 WHERE kind = 'document.expiry' AND closed_at IS NULL");
  }

  async down(): Promise<void> {
    // Reckoned anew by the older release it is the same day with one reminder less.
  }
}
