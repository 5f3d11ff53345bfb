/**
 * Two kinds of time that never mix: `Instant`, a moment, and `LegalDate`, a day in Asia/Shanghai as statutes count it.
 * Shanghai is taken as UTC+8 throughout, which is exact since 1992 (summer time was kept from 1986 to 1991). No moment
 * before that occurs in the records, and earlier days (births) are never made from moments.
 */

/** Milliseconds since 1970-01-01T00:00Z, an integer; covers exactly the days of `LegalDate`. */
export type Instant = number & { readonly __brand: 'Instant' };

/** 'YYYY-MM-DD', a day that exists, years 1900 to 2999. Plain string comparison orders it. */
export type LegalDate = string & { readonly __brand: 'LegalDate' };

export type TimeFault = 'bad-instant' | 'bad-date' | 'bad-amount' | 'out-of-range';

/** A text or number that is no instant or day, or a sum that leaves the years 1900 to 2999. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
  constructor(
    readonly code: TimeFault,
    detail: string,
  ) {
    super(detail);
  }
}

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;
const FIRST_DAY = Date.UTC(FIRST_YEAR, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(LAST_YEAR, 11, 31) / DAY_MS;
const FIRST_INSTANT = FIRST_DAY * DAY_MS - SHANGHAI_OFFSET_MS;
const LAST_INSTANT = (LAST_DAY + 1) * DAY_MS - SHANGHAI_OFFSET_MS - 1;

type DayParts = { readonly year: number; readonly month: number; readonly day: number };

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function readDay(text: string): DayParts | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  return day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : undefined;
}

function partsOf(date: LegalDate): DayParts {
  const parts = readDay(date);
  if (!parts) throw new TimeError('bad-date', `not a day between 1900 and 2999: ${JSON.stringify(date)}`);
  return parts;
}

function dayNumber(date: LegalDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function fromDayNumber(days: number): LegalDate {
  if (days < FIRST_DAY || days > LAST_DAY) throw new TimeError('out-of-range', 'a day outside the years 1900 to 2999');
  return new Date(days * DAY_MS).toISOString().slice(0, 10) as LegalDate;
}

function requireWhole(amount: number, what: string): void {
  if (!Number.isSafeInteger(amount)) throw new TimeError('bad-amount', `not a whole number of ${what}: ${amount}`);
}

/** Brands UTC milliseconds. Throws TimeError unless an integer between 1900-01-01 and 2999-12-31, Shanghai days. */
export function instant(ms: number): Instant {
  if (!Number.isSafeInteger(ms)) throw new TimeError('bad-instant', `not a whole number of milliseconds: ${ms}`);
  if (ms < FIRST_INSTANT || ms > LAST_INSTANT) {
    throw new TimeError('out-of-range', 'a moment outside the years 1900 to 2999');
  }
  return (ms === 0 ? 0 : ms) as Instant;
}

/** RFC 3339 in UTC, always with milliseconds and Z: 2026-11-23T07:04:05.000Z. */
export function instantText(at: Instant): string {
  return new Date(at).toISOString();
}

/** Reads only what `instantText` writes: no offset, no missing milliseconds, no leap second. Throws TimeError. */
export function parseInstant(text: string): Instant {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) ? new Date(text).getTime() : NaN;
  // The way back must give the same text, because the engine takes 24:00 and rolls days that do not exist.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== text) {
    throw new TimeError('bad-instant', `not an RFC 3339 UTC time with milliseconds: ${JSON.stringify(text)}`);
  }
  return instant(ms);
}

/** True for 'YYYY-MM-DD' of a day that exists, years 1900 to 2999. */
export function isLegalDate(text: unknown): text is LegalDate {
  return typeof text === 'string' && readDay(text) !== undefined;
}

/** Brands 'YYYY-MM-DD'. Throws TimeError for other forms, days that do not exist, years outside 1900 to 2999. */
export function legalDate(text: string): LegalDate {
  partsOf(text as LegalDate);
  return text as LegalDate;
}

