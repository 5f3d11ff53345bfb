import fs from 'node:fs';
import fc from 'fast-check';
import { addDays, barTerm, daysBetween, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import {
  barredOn,
  barStateOn,
  endOfBars,
  firstFreeDay,
  type BarDays,
  type EndOfBars,
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

const until = (lastBarredDay: string, freeFrom: string): EndOfBars => ({
  lastBarredDay: d(lastBarredDay),
  freeFrom: d(freeFrom),
  stayedFrom: null,
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
    expect(endOfBars([first, second], d('2026-12-01'))).toEqual(until('2029-11-23', '2029-11-24'));
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

describe('until when it holds', () => {
  const start = '2026-01-01';
  const [last, free] = ['2029-01-01', '2029-01-02'];
  const stayed = (...stays: [string, string | null][]): BarDays =>
    barFrom(start, { stays: stays.map(([from, to]) => ({ from: d(from), to: to === null ? null : d(to) })) });
  const open = (stayedFrom: string): EndOfBars => ({
    lastBarredDay: null,
    freeFrom: null,
    stayedFrom: d(stayedFrom),
  });

  it.each<[string, BarDays[], EndOfBars]>([
    ['no stay', [stayed()], until(last, free)],
    ['a stay that ends only interrupts', [stayed(['2026-05-01', '2026-06-01'])], until(last, free)],
    ['two of them', [stayed(['2026-05-01', '2026-06-01'], ['2026-06-01', '2027-06-01'])], until(last, free)],
    ['a stay up to the last day ends it', [stayed(['2028-05-01', '2029-01-02'])], until('2028-04-30', '2028-05-01')],
    ['a stay that ends on the last day leaves that day', [stayed(['2028-05-01', last])], until(last, free)],
    ['no last day is known before a stay without end', [stayed(['2026-05-01', null])], open('2026-05-01')],
    [
      'nor where one follows a stay that ended',
      [stayed(['2026-05-01', '2026-06-01'], ['2027-01-01', null])],
      open('2027-01-01'),
    ],
    ['a stay without end after the term is none', [stayed(['2029-01-02', null])], until(last, free)],
    [
      'a shorter bar beside it does not end it',
      [barFrom('2024-02-29'), stayed(['2026-05-01', null])],
      open('2027-03-01'),
    ],
    [
      'one that outlasts the stayed one is the end',
      [barFrom('2026-01-31'), stayed(['2026-05-01', null])],
      until('2029-01-31', '2029-02-01'),
    ],
    [
      'what is annulled is not awaited',
      [barFrom(start, { stays: [{ from: d('2026-05-01'), to: null }], annulledFrom: d('2026-05-01') })],
      until('2026-04-30', '2026-05-01'),
    ],
  ])('%s', (_, bars, end) => {
    expect(endOfBars(bars, d('2026-02-01'))).toEqual(end);
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

it('ends where no later day is barred; while it is open, the decided term is not over', () => {
  fc.assert(
    fc.property(fc.array(anyBar, { minLength: 1, maxLength: 4 }), day, (bars, on) => {
      if (barredOn(bars, on).length === 0) return;
      const { lastBarredDay, freeFrom, stayedFrom } = endOfBars(bars, on);
      const first = stayedFrom ?? freeFrom;
      expect(barredOn(bars, first)).toEqual([]);
      expect(barredOn(bars, addDays(first, -1))).not.toEqual([]);
      const resumed = bars.flatMap((b) => b.stays).flatMap(({ to }) => (to === null || to <= first ? [] : [to]));
      for (const to of resumed) expect(barredOn(bars, to)).toEqual([]);
      if (stayedFrom === null) expect(addDays(lastBarredDay, 1)).toBe(freeFrom);
      else expect(bars.some((b) => b.lastBarredDay >= stayedFrom && barStateOn(b, stayedFrom) === 'stayed')).toBe(true);
    }),
    { numRuns: 300 },
  );
});
