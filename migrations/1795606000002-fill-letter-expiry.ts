import type { MigrationInterface, QueryRunner } from 'typeorm';
import { legalDateOf } from '../src/kernel/pure/time';
import { systemClock, type Clock } from '../src/kernel/sources';

interface Lettered {
  id: string;
  role: string;
  institution_id: string | null;
  letter_until: string;
}

/** Letters of authorisation that were recorded before their end became a deadline; reckoned by the job, at mark -1. */
export class FillLetterExpiry1795606000002 implements MigrationInterface {
  name = 'FillLetterExpiry1795606000002';

  constructor(private readonly clock: Clock = systemClock) {}

  async up(q: QueryRunner): Promise<void> {
    const isThere = async (rows: string, values: string[]): Promise<boolean> =>
      ((await q.query(`SELECT 1 FROM ${rows}`, values)) as unknown[]).length > 0;
    const posts = (await q.query(
      'SELECT id, role, institution_id, letter_until FROM post WHERE letter_until IS NOT NULL ' +
        'AND letter_until >= ? AND (to_day IS NULL OR letter_until < to_day)',
      [legalDateOf(this.clock.now())],
    )) as Lettered[];
    for (const { id, role, institution_id: institutionId, letter_until: lastDay } of posts) {
      // On MariaDB no transaction takes back the first rows of a run that broke off: the next one goes on from them.
      if (!(await isThere('deadline WHERE id = ?', [id]))) {
        await q.query(
          'INSERT INTO deadline (id, kind, ref, open_key, starts_on, waits_for, days, unit, roll, first_day_counts, ' +
            'pauses, due_on, sort_on, provisional, tables, mark, remind_on, opened_at, closed_at, version) VALUES ' +
            "(?, 'letter.expiry', ?, ?, ?, NULL, 0, 'calendar', ?, ?, '[]', ?, ?, ?, '[]', -1, NULL, 0, NULL, 1)",
          [id, id, `letter.expiry:${id}`, lastDay, 0, 0, lastDay, lastDay, 0],
        );
      }
      const clerks = institutionId === null ? [] : [['institution', institutionId]];
      for (const holder of [...clerks, ...(role === 'institution' ? [] : [['post', id]])]) {
        const row = [id, ...holder];
        if (await isThere('deadline_holder WHERE deadline_id = ? AND holder_kind = ? AND holder_id = ?', row)) continue;
        await q.query('INSERT INTO deadline_holder (deadline_id, holder_kind, holder_id) VALUES (?, ?, ?)', row);
      }
    }
  }

  async down(q: QueryRunner): Promise<void> {
    const open = "SELECT id FROM deadline WHERE kind = 'letter.expiry'";
    await q.query(`DELETE FROM deadline_holder WHERE deadline_id IN (${open})`);
    await q.query("DELETE FROM deadline WHERE kind = 'letter.expiry'");
  }
}
