import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, nullable } from '../src/kernel/db/columns';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** How the last run of each job ended, for the system administrator. */
export class NoteJobRuns1795620000114 implements MigrationInterface {
  name = 'NoteJobRuns1795620000114';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'job_lease', {
      started_at: col.at(nullable),
      ended_at: col.at(nullable),
      failed_at: col.at(nullable),
      error: col.text(300, nullable),
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'job_lease', ['started_at', 'ended_at', 'failed_at', 'error']);
  }
}
