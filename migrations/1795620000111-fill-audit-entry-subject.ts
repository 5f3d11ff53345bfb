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
    const select = `SELECT id, leaf FROM audit_entry WHERE id > ? AND sealed = 0 ORDER BY id LIMIT ${AT_ONCE}`;
    for (let behind: string | undefined = ''; behind !== undefined;) {
      const rows = (await q.query(select, [behind])) as { id: string; leaf: string }[];
      for (const { id, leaf } of rows) {
        // Also what an attempt that broke off has filled already.
        await q.query('DELETE FROM audit_entry_subject WHERE entry_id = ?', [id]);
        for (const subject of subjectsOf(leaf))
          await q.query('INSERT INTO audit_entry_subject (subject, entry_id) VALUES (?, ?)', [subject, id]);
      }
      behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
    }
  }

  // The leaves still say it.
  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM audit_entry_subject');
  }
}
