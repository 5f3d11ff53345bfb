import { addDays, type LegalDate } from '../../kernel/pure/time';

// A bar has no stored state: every answer is worked out from days (architecture, promise 1).

export interface Interval {
  from: LegalDate;
  /** First day no longer inside; null while open. */
  to: LegalDate | null;
}

export interface BarDays {
  /** Service day; itself barred. */
  start: LegalDate;
  lastBarredDay: LegalDate;
  stays: readonly Interval[];
  /** From this day on the bar counts as never decided for the future; null if it stands. */
  annulledFrom: LegalDate | null;
}

export type BarState = 'barred' | 'stayed' | 'ended' | 'annulled' | 'not-started';

const inside = (interval: Interval, day: LegalDate): boolean =>
  interval.from <= day && (interval.to === null || day < interval.to);

/** What the bar is on that day. */
export function barStateOn(bar: BarDays, day: LegalDate): BarState {
  if (day < bar.start) return 'not-started';
  if (bar.annulledFrom !== null && bar.annulledFrom <= day) return 'annulled';
  if (day > bar.lastBarredDay) return 'ended';
  return bar.stays.some((s) => inside(s, day)) ? 'stayed' : 'barred';
}

/** Barred on the day by at least one of the bars: each decision is its own interval, the answer is the union. */
export const barredOn = <B extends BarDays>(bars: readonly B[], day: LegalDate): B[] =>
  bars.filter((b) => barStateOn(b, day) === 'barred');

/**
 * What shuts a door today. A bar that seems to begin on a later day was committed by a process whose clock is already
 * there (nobody can enter a service of a day to come), so it shuts the door from its commit on.
 */
export const shutOn = <B extends BarDays>(bars: readonly B[], today: LegalDate): B[] =>
  bars.filter((b) => barStateOn(b, b.start > today ? b.start : today) === 'barred');

/** The first day on or after `day` on which no bar holds; a stay or annulment known today counts. */
export function firstFreeDay(bars: readonly BarDays[], day: LegalDate): LegalDate {
  let candidate = day;
  // Each round passes at least one end of a bar, so it ends after as many rounds as there are ends.
  for (;;) {
    const holding = barredOn(bars, candidate);
    if (holding.length === 0) return candidate;
    candidate = holding.map((b) => endOfHold(b, candidate)).reduce((a, b) => (a > b ? a : b));
  }
}

/** The first day after `day` on which this bar, holding on `day`, no longer holds. */
function endOfHold(bar: BarDays, day: LegalDate): LegalDate {
  const ends = [
    addDays(bar.lastBarredDay, 1),
    ...(bar.annulledFrom !== null && bar.annulledFrom > day ? [bar.annulledFrom] : []),
    ...bar.stays.filter((s) => s.from > day).map((s) => s.from),
  ];
  return ends.reduce((a, b) => (a < b ? a : b));
}

/** Until when bars hold, from all that is known; a stay without end leaves it open from its first day on. */
export type EndOfBars =
  | { lastBarredDay: LegalDate; freeFrom: LegalDate; stayedFrom: null }
  | { lastBarredDay: null; freeFrom: null; stayedFrom: LegalDate };

const isStayedWithoutEnd = (bar: BarDays, day: LegalDate): boolean =>
  barStateOn(bar, day) === 'stayed' && bar.stays.some((s) => s.to === null && s.from <= day);

/**
 * Until when the union holds. A stay with an end only interrupts: the last day lies behind it. Under one without end
 * nobody knows whether a bar will hold again, so its eve is no last day. Requires a day on which at least one bar holds.
 */
export function endOfBars(bars: readonly BarDays[], day: LegalDate): EndOfBars {
  const resumed = bars.flatMap((b) => b.stays).flatMap(({ to }) => (to === null ? [] : [to]));
  let free = firstFreeDay(bars, day);
  // Each round passes at least one end of a stay.
  for (;;) {
    const again = resumed.find((to) => to > free && barredOn(bars, to).length > 0);
    if (again === undefined) break;
    free = firstFreeDay(bars, again);
  }
  if (bars.some((b) => isStayedWithoutEnd(b, free))) return { lastBarredDay: null, freeFrom: null, stayedFrom: free };
  return { lastBarredDay: addDays(free, -1), freeFrom: free, stayedFrom: null };
}
