import type { MigrationInterface, QueryRunner } from 'typeorm';

const AT_ONCE = 500;

interface Source {
  kind: string;
  table: string;
  /** What rows are told apart by, where it is no id. */
  key?: string;
  /** What a row's files hang on. */
  ref: string;
  /** Columns that name files: by an id, or in JSON. */
  columns: readonly string[];
}

const sources: readonly Source[] = [
  { kind: 'letter', table: 'authorisation_letter', ref: 'post_id', columns: ['file_id'] },
  {
    kind: 'hand-over',
    table: 'hand_over_party',
    key: "CONCAT(t.hand_over_id, '/', t.post_id)",
    ref: 'hand_over_id',
    columns: ['scan_file_id'],
  },
  { kind: 'consent', table: 'service_consent', ref: 'id', columns: ['file_id'] },
  { kind: 'organisation', table: 'organisation_document', ref: 'organisation_id', columns: ['file_id'] },
  { kind: 'institution', table: 'institution_version', ref: 'institution_id', columns: ['legal_person_evidence'] },
  { kind: 'institution-change', table: 'institution_change', ref: 'id', columns: ['file_ids', 'proposal'] },
  { kind: 'expert', table: 'expert_version', ref: 'expert_id', columns: ['title_detail', 'specialty_proofs'] },
  { kind: 'employment', table: 'employment', ref: 'id', columns: ['signed_sheet_file_id'] },
  { kind: 'employment', table: 'employment_version', ref: 'employment_id', columns: ['evidence_file_ids'] },
  { kind: 'pool-entry', table: 'pool_decision', ref: 'entry_id', columns: ['scan_file_id'] },
  { kind: 'evaluation', table: 'evidence', ref: 'evaluation_id', columns: ['file_id'] },
  { kind: 'case', table: 'case_step', ref: 'case_id', columns: ['scan_file_id'] },
];

type Row = { id: string; ref: string } & Record<string, string | null>;

/** Ids in a list, under `fileId`, or in the parts of either. */
function idsWithin(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((v) => (typeof v === 'string' ? [v] : idsWithin(v)));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, v]) =>
    name === 'fileId' && typeof v === 'string' ? [v] : typeof v === 'object' ? idsWithin(v) : [],
  );
}

const idsIn = (text: string | null): string[] => {
  if (text === null || text === '') return [];
  return /^[[{]/.test(text) ? idsWithin(JSON.parse(text)) : [text];
};

/** Files that records name already, a few hundred rows at a time. May begin anew after a failure half-way. */
export class FillFileAttachment1795602000002 implements MigrationInterface {
  name = 'FillFileAttachment1795602000002';

  async up(q: QueryRunner): Promise<void> {
    const ignore = q.dataSource.options.type === 'better-sqlite3' ? 'OR IGNORE' : 'IGNORE';
    // Only what is a file's id: a list may hold other texts.
    const insert = `INSERT ${ignore} INTO file_attachment (file_id, kind, ref) SELECT f.id, ?, ? FROM stored_file f WHERE f.id = ?`;
    for (const { kind, table, ref, columns, key = 't.id' } of sources) {
      // One that a later migration makes is empty.
      if (!(await q.hasTable(table))) continue;
      const named = columns.map((c) => `t.${c} IS NOT NULL`).join(' OR ');
      const select = `SELECT ${key} AS id, t.${ref} AS ref, ${columns.map((c) => `t.${c}`).join(', ')} FROM ${table} t`;
      for (let behind: string | undefined = ''; behind !== undefined;) {
        const rows = (await q.query(`${select} WHERE ${key} > ? AND (${named}) ORDER BY ${key} LIMIT ${AT_ONCE}`, [
          behind,
        ])) as Row[];
        for (const row of rows)
          for (const id of columns.flatMap((c) => idsIn(row[c] ?? null))) await q.query(insert, [kind, row.ref, id]);
        behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
      }
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM file_attachment');
  }
}
