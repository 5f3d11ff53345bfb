import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FillRecordAuthorityId1795502000013 implements MigrationInterface {
  name = 'FillRecordAuthorityId1795502000013';

  /** Whatever was recorded so far is the one authority's, whose id is its code. */
  async up(q: QueryRunner): Promise<void> {
    for (const table of ['lot', 'pool_entry', 'case_file']) {
      await q.query(`UPDATE ${table} SET authority_id = authority WHERE authority_id IS NULL`);
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['lot', 'pool_entry', 'case_file']) await q.query(`UPDATE ${table} SET authority_id = NULL`);
  }
}
