import { addDays, addMonths, addYears, chineseDate, daysBetween, type LegalDate } from '../../../kernel/pure/time';

// Working days by the State Council's yearly tables, and the reckoning of periods (Civil Code 201–203). Pure.

/** One year's table, as the notice of the State Council's General Office gives it. */
export interface YearTable {
  readonly year: number;
  /** Corrections are new revisions. */
  readonly revision: number;
  /** 发文字号. */
  readonly documentNumber: string;
  readonly publishedOn: LegalDate;
  /** 放假: first and last day, weekends inside it included. */
  readonly periods: readonly { readonly name: string; readonly from: LegalDate; readonly lastDay: LegalDate }[];
  /** 上班: weekend days on which work is made up. */
  readonly makeUpDays: readonly LegalDate[];
}

/** The table that a reckoning rests on. */
export interface TableRef {
  readonly year: number;
  readonly revision: number;
  readonly documentNumber: string;
}

export interface Calendar {
  readonly tables: ReadonlyMap<number, YearTable>;
  /** true: works although it is a weekend; false: off. Days not in it follow the week. */
  readonly exceptions: ReadonlyMap<LegalDate, boolean>;
}

export const yearOf = (day: LegalDate): number => Number(day.slice(0, 4));

/** 1900-01-01, the first day of all, was a Monday. */
const A_MONDAY = '1900-01-01' as LegalDate;

/** Saturday or Sunday. */
export const isWeekend = (day: LegalDate): boolean => daysBetween(A_MONDAY, day) % 7 >= 5;

/** The calendar of these tables, one a year. A table may also speak of the last days of the year before. */
export function calendarOf(tables: readonly YearTable[]): Calendar {
  const exceptions = new Map<LegalDate, boolean>();
  for (const table of [...tables].sort((a, b) => a.year - b.year)) {
    for (const { from, lastDay } of table.periods) {
      for (let day = from; day <= lastDay; day = addDays(day, 1)) exceptions.set(day, false);
    }
    for (const day of table.makeUpDays) exceptions.set(day, true);
  }
  return { tables: new Map(tables.map((t) => [t.year, t])), exceptions };
}

/** In a year without a table only the weekends are known: what rests on it is provisional. */
export const isWorkingDay = (calendar: Calendar, day: LegalDate): boolean =>
  calendar.exceptions.get(day) ?? !isWeekend(day);

export interface Reckoning {
  readonly day: LegalDate;
  /** 暂定: some day that was looked at lies in a year whose table is not there. */
  readonly provisional: boolean;
  readonly tables: readonly TableRef[];
  /** The count as it is printed. */
  readonly steps: readonly string[];
}

export type PeriodUnit = 'working' | 'calendar' | 'months' | 'years';

/** Days that do not count, both ends included. */
export interface Pause {
  readonly from: LegalDate;
  readonly lastDay: LegalDate;
}

export interface Term {
  readonly startsOn: LegalDate;
  readonly days: number;
  readonly unit: PeriodUnit;
  /** Civil Code 203: a last day off moves on to the next working day. For procedural limits, never for bars. */
  readonly roll?: boolean;
  /** By Civil Code 201 the first day does not count; notice periods in practice count it (domain.md 2). */
  readonly firstDayCounts?: boolean;
  readonly pauses?: readonly Pause[];
}

/** Longer terms are a mistake, and would walk day by day. */
export const LONGEST_TERM = 3660;

const inPause = (pauses: readonly Pause[], day: LegalDate): boolean =>
  pauses.some((p) => p.from <= day && day <= p.lastDay);

interface Walk {
  day: LegalDate;
  years: Set<number>;
}

function walkWorkingDays(calendar: Calendar, term: Term): Walk {
  const { startsOn, days, firstDayCounts = false, pauses = [] } = term;
  const years = new Set<number>();
  let left = days;
  let day = firstDayCounts ? addDays(startsOn, -1) : startsOn;
  while (left > 0) {
    day = addDays(day, 1);
    years.add(yearOf(day));
    if (isWorkingDay(calendar, day) && !inPause(pauses, day)) left -= 1;
  }
  return { day, years };
}

