import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `account`: who may not check what waits, in SQL over the waiting item `w` and the row `t` it is about. */
const hands: readonly { kind: string; from: string; account: string }[] = [
  ...['t.sheet_recorded_by', 'f.account_id', 'v.recorded_by'].map((account) => ({
    kind: 'employment-sheet',
    from:
      'employment t ON t.id = w.ref INNER JOIN employment_version v ON v.employment_id = t.id ' +
      'LEFT JOIN stored_file f ON f.id = t.signed_sheet_file_id',
    account,
  })),
  ...['t.sheet_recorded_by', 't.confirmed_by', 'v.recorded_by'].map((account) => ({
    kind: 'employment-objection',
    from:
      'employment_objection o ON o.id = w.ref INNER JOIN employment t ON t.id = o.employment_id ' +
      'INNER JOIN employment_version v ON v.employment_id = t.id',
    account,
  })),
  { kind: 'expert-merge', from: 'expert_merge t ON t.id = w.ref', account: 't.proposed_by' },
  { kind: 'policy-draft', from: 'policy_profile t ON t.id = w.ref', account: 't.drafted_by' },
];

export class FillWorkExclusion1795605000004 implements MigrationInterface {
  name = 'FillWorkExclusion1795605000004';

  async up(q: QueryRunner): Promise<void> {
    for (const { kind, from, account } of hands) {
      await q.query(
        `INSERT INTO work_exclusion (work_id, account_id) SELECT DISTINCT w.id, ${account} FROM work_item w ` +
          `INNER JOIN ${from} WHERE w.kind = '${kind}' AND w.closed_at IS NULL AND ${account} IS NOT NULL ` +
          `AND NOT EXISTS (SELECT 1 FROM work_exclusion x WHERE x.work_id = w.id AND x.account_id = ${account})`,
      );
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM work_exclusion');
  }
}
