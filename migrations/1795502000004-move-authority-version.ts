import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MoveAuthorityVersion1795502000004 implements MigrationInterface {
  name = 'MoveAuthorityVersion1795502000004';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      'INSERT INTO authority_version ' +
        '(id, authority_id, name, parent_id, parent_basis, valid_from, valid_to, recorded_at, superseded_at, recorded_by, paper) ' +
        "SELECT code, code, name, NULL, NULL, '1949-10-01', NULL, set_at, NULL, NULL, NULL FROM authority " +
        'WHERE code NOT IN (SELECT id FROM authority_version)',
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM authority_version');
  }
}
