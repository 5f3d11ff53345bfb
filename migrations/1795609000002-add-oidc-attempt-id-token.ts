import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from '../src/kernel/db/table';

export class AddOidcAttemptIdToken1795609000002 implements MigrationInterface {
  name = 'AddOidcAttemptIdToken1795609000002';

  up(q: QueryRunner): Promise<void> {
    return addColumns(q, 'oidc_attempt', { id_token: { type: 'text' } });
  }

  down(q: QueryRunner): Promise<void> {
    return dropColumns(q, 'oidc_attempt', ['id_token']);
  }
}
