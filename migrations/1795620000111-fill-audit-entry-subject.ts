import type { MigrationInterface, QueryRunner } from 'typeorm';

const AT_ONCE = 500;

/** Open leaves name their subjects. */
const subjectsOf = (leaf: string): string[] => [
  ...new Set((JSON.parse(leaf) as { subjects?: readonly string[] }).subjects ?? []),
];

/** Entries made before subjects had a table of their own. May begin anew after a failure half-way. */
export class FillAuditEntrySubject1795620000111 implements MigrationInterface {
  name = 'FillAuditEntrySubject1795620000111';

  async up(q: QueryRunner): Promise<void> {
    // Also what an attempt that broke off has filled already.
    const ignore = q.dataSource.options.type === 'better-sqlite3' ? 'OR IGNORE' : 'IGNORE';
    const select = `SELECT id, leaf FROM audit_entry WHERE id > ? AND sealed = 0 ORDER BY id LIMIT ${AT_ONCE}`;
    for (let behind: string | undefined = ''; behind !== undefined;) {
      const rows = (await q.query(select, [behind])) as { id: string; leaf: string }[];
      const pairs = rows.flatMap(({ id, leaf }) => subjectsOf(leaf).map((subject) => [subject, id] as const));
      for (let at = 0; at < pairs.length; at += AT_ONCE) {
        const some = pairs.slice(at, at + AT_ONCE);
        const places = some.map(() => '(?, ?)').join(', ');
        await q.query(`INSERT ${ignore} INTO audit_entry_subject (subject, entry_id) VALUES ${places}`, some.flat());
      }
      behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
    }
  }

  // The leaves still say it.
  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM audit_entry_subject');
  }
}
