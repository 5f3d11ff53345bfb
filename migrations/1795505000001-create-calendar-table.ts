import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateCalendarTable1795505000001 implements MigrationInterface {
  name = 'CreateCalendarTable1795505000001';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'calendar_table',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        year: { type: 'int' },
        revision: { type: 'int' },
        mark: { type: 'int' },
        document_number: { type: 'varchar', length: 100 },
        published_on: { type: 'varchar', length: 10 },
        periods: { type: 'text' },
        make_up_days: { type: 'text' },
        source: { type: 'varchar', length: 16 },
        recorded_at: { type: 'bigint' },
        account_id: { type: 'varchar', length: 36, nullable: true },
      },
      indices: [
        { name: 'ux_calendar_table_revision', columns: ['year', 'revision'], unique: true },
        { name: 'ux_calendar_table_mark', columns: ['mark'], unique: true },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'calendar_table');
  }
}
