import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddSessionSecondFactor1795603000002 implements MigrationInterface {
  name = 'AddSessionSecondFactor1795603000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'web_session', { second_factor: { type: 'varchar', length: 16 } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'web_session', ['second_factor']);
  }
}
