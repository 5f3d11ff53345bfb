import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Current names, by list and place. */
const names: readonly string[] = [
  `SELECT DISTINCT 'org', o.uscc, v.name_key FROM organisation o
   JOIN organisation_version v ON v.organisation_id = o.id AND v.superseded_at IS NULL`,
  `SELECT DISTINCT 'inst', i.id, v.name_key FROM institution i
   JOIN organisation_version v ON v.organisation_id = i.organisation_id AND v.superseded_at IS NULL`,
  `SELECT DISTINCT 'expert', expert_id, name_key FROM expert_version WHERE superseded_at IS NULL`,
  `SELECT DISTINCT 'mine', mine_id, name_key FROM mine_version WHERE superseded_at IS NULL`,
];

/** Keeps the names of what is registered already where searches look at them. What is there stays: it may begin anew. */
export class FillNameText1795509000005 implements MigrationInterface {
  name = 'FillNameText1795509000005';

  async up(q: QueryRunner): Promise<void> {
    const verb = q.dataSource.options.type === 'better-sqlite3' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
    for (const select of names) await q.query(`${verb} INTO name_text (list, place, text) ${select}`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM name_text');
  }
}
