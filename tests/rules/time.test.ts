import fc from 'fast-check';
import * as time from '../../src/kernel/pure/time';
import { type LegalDate, TimeError } from '../../src/kernel/pure/time';

const { addDays, addMonths, addPeriod, addYears, barTerm, chineseDate, compareDates, daysBetween } = time;
const { instant, instantText, isLegalDate, legalDate, legalDateOf, parseInstant, startOfDay } = time;

const DAY_MS = 86_400_000;

function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof TimeError) return error.code;
    throw error;
  }
  return 'none';
}

/** Days of 1900 to 2999 minus a margin, so that sums in the properties stay inside. */
const aDay = fc
  .integer({ min: Date.UTC(1950, 0, 1) / DAY_MS, max: Date.UTC(2950, 0, 1) / DAY_MS })
  .map((n) => legalDate(new Date(n * DAY_MS).toISOString().slice(0, 10)));

describe('legalDate', () => {
  test.each(['1900-01-01', '2999-12-31', '2024-02-29', '2000-02-29', '2026-11-30', '2026-12-31'])(
    '%s exists',
    (text) => {
      expect(legalDate(text)).toBe(text);
      expect(isLegalDate(text)).toBe(true);
    },
  );

  test.each([
    ...['1899-12-31', '3000-01-01', '2023-02-29', '1900-02-29', '2100-02-29', '2024-02-30', '2026-11-31', '2026-13-01'],
    ...['2026-00-10', '2026-01-00', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', ''],
    ...['+2026-01-01', '２０２６-01-01', '2026/01/01', '2026年1月1日'],
  ])('%j does not', (text) => {
    expect(faultOf(() => legalDate(text))).toBe('bad-date');
    expect(isLegalDate(text)).toBe(false);
  });

  test.each([20260101, null, undefined, new Date(0)])('%p is no text', (value) => {
    expect(isLegalDate(value)).toBe(false);
  });

  test('a cast that was never checked is caught where it is used', () => {
    expect(faultOf(() => addDays('2023-02-29' as LegalDate, 1))).toBe('bad-date');
    expect(faultOf(() => startOfDay('tomorrow' as LegalDate))).toBe('bad-date');
    expect(faultOf(() => chineseDate('2026-1-1' as LegalDate))).toBe('bad-date');
  });
});

describe('instants', () => {
  test('text has milliseconds and Z, and reads back', () => {
    const at = instant(Date.UTC(2026, 10, 23, 7, 4, 5, 6));
    expect(instantText(at)).toBe('2026-11-23T07:04:05.006Z');
    expect(parseInstant('2026-11-23T07:04:05.006Z')).toBe(at);
    expect(Object.is(instant(-0), 0)).toBe(true);
  });

  test.each([
    ...['2026-11-23T07:04:05Z', '2026-11-23T07:04:05.00Z', '2026-11-23T07:04:05.0000Z', '2026-11-23T07:04:05.000z'],
    ...['2026-11-23T15:04:05.000+08:00', '2026-11-23 07:04:05.000Z', '2026-02-29T00:00:00.000Z', 'now', ''],
    ...['2026-11-23T24:00:00.000Z', '2026-12-31T23:59:60.000Z', '2026-11-31T00:00:00.000Z', '2026-11-23'],
  ])('%j is not read', (text) => {
    expect(faultOf(() => parseInstant(text))).toBe('bad-instant');
  });

  test.each([NaN, Infinity, 0.5, 2 ** 53])('%p is no instant', (ms) => {
    expect(faultOf(() => instant(ms))).toBe('bad-instant');
  });

  test('first and last instants are those of the first and last legal day', () => {
    const first = Date.UTC(1899, 11, 31, 16);
    const end = Date.UTC(2999, 11, 31, 16);
    expect(legalDateOf(instant(first))).toBe('1900-01-01');
    expect(legalDateOf(instant(end - 1))).toBe('2999-12-31');
    expect(faultOf(() => instant(first - 1))).toBe('out-of-range');
    expect(faultOf(() => instant(end))).toBe('out-of-range');
    expect(faultOf(() => parseInstant('1899-12-31T15:59:59.999Z'))).toBe('out-of-range');
  });

  test('the day changes at 16:00 UTC', () => {
    expect(legalDateOf(parseInstant('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(legalDateOf(parseInstant('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23');
    expect(instantText(startOfDay(legalDate('2026-11-23')))).toBe('2026-11-22T16:00:00.000Z');
  });

  test('agrees with the time zone database since 1992', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2999, 0, 1) }), (ms) => {
        expect(legalDateOf(instant(ms))).toBe(shanghai.format(ms));
      }),
    );
  });
});

