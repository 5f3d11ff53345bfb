import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = 'id, kind, ref, open_key, role, authority_id, institution_id, post_id, opened_at, closed_at, version';

interface Source {
  table: string;
  kind: string;
  role: string;
  /** Authority and institution of the row, in SQL. */
  authority: string;
  institution: string;
  where: string;
}

const lotsAuthority = '(SELECT l.authority_id FROM lot l WHERE l.id = t.lot_id)';
const casesAuthority = '(SELECT c.authority_id FROM case_file c WHERE c.id = t.case_id)';
const openEvaluation = "('assigned', 'team-named', 'desk-reviewed', 'on-site', 'returned', 'frozen')";

/** Nobody knows which post holds what is open already: it lies in the pool of the role whose turn it is. */
const sources: readonly Source[] = [
  {
    table: 'lot',
    kind: 'lot',
    role: 'bureau',
    authority: 't.authority_id',
    institution: 'NULL',
    where: "t.state NOT IN ('closed', 'cancelled')",
  },
  {
    table: 'pool_entry',
    kind: 'pool-entry',
    role: 'bureau-lead',
    authority: 't.authority_id',
    institution: 'NULL',
    where: "t.state = 'applied'",
  },
  {
    table: 'assignment',
    kind: 'assignment',
    role: 'institution',
    authority: 'NULL',
    institution: 't.institution_id',
    where: "t.state = 'offered'",
  },
  {
    table: 'evaluation',
    kind: 'evaluation',
    role: 'institution',
    authority: 'NULL',
    institution: 't.institution_id',
    where: `t.state IN ${openEvaluation}`,
  },
  {
    table: 'evaluation',
    kind: 'evaluation',
    role: 'bureau',
    authority: lotsAuthority,
    institution: 'NULL',
    where: "t.state = 'reported'",
  },
  {
    table: 'case_file',
    kind: 'case',
    role: 'inspector',
    authority: 't.authority_id',
    institution: 'NULL',
    where: "t.state IN ('lead', 'opened', 'investigating')",
  },
  ...(
    [
      ['inspector', "t.state IN ('notified', 'decided', 'served')"],
      [
        'bureau',
        "t.state IN ('heard', 'waived', 'defence-lapsed') OR (t.state = 'reviewed' AND t.proposed_by IS NULL)",
      ],
      ['bureau-lead', "t.state = 'reviewed' AND t.proposed_by IS NOT NULL"],
    ] as const
  ).map(([role, where]) => ({
    table: 'case_subject',
    kind: 'case-subject',
    role,
    authority: casesAuthority,
    institution: 'NULL',
    where,
  })),
];

export class FillWorkItem1795502000020 implements MigrationInterface {
  name = 'FillWorkItem1795502000020';

  async up(q: QueryRunner): Promise<void> {
    for (const s of sources) {
      await q.query(
        `INSERT INTO work_item (${COLUMNS}) SELECT t.id, '${s.kind}', t.id, CONCAT('${s.kind}', '/', t.id), '${s.role}', ` +
          `${s.authority}, ${s.institution}, NULL, 0, NULL, 1 FROM ${s.table} t ` +
          `WHERE (${s.where}) AND t.id NOT IN (SELECT w.id FROM work_item w)`,
      );
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM work_item');
  }
}
