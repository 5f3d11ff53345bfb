import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until now nobody decided: whoever is in a register was admitted on the day of the application. */
export class FillPoolEntryAdmitted1795604000003 implements MigrationInterface {
  name = 'FillPoolEntryAdmitted1795604000003';

  async up(q: QueryRunner): Promise<void> {
    await q.query("UPDATE pool_entry SET admitted_on = applied_on WHERE state = 'admitted' AND admitted_on IS NULL");
  }

  // The column goes with the migration before; nothing else has to be taken back.
  down(): Promise<void> {
    return Promise.resolve();
  }
}