describe('sums', () => {
  const d = legalDate;
  test.each([
    [addMonths(d('2025-08-31'), 6), '2026-02-28'],
    [addMonths(d('2026-08-31'), 6), '2027-02-28'],
    [addMonths(d('2023-08-29'), 6), '2024-02-29'],
    [addMonths(d('2023-08-30'), 6), '2024-02-29'],
    [addMonths(d('2026-11-30'), 1), '2026-12-30'],
    [addMonths(d('2026-12-31'), -1), '2026-11-30'],
    [addMonths(d('2026-01-15'), -1), '2025-12-15'],
    [addMonths(d('2026-01-15'), -25), '2023-12-15'],
    [addDays(d('2026-11-23'), 60), '2027-01-22'],
    [addDays(d('2024-02-28'), 1), '2024-02-29'],
    [addDays(d('2023-02-28'), 1), '2023-03-01'],
    [addDays(d('2024-03-01'), -1), '2024-02-29'],
    [addYears(d('2024-02-29'), 4), '2028-02-29'],
    [addYears(d('2096-02-29'), 4), '2100-02-28'],
    [addYears(d('2024-02-29'), -1), '2023-02-28'],
    [addPeriod(d('2024-01-31'), { months: 1, days: 1 }), '2024-03-01'],
    [addPeriod(d('2024-02-29'), { years: 1, months: 12 }), '2026-02-28'],
    [addPeriod(d('2024-02-29'), {}), '2024-02-29'],
  ])('%s is %s', (sum, expected) => {
    expect(sum).toBe(expected);
  });

  test('stay within 1900 and 2999', () => {
    expect(addDays(d('2999-12-30'), 1)).toBe('2999-12-31');
    expect(addDays(d('1900-01-02'), -1)).toBe('1900-01-01');
    expect(addMonths(d('2999-11-30'), 1)).toBe('2999-12-30');
    expect(addMonths(d('1900-02-01'), -1)).toBe('1900-01-01');
    for (const over of [
      () => addDays(d('2999-12-31'), 1),
      () => addDays(d('1900-01-01'), -1),
      () => addDays(d('2026-01-01'), Number.MAX_SAFE_INTEGER),
      () => addMonths(d('2999-12-01'), 1),
      () => addMonths(d('1900-01-31'), -1),
      () => addYears(d('2900-01-01'), 100),
    ]) {
      expect(faultOf(over)).toBe('out-of-range');
    }
  });

  test.each([0.5, NaN, Infinity])('%p is no amount', (amount) => {
    expect(faultOf(() => addDays(d('2026-01-01'), amount))).toBe('bad-amount');
    expect(faultOf(() => addMonths(d('2026-01-01'), amount))).toBe('bad-amount');
    expect(faultOf(() => addYears(d('2026-01-01'), amount))).toBe('bad-amount');
    expect(faultOf(() => addPeriod(d('2026-01-01'), { years: amount }))).toBe('bad-amount');
    expect(faultOf(() => addPeriod(d('2026-01-01'), { months: amount }))).toBe('bad-amount');
  });

  test('days: there and back, and what lies between', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -15_000, max: 15_000 }), (day, n) => {
        const there = addDays(day, n);
        expect(addDays(there, -n)).toBe(day);
        expect(daysBetween(day, there)).toBe(n);
        expect(compareDates(day, there)).toBe(Math.sign(-n) + 0);
        expect((startOfDay(there) - startOfDay(day)) / DAY_MS).toBe(n);
        expect(legalDateOf(startOfDay(there))).toBe(there);
      }),
    );
  });

  test('months: the corresponding day or the last day of the right month, never a later one', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -500, max: 500 }), (day, n) => {
        const there = addMonths(day, n);
        const monthIndex = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(monthIndex(there) - monthIndex(day)).toBe(n);
        if (there.slice(8) === day.slice(8)) return;
        expect(there < `${there.slice(0, 7)}-${day.slice(8)}`).toBe(true);
        expect(addDays(there, 1).slice(8)).toBe('01');
      }),
    );
  });
});

