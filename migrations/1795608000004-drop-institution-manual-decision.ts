import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** The decision is dated now and stands in the entries. */
export class DropInstitutionManualDecision1795608000004 implements MigrationInterface {
  name = 'DropInstitutionManualDecision1795608000004';

  up(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'institution', ['manual_decision']);
  }

  async down(q: QueryRunner): Promise<void> {
    await addColumns(q, 'institution', { manual_decision: { type: 'text' } });
    await q.query(
      `UPDATE institution SET manual_decision = (SELECT MAX(v.manual_decision) FROM institution_version v
        WHERE v.institution_id = institution.id AND v.superseded_at IS NULL)`,
    );
  }
}
