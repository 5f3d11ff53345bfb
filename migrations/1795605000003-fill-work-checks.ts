import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = 'id, kind, ref, open_key, role, authority_id, institution_id, post_id, opened_at, closed_at, version';

interface Source {
  table: string;
  kind: string;
  role: string;
  authority: string;
  since: string;
  where: string;
}

const openObjection =
  "(SELECT o.employment_id FROM employment_objection o WHERE o.employment_id = t.id AND o.state = 'open')";
const heldDays =
  '(SELECT v.id FROM employment_version v WHERE v.employment_id = t.id AND v.superseded_at IS NULL AND v.void_reason IS NULL)';

/** What already waits for a second person when the work list learns of such things. */
const sources: readonly Source[] = [
  {
    table: 'employment',
    kind: 'employment-sheet',
    role: 'bureau',
    authority: 'NULL',
    since: 't.sheet_recorded_at',
    where:
      't.confirmed_at IS NULL AND t.sheet_recorded_at IS NOT NULL AND t.signed_sheet_file_id IS NOT NULL ' +
      `AND NOT EXISTS ${openObjection} AND EXISTS ${heldDays}`,
  },
  {
    table: 'employment_objection',
    kind: 'employment-objection',
    role: 'bureau',
    authority: 'NULL',
    since: 't.raised_at',
    where: "t.state = 'open'",
  },
  {
    table: 'expert_doubt',
    kind: 'expert-doubt',
    role: 'bureau',
    authority: 'NULL',
    since: 't.raised_at',
    where: "t.state = 'open'",
  },
  {
    table: 'expert_merge',
    kind: 'expert-merge',
    role: 'bureau-lead',
    authority: 'NULL',
    since: 't.proposed_at',
    where: "t.state = 'proposed'",
  },
  {
    table: 'policy_profile',
    kind: 'policy-draft',
    role: 'bureau-lead',
    authority: 't.authority_id',
    since: '0',
    where: 't.effective_from IS NULL',
  },
];

const kinds = sources.map((s) => `'${s.kind}'`).join(', ');

export class FillWorkChecks1795605000003 implements MigrationInterface {
  name = 'FillWorkChecks1795605000003';

  async up(q: QueryRunner): Promise<void> {
    for (const s of sources) {
      await q.query(
        `INSERT INTO work_item (${COLUMNS}) SELECT t.id, '${s.kind}', t.id, CONCAT('${s.kind}', '/', t.id), '${s.role}', ` +
          `${s.authority}, NULL, NULL, ${s.since}, NULL, 1 FROM ${s.table} t ` +
          `WHERE (${s.where}) AND t.id NOT IN (SELECT w.id FROM work_item w)`,
      );
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM work_item WHERE kind IN (${kinds})`);
  }
}
