import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddWebSessionIdToken1795609000001 implements MigrationInterface {
  name = 'AddWebSessionIdToken1795609000001';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'web_session', { id_token: { type: 'text' } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'web_session', ['id_token']);
  }
}
