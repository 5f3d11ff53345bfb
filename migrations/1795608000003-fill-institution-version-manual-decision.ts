import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until now a decision held of every day: each entry says it. */
export class FillInstitutionVersionManualDecision1795608000003 implements MigrationInterface {
  name = 'FillInstitutionVersionManualDecision1795608000003';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `UPDATE institution_version SET manual_decision =
        (SELECT i.manual_decision FROM institution i WHERE i.id = institution_version.institution_id)
        WHERE manual_decision IS NULL`,
    );
  }

  // The column goes with the migration before; nothing else has to be taken back.
  down(): Promise<void> {
    return Promise.resolve();
  }
}
