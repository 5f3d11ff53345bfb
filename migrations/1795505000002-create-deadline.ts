import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable, makeTable } from '../src/kernel/db/table';

export class CreateDeadline1795505000002 implements MigrationInterface {
  name = 'CreateDeadline1795505000002';

  up(q: QueryRunner): Promise<void> {
    return makeTable(q, {
      name: 'deadline',
      columns: {
        id: { type: 'varchar', length: 36, primary: true },
        kind: { type: 'varchar', length: 40 },
        ref: { type: 'varchar', length: 80 },
        open_key: { type: 'varchar', length: 121, nullable: true },
        starts_on: { type: 'varchar', length: 10, nullable: true },
        waits_for: { type: 'varchar', length: 36, nullable: true },
        days: { type: 'int' },
        unit: { type: 'varchar', length: 10 },
        roll: { type: 'boolean' },
        first_day_counts: { type: 'boolean' },
        pauses: { type: 'text' },
        due_on: { type: 'varchar', length: 10, nullable: true },
        sort_on: { type: 'varchar', length: 10 },
        provisional: { type: 'boolean' },
        tables: { type: 'text' },
        mark: { type: 'int' },
        remind_on: { type: 'varchar', length: 10, nullable: true },
        opened_at: { type: 'bigint' },
        closed_at: { type: 'bigint', nullable: true },
        version: { type: 'int' },
      },
      indices: [
        { name: 'ux_deadline_open', columns: ['open_key'], unique: true },
        { name: 'ix_deadline_ref', columns: ['kind', 'ref'] },
        { name: 'ix_deadline_waits', columns: ['waits_for'] },
        { name: 'ix_deadline_remind', columns: ['remind_on'] },
        { name: 'ix_deadline_mark', columns: ['closed_at', 'mark'] },
      ],
    });
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'deadline');
  }
}
