import type { MigrationInterface, QueryRunner } from 'typeorm';

const AT_ONCE = 500;

/** Reports from before they were partial hold all of these: what was not named stands there as null. */
const FILLED = [
  'publicInstitutionClass',
  'legalRepresentative',
  'address',
  'phone',
  'certificateType',
  'legalPersonality',
  'businessScope',
  'registeredDivision',
];

interface Proposal {
  organisation?: Record<string, unknown>;
}

/** The proposal without what it did not name; undefined where it is a partial one, whose nulls clear. */
function mended(text: string): string | undefined {
  const proposal = JSON.parse(text) as Proposal | null;
  const said = proposal?.organisation;
  if (!said || !FILLED.every((item) => item in said)) return undefined;
  const organisation = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  // One that names every item is whole as it is.
  if (Object.keys(organisation).length === Object.keys(said).length) return undefined;
  return JSON.stringify({ ...proposal, organisation });
}

/**
 * Reports that wait to be confirmed, or were returned, would clear whatever they do not name. In an old one a null that was
 * meant cannot be told from one that was filled in, so none clears. May begin anew after a failure half-way.
 */
export class MendChangeProposal1795610000009 implements MigrationInterface {
  name = 'MendChangeProposal1795610000009';

  async up(q: QueryRunner): Promise<void> {
    const select =
      "SELECT id, proposal FROM institution_change WHERE id > ? AND state IN ('reported', 'returned') " +
      `AND proposal IS NOT NULL ORDER BY id LIMIT ${AT_ONCE}`;
    for (let behind: string | undefined = ''; behind !== undefined;) {
      const rows = (await q.query(select, [behind])) as { id: string; proposal: string }[];
      for (const { id, proposal } of rows) {
        const text = mended(proposal);
        if (text !== undefined) await q.query('UPDATE institution_change SET proposal = ? WHERE id = ?', [text, id]);
      }
      behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
    }
  }

  // What was not named is not known again as null; nothing misses it.
  down(): Promise<void> {
    return Promise.resolve();
  }
}
