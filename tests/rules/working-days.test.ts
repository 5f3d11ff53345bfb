import fc from 'fast-check';
import fs from 'node:fs';
import path from 'node:path';
import { addDays, daysBetween, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { judgeTable, type TableBody } from '../../src/modules/policy/calendar/calendar.rules';
import {
  addWorkingDays,
  calendarOf,
  isWeekend,
  isWorkingDay,
  LONGEST_TERM,
  reckon,
  rollForward,
  workingDaysBefore,
  workingDaysBetween,
  type YearTable,
} from '../../src/modules/policy/core/working-days';

const data = path.resolve(__dirname, '../../src/modules/policy/calendar/data');
const tableOf = (year: number): YearTable => ({
  ...(JSON.parse(fs.readFileSync(path.join(data, `${year}.json`), 'utf8')) as YearTable),
  revision: 1,
});
const shipped = calendarOf([2024, 2025, 2026].map(tableOf));
const d = (text: string): LegalDate => legalDate(text);

describe('the shipped tables', () => {
  test.each([
    [2024, '国办发明电〔2023〕7号', [1, 8, 3, 5, 1, 3, 7], 8],
    [2025, '国办发明电〔2024〕12号', [1, 8, 3, 5, 3, 8], 5],
    [2026, '国办发明电〔2025〕7号', [3, 9, 3, 5, 3, 3, 7], 6],
  ])('%i rests on %s', (year, number, lengths, makeUps) => {
    const table = tableOf(year);
    expect(table.documentNumber).toBe(number);
    // As the notices count them: 共几天.
    expect(table.periods.map((p) => daysBetween(p.from, p.lastDay) + 1)).toEqual(lengths);
    expect(table.makeUpDays).toHaveLength(makeUps);
    expect(table.makeUpDays.every(isWeekend)).toBe(true);
    expect(judgeTable(year, table, d('2026-11-27'))).toEqual([]);
  });

  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, count) => {
    expect(workingDaysBetween(shipped, d(`${year - 1}-12-31`), d(`${year}-12-31`))).toBe(count);
  });
});

test.each([
  ['2025-01-26', true, 'a Sunday on which work is made up'],
  ['2025-01-25', false, 'an ordinary Saturday'],
  ['2025-01-28', false, "New Year's Eve, a Tuesday"],
  ['2026-02-14', true, 'a Saturday on which work is made up'],
  ['2026-02-23', false, 'the last day off, a Monday'],
  ['2026-02-24', true, 'the first day after it'],
  ['2026-02-28', true, 'a Saturday on which work is made up'],
  ['2024-02-09', true, "New Year's Eve 2024: rest is encouraged, not ordered"],
  ['2027-10-01', true, 'no table: only weekends are known'],
  ['2027-10-02', false, 'no table: a Saturday'],
])('%s works: %s (%s)', (day, works) => {
  expect(isWorkingDay(shipped, d(day))).toBe(works);
});

describe('working days', () => {
  test('five working days over the Spring Festival of 2025 count the working Sunday', () => {
    const found = addWorkingDays(shipped, d('2025-01-23'), 5);
    // 24 Fri, 26 Sun, 27 Mon, 5 Feb Wed, 6 Feb Thu.
    expect(found).toMatchObject({ day: '2025-02-06', provisional: false });
    expect(found.tables).toEqual([{ year: 2025, revision: 1, documentNumber: '国办发明电〔2024〕12号' }]);
  });

  test.each([
    ['Shanxi, 10-14 to 10-20', '2020-10-14', 5, '2020-10-20'],
    ['Liaoning, 01-21 to 01-26', '2025-01-21', 5, '2025-01-26'],
  ])('a notice period whose first day counts: %s (domain.md 2)', (_name, from, days, last) => {
    expect(addWorkingDays(shipped, d(from), days, { firstDayCounts: true }).day).toBe(last);
    expect(addWorkingDays(shipped, d(from), days).day > last).toBe(true);
  });

  test('a term that leaves the tables is provisional and says so', () => {
    const inside = addWorkingDays(shipped, d('2026-12-24'), 5);
    expect(inside).toMatchObject({ day: '2026-12-31', provisional: false });
    const beyond = addWorkingDays(shipped, d('2026-12-24'), 6);
    expect(beyond).toMatchObject({ day: '2027-01-01', provisional: true });
    expect(beyond.steps.at(-1)).toContain('暂定');
  });

  test('a table may move the last days of the December before it', () => {
    const table: YearTable = {
      year: 2027,
      revision: 1,
      documentNumber: '示例〔2026〕1号',
      publishedOn: d('2026-11-10'),
      periods: [{ name: '元旦', from: d('2026-12-31'), lastDay: d('2027-01-02') }],
      makeUpDays: [d('2026-12-27')],
    };
    const calendar = calendarOf([tableOf(2026), table]);
    expect(isWorkingDay(calendar, d('2026-12-31'))).toBe(false);
    expect(isWorkingDay(calendar, d('2026-12-27'))).toBe(true);
  });
});

