import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MoveAuthorityBody1795502000003 implements MigrationInterface {
  name = 'MoveAuthorityBody1795502000003';

  /** The one authority so far: its own code serves as id, so that what names it by code can be told by it. */
  async up(q: QueryRunner): Promise<void> {
    await q.query(
      'INSERT INTO authority_body (id, code, kind, name, parent_id, parent_basis, from_day, to_day, version) ' +
        "SELECT code, code, kind, name, NULL, NULL, '1949-10-01', NULL, 1 FROM authority " +
        'WHERE code NOT IN (SELECT id FROM authority_body)',
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM authority_body');
  }
}
