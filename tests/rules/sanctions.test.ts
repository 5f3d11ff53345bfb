import fs from 'node:fs';
import fc from 'fast-check';
import { addDays, barTerm, daysBetween, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import {
  barredOn,
  barStateOn,
  firstFreeDay,
  lastBarredDayOf,
  type BarDays,
} from '../../src/modules/sanctions/sanctions.rules';
import { sharedData } from '../support/shared-data';

const d = legalDate;

const barFrom = (start: string, more: Partial<BarDays> = {}): BarDays => ({
  start: d(start),
  lastBarredDay: barTerm(d(start), 3).lastBarredDay,
  stays: [],
  annulledFrom: null,
  ...more,
});

describe('a bar on a day', () => {
  it.each([
    ['2026-11-22', 'not-started'],
    ['2026-11-23', 'barred'],
    ['2029-11-22', 'barred'],
    ['2029-11-23', 'barred'],
    ['2029-11-24', 'ended'],
  ])('served on 2026-11-23 is on %s: %s', (day, state) => {
    expect(barStateOn(barFrom('2026-11-23'), d(day))).toBe(state);
  });

  it('holds on the start day and the last barred day of every published period, and not a day longer', () => {
    const lines = fs
      .readFileSync(sharedData('dates', 'three_year_period_vectors.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    for (const line of lines) {
      const [start, , last, free] = line.split(',') as [string, string, string, string];
      const bar = barFrom(start);
      expect(bar.lastBarredDay).toBe(last);
      expect(barStateOn(bar, d(start))).toBe('barred');
      expect(barStateOn(bar, d(last))).toBe('barred');
      expect(barStateOn(bar, d(free))).toBe('ended');
      expect(firstFreeDay([bar], d(start))).toBe(free);
    }
    expect(lines.length).toBeGreaterThan(10);
  });

  it('is stayed within a stay only: not the day before, the first day, the last day, not the day after', () => {
    const bar = barFrom('2026-01-01', { stays: [{ from: d('2026-03-01'), to: d('2026-04-01') }] });
    expect(barStateOn(bar, d('2026-02-28'))).toBe('barred');
    expect(barStateOn(bar, d('2026-03-01'))).toBe('stayed');
    expect(barStateOn(bar, d('2026-03-31'))).toBe('stayed');
    expect(barStateOn(bar, d('2026-04-01'))).toBe('barred');
  });

  it('is annulled from the named day on', () => {
    const bar = barFrom('2026-01-01', { annulledFrom: d('2026-06-01') });
    expect(barStateOn(bar, d('2026-05-31'))).toBe('barred');
    expect(barStateOn(bar, d('2026-06-01'))).toBe('annulled');
    expect(barStateOn(bar, d('2030-01-01'))).toBe('annulled');
  });
});

describe('several bars', () => {
  const first = barFrom('2024-02-29');
  const second = barFrom('2026-11-23');

  it('hold as their union: a second decision during the first runs its own full term', () => {
    expect(firstFreeDay([first, second], d('2026-12-01'))).toBe('2029-11-24');
    expect(lastBarredDayOf([first, second], d('2026-12-01'))).toBe('2029-11-23');
  });

  it('name the day that lies free between two of them', () => {
    const later = barFrom('2027-03-02');
    expect(firstFreeDay([first, later], d('2026-01-01'))).toBe('2027-03-01');
    expect(barredOn([first, later], d('2027-03-01'))).toEqual([]);
  });

  it('join without a gap where one begins the day after the other ends', () => {
    expect(firstFreeDay([first, barFrom('2027-03-01')], d('2026-01-01'))).toBe('2030-03-02');
  });

  it('free the day on which a stay begins', () => {
    const stayed = barFrom('2026-01-01', { stays: [{ from: d('2026-05-01'), to: null }] });
    expect(firstFreeDay([stayed], d('2026-02-01'))).toBe('2026-05-01');
  });
});

const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays(d('2020-01-01'), n));
const interval = fc
  .tuple(day, fc.integer({ min: 1, max: 400 }), fc.boolean())
  .map(([from, n, open]) => ({ from, to: open ? null : addDays(from, n) }));
const anyBar: fc.Arbitrary<BarDays> = fc.record({
  start: day,
  lastBarredDay: day,
  stays: fc.array(interval, { maxLength: 2 }),
  annulledFrom: fc.option(day, { nil: null }),
});

/** The definition itself, day by day. */
const naive = (bars: readonly BarDays[], on: LegalDate): LegalDate => {
  let at = on;
  while (bars.some((b) => barStateOn(b, at) === 'barred')) at = addDays(at, 1);
  return at;
};

it('finds the same first free day as a walk day by day', () => {
  fc.assert(
    fc.property(fc.array(anyBar, { maxLength: 4 }), day, (bars, on) => {
      const free = firstFreeDay(bars, on);
      expect(free).toBe(naive(bars, on));
      expect(daysBetween(on, free)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});
