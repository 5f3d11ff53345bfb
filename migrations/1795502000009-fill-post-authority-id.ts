import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FillPostAuthorityId1795502000009 implements MigrationInterface {
  name = 'FillPostAuthorityId1795502000009';

  async up(q: QueryRunner): Promise<void> {
    await q.query('UPDATE post SET authority_id = authority_code WHERE authority_id IS NULL');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('UPDATE post SET authority_id = NULL');
  }
}