/** The day in Asia/Shanghai on which the instant falls. */
export function legalDateOf(at: Instant): LegalDate {
  return fromDayNumber(Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** 00:00 of the day in Asia/Shanghai. */
export function startOfDay(date: LegalDate): Instant {
  return instant(dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS);
}

/** The day `days` later, or earlier when negative. */
export function addDays(date: LegalDate, days: number): LegalDate {
  requireWhole(days, 'days');
  return fromDayNumber(dayNumber(date) + days);
}

/** The corresponding day `months` on; the last day of that month where there is none (Civil Code 202). */
export function addMonths(date: LegalDate, months: number): LegalDate {
  requireWhole(months, 'months');
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  if (toYear < FIRST_YEAR || toYear > LAST_YEAR) {
    throw new TimeError('out-of-range', 'a day outside the years 1900 to 2999');
  }
  const toMonth = (index % 12) + 1;
  return fromDayNumber(Date.UTC(toYear, toMonth - 1, Math.min(day, daysInMonth(toYear, toMonth))) / DAY_MS);
}

/** The corresponding day `years` on; 28 February where there is no 29th (Civil Code 202). */
export function addYears(date: LegalDate, years: number): LegalDate {
  requireWhole(years, 'years');
  return addMonths(date, years * 12);
}

export type Period = { readonly years?: number; readonly months?: number; readonly days?: number };

/** Years and months together, then clipped to the month's end, then days. Parts may be negative. */
export function addPeriod(date: LegalDate, { years = 0, months = 0, days = 0 }: Period): LegalDate {
  requireWhole(years, 'years');
  requireWhole(months, 'months');
  return addDays(addMonths(date, years * 12 + months), days);
}

/** −1, 0 or 1: is `a` before, on or after `b`. */
export function compareDates(a: LegalDate, b: LegalDate): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Days from `from` to `to`: 1 for the next day, negative when `to` is earlier. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 2026年11月23日, without leading zeros. */
export function chineseDate(date: LegalDate): string {
  const { year, month, day } = partsOf(date);
  return `${year}年${month}月${day}日`;
}

export type BarTerm = {
  /** The day after the start; the start itself is not counted (Civil Code 201), though the bar already holds on it. */
  readonly firstCountedDay: LegalDate;
  readonly lastBarredDay: LegalDate;
  readonly freeFrom: LegalDate;
  /** The count as it is printed, one sentence a step. */
  readonly steps: readonly string[];
};

/**
 * A term in whole years (1 to 100) by Civil Code 201 and 202: the start day is not counted, the term ends on the
 * corresponding day or, where there is none, on the last day of that month. No roll over holidays: article 203 helps a
 * party who must act, and applied to a bar it would lengthen a burden without basis (domain.md 5).
 */
export function barTerm(start: LegalDate, years: number): BarTerm {
  if (!Number.isSafeInteger(years) || years < 1 || years > 100) {
    throw new TimeError('bad-amount', `a term of ${years} years`);
  }
  const firstCountedDay = addDays(start, 1);
  const lastBarredDay = addYears(start, years);
  const freeFrom = addDays(lastBarredDay, 1);
  const from = partsOf(start);
  const to = partsOf(lastBarredDay);
  const lastDayRule =
    from.day === to.day
      ? `到期月的对应日${chineseDate(lastBarredDay)}为期间的最后一日`
      : `到期月没有${from.day}日，月末日${chineseDate(lastBarredDay)}为期间的最后一日`;
  return {
    firstCountedDay,
    lastBarredDay,
    freeFrom,
    steps: [
      `起始日为${chineseDate(start)}，开始的当日不计入，自${chineseDate(firstCountedDay)}开始计算（民法典第二百零一条）。`,
      `期间为${years}年，到期月为${to.year}年${to.month}月。`,
      `${lastDayRule}（民法典第二百零二条）。`,
      `届满日为${chineseDate(lastBarredDay)}（至当日24时，遇法定休假日不顺延），可再次采信之日为${chineseDate(freeFrom)}。`,
    ],
  };
}
