import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** The notice that was served electronically; null where another service was entered. */
export class AddCaseSubjectNoticeId1795607000002 implements MigrationInterface {
  name = 'AddCaseSubjectNoticeId1795607000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'case_subject', { notice_id: { type: 'varchar', length: 36 } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'case_subject', ['notice_id']);
  }
}