test('chineseDate has no leading zeros', () => {
  expect(chineseDate(legalDate('2026-11-23'))).toBe('2026年11月23日');
  expect(chineseDate(legalDate('2027-03-01'))).toBe('2027年3月1日');
});

describe('barTerm', () => {
  // The table of the trade rules, section 5; the row of 1 October is the default without a holiday roll.
  test.each([
    ['2024-02-29', '2024-03-01', '2027-02-28', '2027-03-01'],
    ['2024-02-28', '2024-02-29', '2027-02-28', '2027-03-01'],
    ['2025-02-28', '2025-03-01', '2028-02-28', '2028-02-29'],
    ['2021-02-28', '2021-03-01', '2024-02-28', '2024-02-29'],
    ['2024-03-01', '2024-03-02', '2027-03-01', '2027-03-02'],
    ['2025-12-31', '2026-01-01', '2028-12-31', '2029-01-01'],
    ['2023-10-01', '2023-10-02', '2026-10-01', '2026-10-02'],
    ['2026-11-23', '2026-11-24', '2029-11-23', '2029-11-24'],
  ])('three years from %s', (start, firstCountedDay, lastBarredDay, freeFrom) => {
    expect(barTerm(legalDate(start), 3)).toMatchObject({ firstCountedDay, lastBarredDay, freeFrom });
  });

  test('prints the count where the corresponding day exists', () => {
    expect(barTerm(legalDate('2025-02-28'), 3).steps).toEqual([
      '起始日为2025年2月28日，开始的当日不计入，自2025年3月1日开始计算（民法典第二百零一条）。',
      '期间为3年，到期月为2028年2月。',
      '到期月的对应日2028年2月28日为期间的最后一日（民法典第二百零二条）。',
      '届满日为2028年2月28日（至当日24时，遇法定休假日不顺延），可再次采信之日为2028年2月29日。',
    ]);
  });

  test('prints the count where there is none', () => {
    expect(barTerm(legalDate('2024-02-29'), 3).steps[2]).toBe(
      '到期月没有29日，月末日2027年2月28日为期间的最后一日（民法典第二百零二条）。',
    );
  });

  test.each([0, -1, 1.5, 101, NaN])('no term of %p years', (years) => {
    expect(faultOf(() => barTerm(legalDate('2026-11-23'), years))).toBe('bad-amount');
  });

  test('one and a hundred years are terms; the free day must lie before 3000', () => {
    expect(barTerm(legalDate('2026-11-23'), 1).lastBarredDay).toBe('2027-11-23');
    expect(barTerm(legalDate('2026-11-23'), 100).lastBarredDay).toBe('2126-11-23');
    expect(barTerm(legalDate('2996-12-30'), 3).freeFrom).toBe('2999-12-31');
    expect(faultOf(() => barTerm(legalDate('2996-12-31'), 3))).toBe('out-of-range');
  });

  test('ends on the same day of the year, or on 28 February where there is no 29th', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 40 }), (start, years) => {
        const term = barTerm(start, years);
        expect(daysBetween(term.lastBarredDay, term.freeFrom)).toBe(1);
        expect(daysBetween(start, term.firstCountedDay)).toBe(1);
        const length = daysBetween(start, term.lastBarredDay);
        expect(length).toBeGreaterThanOrEqual(365 * years);
        expect(length).toBeLessThanOrEqual(Math.ceil(365.25 * years));
        const sameDay = `${Number(start.slice(0, 4)) + years}${start.slice(4)}`;
        expect(term.lastBarredDay).toBe(isLegalDate(sameDay) ? sameDay : sameDay.replace(/29$/, '28'));
      }),
    );
  });
});