function walkCalendar({ startsOn, days, unit, firstDayCounts = false, pauses = [] }: Term): LegalDate {
  const back = firstDayCounts ? -1 : 0;
  const ends: Record<Exclude<PeriodUnit, 'working'>, () => LegalDate> = {
    calendar: () => addDays(startsOn, days),
    months: () => addMonths(startsOn, days),
    years: () => addYears(startsOn, days),
  };
  let end = addDays(ends[unit as keyof typeof ends](), back);
  // Each paused day of the term puts the end off by one, which may bring further paused days in.
  for (let day = addDays(startsOn, 1 + back); day <= end; day = addDays(day, 1)) {
    if (inPause(pauses, day)) end = addDays(end, 1);
  }
  return end;
}

const refsOf = (calendar: Calendar, years: ReadonlySet<number>): TableRef[] =>
  [...years]
    .sort((a, b) => a - b)
    .flatMap((year) => calendar.tables.get(year) ?? [])
    .map(({ year, revision, documentNumber }) => ({ year, revision, documentNumber }));

const unitWord: Record<PeriodUnit, string> = { working: '个工作日', calendar: '日', months: '个月', years: '年' };

function stepsOf(term: Term, end: LegalDate, day: LegalDate, provisional: boolean, tables: readonly TableRef[]) {
  const { startsOn, days, unit, firstDayCounts = false } = term;
  const first = firstDayCounts ? '当日计入' : '开始的当日不计入（民法典第二百零一条）';
  const steps = [`自${chineseDate(startsOn)}起${days}${unitWord[unit]}，${first}，届满日为${chineseDate(end)}。`];
  if (day !== end) {
    steps.push(`${chineseDate(end)}为休息日，顺延至其后第一个工作日${chineseDate(day)}（民法典第二百零三条）。`);
  }
  if (tables.length > 0) steps.push(`工作日依据：${tables.map((t) => `${t.year}年 ${t.documentNumber}`).join('、')}。`);
  if (provisional) steps.push('所涉年度的节假日安排尚未公布或未载入，只按周末推算，结果暂定。');
  return steps;
}

/** The last day of a term. Throws RangeError when its length is no whole number between 0 and LONGEST_TERM. */
export function reckon(calendar: Calendar, term: Term): Reckoning {
  if (!Number.isSafeInteger(term.days) || term.days < 0 || term.days > LONGEST_TERM) {
    throw new RangeError(`a term of ${term.days} ${term.unit}`);
  }
  const { day: end, years } =
    term.unit === 'working' ? walkWorkingDays(calendar, term) : { day: walkCalendar(term), years: new Set<number>() };
  let day = end;
  if (term.roll) {
    years.add(yearOf(day));
    while (!isWorkingDay(calendar, day)) {
      day = addDays(day, 1);
      years.add(yearOf(day));
    }
  }
  const provisional = [...years].some((year) => !calendar.tables.has(year));
  const tables = refsOf(calendar, years);
  return { day, provisional, tables, steps: stepsOf(term, end, day, provisional, tables) };
}

/** The day on which `n` working days from `start` are full; the start itself is not counted (Civil Code 201). */
export const addWorkingDays = (
  calendar: Calendar,
  start: LegalDate,
  n: number,
  { firstDayCounts = false }: { firstDayCounts?: boolean } = {},
): Reckoning => reckon(calendar, { startsOn: start, days: n, unit: 'working', firstDayCounts });

/** The day itself if it works, else the next that does (Civil Code 203). */
export const rollForward = (calendar: Calendar, day: LegalDate): Reckoning =>
  reckon(calendar, { startsOn: day, days: 0, unit: 'calendar', roll: true });

/** The working day that lies `n` working days before the day. */
export function workingDaysBefore(calendar: Calendar, day: LegalDate, n: number): LegalDate {
  let at = day;
  for (let left = n; left > 0;) {
    at = addDays(at, -1);
    if (isWorkingDay(calendar, at)) left -= 1;
  }
  return at;
}

/** How many working days lie after `from`, up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: LegalDate, to: LegalDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to && count < LONGEST_TERM; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) count += 1;
  }
  return count;
}
