import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Lettered {
  id: string;
  role: string;
  institution_id: string | null;
  letter_until: string;
}

/** Letters of authorisation that were recorded before their end became a deadline; reckoned by the job, at mark 0. */
export class FillLetterExpiry1795606000002 implements MigrationInterface {
  name = 'FillLetterExpiry1795606000002';

  async up(q: QueryRunner): Promise<void> {
    const posts = (await q.query(
      'SELECT id, role, institution_id, letter_until FROM post WHERE letter_until IS NOT NULL ' +
        'AND letter_until >= CURRENT_DATE AND (to_day IS NULL OR letter_until < to_day)',
    )) as Lettered[];
    for (const { id, role, institution_id: institutionId, letter_until: lastDay } of posts) {
      await q.query(
        'INSERT INTO deadline (id, kind, ref, open_key, starts_on, waits_for, days, unit, roll, first_day_counts, ' +
          'pauses, due_on, sort_on, provisional, tables, mark, remind_on, opened_at, closed_at, version) VALUES ' +
          "(?, 'letter.expiry', ?, ?, ?, NULL, 0, 'calendar', ?, ?, '[]', ?, ?, ?, '[]', 0, NULL, 0, NULL, 1)",
        [id, id, `letter.expiry:${id}`, lastDay, 0, 0, lastDay, lastDay, 0],
      );
      const clerks = institutionId === null ? [] : [['institution', institutionId]];
      for (const holder of [...clerks, ...(role === 'institution' ? [] : [['post', id]])]) {
        await q.query('INSERT INTO deadline_holder (deadline_id, holder_kind, holder_id) VALUES (?, ?, ?)', [
          id,
          ...holder,
        ]);
      }
    }
  }

  async down(q: QueryRunner): Promise<void> {
    const open = "SELECT id FROM deadline WHERE kind = 'letter.expiry'";
    await q.query(`DELETE FROM deadline_holder WHERE deadline_id IN (${open})`);
    await q.query("DELETE FROM deadline WHERE kind = 'letter.expiry'");
  }
}
