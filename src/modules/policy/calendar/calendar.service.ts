import type * as z from 'zod';
import { systemCall, type Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDate, legalDateOf, TimeError, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import type { Scope } from '../../identity';
import { addWorkingDays } from '../core/working-days';
import type { CalendarTable as CalendarTableView, calendarRoutes } from './calendar.contract';
import { judgeTable, type TableBody } from './calendar.rules';
import { allTables, insertTable, newestOf, type CalendarTable, type MarkedCalendar } from './calendar.store';
import table2024 from './data/2024.json';
import table2025 from './data/2025.json';
import table2026 from './data/2026.json';

export interface CalendarDeps {
  db: Db;
  command: Command;
  audit: Audit;
  /** Reckons open deadlines anew under the table that was just loaded; as many as one transaction may hold. */
  recompute: (tx: Tx, call: Call) => Promise<{ moved: number; pending: boolean }>;
  scope: Pick<Scope, 'requireHouse'>;
}

interface TableFile {
  year: number;
  documentNumber: string;
  publishedOn: string;
  periods: { name: string; from: string; lastDay: string }[];
  makeUpDays: string[];
}

const shipped: readonly { year: number; body: TableBody }[] = [table2024, table2025, table2026].map(
  ({ year, documentNumber, publishedOn, periods, makeUpDays }: TableFile) => ({
    year,
    body: {
      documentNumber,
      publishedOn: legalDate(publishedOn),
      periods: periods.map((p) => ({ name: p.name, from: legalDate(p.from), lastDay: legalDate(p.lastDay) })),
      makeUpDays: makeUpDays.map(legalDate),
    },
  }),
);

/** One at a time loads a table: the mark must rise. */
const guard = { kind: 'record', id: 'calendar' } as const;

const same = (row: CalendarTable, body: TableBody): boolean =>
  JSON.stringify([row.documentNumber, row.publishedOn, row.periods, row.makeUpDays]) ===
  JSON.stringify([body.documentNumber, body.publishedOn, body.periods, body.makeUpDays]);

function present(rows: readonly CalendarTable[], year: number): CalendarTableView {
  const revisions = rows.filter((r) => r.year === year).sort((a, b) => a.revision - b.revision);
  const newest = revisions.at(-1);
  if (!newest)
    throw new Problem('request.not-found', { what: say('年度节假日安排', 'holiday table of the year'), id: year });
  const at = (r: CalendarTable): string => instantText(instant(r.recordedAt));
  return {
    year,
    revision: newest.revision,
    documentNumber: newest.documentNumber,
    publishedOn: newest.publishedOn,
    periods: newest.periods.map((p) => ({ ...p })),
    makeUpDays: [...newest.makeUpDays],
    source: newest.source,
    recordedAt: at(newest),
    revisions: revisions.map((r) => ({
      revision: r.revision,
      documentNumber: r.documentNumber,
      recordedAt: at(r),
    })),
  };
}

/** Working-day tables by year, in revisions, and what is reckoned with them. */
export function createCalendar({ db, command, audit, recompute, scope }: CalendarDeps) {
  const { clock, ids } = db.sources;

  const current = async (on: Reads = db): Promise<MarkedCalendar> => newestOf(await allTables(on));

  async function enter(tx: Tx, call: Call, year: number, body: TableBody, source: CalendarTable['source']) {
    const rows = await allTables(tx);
    const row: CalendarTable = {
      id: ids.timed(),
      year,
      revision: rows.filter((r) => r.year === year).length + 1,
      mark: rows.reduce((top, r) => Math.max(top, r.mark), 0) + 1,
      documentNumber: body.documentNumber,
      publishedOn: body.publishedOn,
      periods: body.periods,
      makeUpDays: body.makeUpDays,
      source,
      recordedAt: clock.now(),
      accountId: call.actor.accountId,
    };
    await insertTable(tx, row);
    const payload = { year, revision: row.revision, document: row.documentNumber, publishedOn: row.publishedOn };
    const type = source === 'shipped' ? 'calendar.shipped' : 'calendar.loaded';
    await audit.append(tx, call, { type, subjects: [`calendar:${year}`], payload });
    return row;
  }

  /** Years that the release brings and the database does not have; call inside the migration lease. */
  async function ensureShipped(): Promise<void> {
    const known = new Set((await allTables(db)).map((r) => r.year));
    for (const table of shipped.filter((t) => !known.has(t.year))) {
      const call = systemCall(ids.timed());
      await command(call, {}, (tx) => enter(tx, call, table.year, table.body, 'shipped'));
    }
  }

  async function load(call: Call, year: number, body: z.output<NonNullable<typeof calendarRoutes.loadTable.body>>) {
    const faults = judgeTable(year, body, legalDateOf(clock.now()));
    if (faults.length > 0) {
      const errors = faults.map((f) => ({ in: 'body' as const, ...f }));
      throw new Problem('request.unprocessable', {}, errors);
    }
    return command(call, { subjects: () => [guard] }, async (tx) => {
      // Every open deadline of the installation is reckoned by it.
      await scope.requireHouse(tx, call, { permission: 'calendar.load' });
      const rows = await allTables(tx);
      const newest = rows.filter((r) => r.year === year).at(-1);
      if (newest && same(newest, body)) {
        await audit.append(tx, call, { type: 'calendar.confirmed', payload: { year, revision: newest.revision } });
        return { ...present(rows, year), moved: 0, pending: false };
      }
      await enter(tx, call, year, body, 'entered');
      const done = await recompute(tx, call);
      return { ...present(await allTables(tx), year), ...done };
    });
  }

  async function workingDays(from: LegalDate, days: number, firstDayCounts: boolean) {
    const calendar = await current();
    try {
      const { day, provisional, tables, steps } = addWorkingDays(calendar, from, days, { firstDayCounts });
      return { from, days, day, provisional, tables: [...tables], steps: [...steps] };
    } catch (error) {
      if (error instanceof TimeError) throw new Problem('calendar.out-of-range', { from });
      throw error;
    }
  }

  return {
    current,
    ensureShipped,
    load,
    list: async () => {
      const { tables } = await current();
      const years = [...tables.values()].sort((a, b) => a.year - b.year);
      return {
        years: years.map(({ year, revision, documentNumber }) => ({ year, revision, documentNumber })),
      };
    },
    read: async (year: number) => present(await allTables(db), year),
    workingDays,
  };
}

export type CalendarService = ReturnType<typeof createCalendar>;
