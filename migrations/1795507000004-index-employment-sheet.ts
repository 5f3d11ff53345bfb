import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

export class IndexEmploymentSheet1795507000004 implements MigrationInterface {
  name = 'IndexEmploymentSheet1795507000004';

  up(q: QueryRunner): Promise<void> {
    return q.createIndex(
      'employment',
      new TableIndex({ name: 'ix_employment_sheet', columnNames: ['signed_sheet_sha256'] }),
    );
  }

  down(q: QueryRunner): Promise<void> {
    return q.dropIndex('employment', 'ix_employment_sheet');
  }
}