describe('roll of the last day (Civil Code 203)', () => {
  test.each([
    ['2026-10-01', '2026-10-08'],
    ['2026-09-30', '2026-09-30'],
    ['2026-02-14', '2026-02-14'],
    ['2026-11-28', '2026-11-30'],
  ])('%s rolls to %s', (day, to) => {
    expect(rollForward(shipped, d(day)).day).toBe(to);
  });

  test.each([
    ['calendar', 60, '2026-11-23', '2027-01-22'],
    // A Saturday, but one on which work is made up.
    ['months', 6, '2025-08-31', '2026-02-28'],
    ['months', 6, '2026-08-31', '2027-03-01'],
    ['years', 3, '2023-10-01', '2026-10-08'],
  ] as const)('a term in %s of %i from %s ends %s', (unit, days, from, to) => {
    expect(reckon(shipped, { startsOn: d(from), days, unit, roll: true }).day).toBe(to);
  });

  test('a bar does not roll, and looks at no table', () => {
    const found = reckon(shipped, { startsOn: d('2023-10-01'), days: 3, unit: 'years' });
    expect(found).toMatchObject({ day: '2026-10-01', provisional: false, tables: [] });
  });
});

describe('pauses', () => {
  const pause = { from: d('2026-11-24'), lastDay: d('2026-11-26') };
  test('working days of the pause do not count', () => {
    const term = { startsOn: d('2026-11-23'), days: 3, unit: 'working' as const };
    expect(reckon(shipped, term).day).toBe('2026-11-26');
    expect(reckon(shipped, { ...term, pauses: [pause] }).day).toBe('2026-12-01');
  });
  test('a term in days ends as many days later', () => {
    const term = { startsOn: d('2026-11-23'), days: 10, unit: 'calendar' as const };
    expect(reckon(shipped, { ...term, pauses: [pause] }).day).toBe('2026-12-06');
  });
});

const day = fc.integer({ min: 0, max: 1095 }).map((n) => addDays(d('2024-01-01'), n));

test('the last day of n working days works, and exactly n lie behind it', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 200 }), (start, n) => {
      const end = addWorkingDays(shipped, start, n).day;
      expect(isWorkingDay(shipped, end)).toBe(true);
      expect(workingDaysBetween(shipped, start, end)).toBe(n);
      expect(addWorkingDays(shipped, workingDaysBefore(shipped, end, n), n).day).toBe(end);
    }),
  );
});

test('rolling twice is rolling once, and never goes back', () => {
  fc.assert(
    fc.property(day, (start) => {
      const once = rollForward(shipped, start).day;
      expect(once >= start).toBe(true);
      expect(rollForward(shipped, once).day).toBe(once);
    }),
  );
});

test.each([-1, 1.5, LONGEST_TERM + 1])('a term of %p days is no term', (days) => {
  expect(() => reckon(shipped, { startsOn: d('2026-11-23'), days, unit: 'working' })).toThrow(RangeError);
});

describe('a table that is malformed or contradicts itself', () => {
  const good: TableBody = tableOf(2026);
  const today = d('2026-11-27');
  const faultsOf = (patch: Partial<TableBody>): string[] =>
    judgeTable(2026, { ...good, ...patch }, today).map((f) => f.pointer);

  test.each<[string, Partial<TableBody>, string]>([
    ['a make-up day that is a day off', { makeUpDays: [d('2026-02-15')] }, '/makeUpDays/0'],
    ['a make-up day on a weekday', { makeUpDays: [d('2026-03-02')] }, '/makeUpDays/0'],
    ['a make-up day of another year', { makeUpDays: [d('2025-01-26')] }, '/makeUpDays/0'],
    ['a make-up day named twice', { makeUpDays: [d('2026-02-14'), d('2026-02-14')] }, '/makeUpDays/1'],
    [
      'a period that ends before it begins',
      { periods: [...good.periods, { name: '示例', from: d('2026-08-03'), lastDay: d('2026-08-02') }] },
      '/periods/7/lastDay',
    ],
    [
      'a period that overlaps another',
      { periods: [...good.periods, { name: '示例', from: d('2026-10-07'), lastDay: d('2026-10-08') }] },
      '/periods/7/from',
    ],
    [
      'a period too long to be true',
      { periods: [...good.periods, { name: '示例', from: d('2026-07-01'), lastDay: d('2026-07-31') }] },
      '/periods/7/lastDay',
    ],
    ['a table without National Day', { periods: good.periods.slice(0, -1) }, '/periods'],
    ['a table published tomorrow', { publishedOn: d('2026-11-28') }, '/publishedOn'],
  ])('%s is refused', (_name, patch, pointer) => {
    expect(faultsOf(patch)).toContain(pointer);
  });

  test('all faults are told at once', () => {
    const faults = faultsOf({
      publishedOn: d('2026-11-28'),
      makeUpDays: [d('2026-03-02'), d('2026-02-15')],
      periods: [{ name: '元旦', from: d('2026-01-03'), lastDay: d('2026-01-01') }],
    });
    expect(faults).toEqual(expect.arrayContaining(['/publishedOn', '/makeUpDays/0', '/periods/0/lastDay', '/periods']));
    expect(faults.length).toBeGreaterThan(6);
  });
});
