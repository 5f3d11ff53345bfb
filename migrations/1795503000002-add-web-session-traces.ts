import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

/** What a person needs in order to tell the own sessions apart. */
export class AddWebSessionTraces1795503000002 implements MigrationInterface {
  name = 'AddWebSessionTraces1795503000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'web_session', {
      via: { type: 'varchar', length: 16 },
      address: { type: 'varchar', length: 64 },
      agent: { type: 'varchar', length: 64 },
      failed_before: { type: 'int' },
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'web_session', ['via', 'address', 'agent', 'failed_before']);
  }
}
