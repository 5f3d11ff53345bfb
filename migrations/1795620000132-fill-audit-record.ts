import type { MigrationInterface, QueryRunner } from 'typeorm';

const AT_ONCE = 500;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids that stand directly in the payload. */
function recordsIn(facts: string | null): string[] {
  const rows = facts === null ? [] : (JSON.parse(facts) as [string, unknown, string][]);
  const named = rows.filter(([path, value]) => /^\/[^/]+$/.test(path) && typeof value === 'string' && UUID.test(value));
  return [...new Set(named.map(([, value]) => value as string))];
}

/** What was recorded before is found from its records too. May begin anew after a failure half-way. */
export class FillAuditRecord1795620000132 implements MigrationInterface {
  name = 'FillAuditRecord1795620000132';

  async up(q: QueryRunner): Promise<void> {
    const ignore = q.dataSource.options.type === 'better-sqlite3' ? 'OR IGNORE' : 'IGNORE';
    const select = `SELECT id, facts FROM audit_entry WHERE id > ? ORDER BY id LIMIT ${AT_ONCE}`;
    for (let behind: string | undefined = ''; behind !== undefined;) {
      const rows = (await q.query(select, [behind])) as { id: string; facts: string | null }[];
      const pairs = rows.flatMap(({ id, facts }) => recordsIn(facts).map((record) => [record, id] as const));
      for (let at = 0; at < pairs.length; at += AT_ONCE) {
        const some = pairs.slice(at, at + AT_ONCE);
        const places = some.map(() => '(?, ?)').join(', ');
        await q.query(`INSERT ${ignore} INTO audit_record (record_id, entry_id) VALUES ${places}`, some.flat());
      }
      behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM audit_record');
  }
}
