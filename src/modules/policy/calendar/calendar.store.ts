import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import type { LegalDate } from '../../../kernel/pure/time';
import { calendarOf, type Calendar, type YearTable } from '../core/working-days';

/** One revision of one year's table; never changed. */
@Entity('calendar_table')
@Index('ux_calendar_table_revision', ['year', 'revision'], { unique: true })
@Index('ux_calendar_table_mark', ['mark'], { unique: true })
export class CalendarTable {
  @Column(col.key(36)) id: string;
  @Column(col.int()) year: number;
  @Column(col.int()) revision: number;
  /** Rises with every table: whoever reckoned under a lower mark looks again. */
  @Column(col.int()) mark: number;
  @Column({ ...col.text(100), name: 'document_number' }) documentNumber: string;
  @Column({ ...col.day(), name: 'published_on' }) publishedOn: LegalDate;
  @Column(col.json()) periods: YearTable['periods'];
  @Column({ ...col.json(), name: 'make_up_days' }) makeUpDays: YearTable['makeUpDays'];
  @Column(col.text(16)) source: 'shipped' | 'entered';
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: number;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
}

export const calendarEntities = [CalendarTable];

/** All revisions of all years, oldest first; a few rows a year. */
export const allTables = (on: Reads): Promise<CalendarTable[]> => on.m.find(CalendarTable, { order: { mark: 'ASC' } });

export interface MarkedCalendar extends Calendar {
  readonly mark: number;
}

/** The newest revision of each year. */
export function newestOf(rows: readonly CalendarTable[]): MarkedCalendar {
  const newest = new Map<number, CalendarTable>();
  for (const row of rows) {
    const known = newest.get(row.year);
    if (!known || known.revision < row.revision) newest.set(row.year, row);
  }
  const mark = rows.reduce((top, row) => Math.max(top, row.mark), 0);
  return { ...calendarOf([...newest.values()]), mark };
}

export const insertTable = async (tx: Tx, row: CalendarTable): Promise<void> => {
  await tx.m.insert(CalendarTable, row);
};
