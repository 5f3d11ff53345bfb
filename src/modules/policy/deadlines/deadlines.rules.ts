import { addDays, type LegalDate } from '../../../kernel/pure/time';
import {
  reckon,
  workingDaysBefore,
  workingDaysBetween,
  type Calendar,
  type Pause,
  type PeriodUnit,
  type TableRef,
} from '../core/working-days';
import type { DeadlineKind } from './deadlines.contract';

/** Reminders come five working days before, one before, and on the day after. */
export const REMIND_BEFORE = [5, 1] as const;

/** What runs out is told thirty days before too, in words of its own. */
export const EARLY_DAYS = 30;
const runningOut = {
  'document.expiry': { early: 'document.expiring', lapses: false },
  // No letter renews one that has run out: that takes a new post, and nothing is owed for the old one any more.
  'letter.expiry': { early: 'letter.expiring', lapses: true },
} as const satisfies Partial<Record<DeadlineKind, { early: string; lapses: boolean }>>;
type RunningOut = (typeof runningOut)[keyof typeof runningOut];

const runningOutOf = (kind: string): RunningOut | undefined =>
  Object.hasOwn(runningOut, kind) ? runningOut[kind as keyof typeof runningOut] : undefined;

export interface TermFacts {
  startsOn: LegalDate | null;
  days: number;
  unit: PeriodUnit;
  roll: boolean;
  firstDayCounts: boolean;
  pauses: readonly Pause[];
}

export interface Due {
  dueOn: LegalDate | null;
  provisional: boolean;
  tables: readonly TableRef[];
}

/** Nothing is due before it has begun: what waits for a delivery has no last day. */
export function dueOf(calendar: Calendar, term: TermFacts): Due {
  if (term.startsOn === null) return { dueOn: null, provisional: false, tables: [] };
  const { day, provisional, tables } = reckon(calendar, { ...term, startsOn: term.startsOn });
  return { dueOn: day, provisional, tables };
}

/** The reminder days of a last day, in order. */
export const reminderDays = (calendar: Calendar, kind: string, dueOn: LegalDate): LegalDate[] => [
  ...(runningOutOf(kind) ? [addDays(dueOn, -EARLY_DAYS)] : []),
  ...REMIND_BEFORE.map((n) => workingDaysBefore(calendar, dueOn, n)),
  addDays(dueOn, 1),
];

/** The next reminder after the day; null when none is to come. Short terms have no reminder before they begin. */
export function nextReminder(
  calendar: Calendar,
  { kind, dueOn }: { kind: string; dueOn: LegalDate | null },
  after: LegalDate,
): LegalDate | null {
  if (dueOn === null) return null;
  return reminderDays(calendar, kind, dueOn).find((day) => day > after) ?? null;
}

/** Whether what runs out is to be told as such on the day: from thirty until five working days before. */
const isEarly = (calendar: Calendar, dueOn: LegalDate, today: LegalDate): boolean =>
  addDays(dueOn, -EARLY_DAYS) <= today && today < workingDaysBefore(calendar, dueOn, REMIND_BEFORE[0]);

/** The first reminder of what is first reckoned today: a paper recorded late, but in time for a new one, is told at once. */
export function firstReminder(
  calendar: Calendar,
  due: { kind: string; dueOn: LegalDate | null },
  today: LegalDate,
): LegalDate | null {
  if (due.dueOn !== null && runningOutOf(due.kind) && isEarly(calendar, due.dueOn, today)) return today;
  return nextReminder(calendar, due, today);
}

export type Reminder = 'deadline.near' | 'deadline.passed' | RunningOut['early'];

/** What a reminder of today says; late ones say what holds today. `lapsed`: it is over, and owed no more. */
export function reminderOn(
  calendar: Calendar,
  { kind, dueOn }: { kind: string; dueOn: LegalDate },
  today: LegalDate,
): Reminder | 'lapsed' {
  const out = runningOutOf(kind);
  if (today > dueOn) return out?.lapses ? 'lapsed' : 'deadline.passed';
  return out && today < workingDaysBefore(calendar, dueOn, REMIND_BEFORE[0]) ? out.early : 'deadline.near';
}

export type DeadlineState = 'running' | 'overdue' | 'not-delivered' | 'closed';

export function stateOf(
  d: { startsOn: LegalDate | null; dueOn: LegalDate | null; closed: boolean },
  today: LegalDate,
): DeadlineState {
  if (d.closed) return 'closed';
  if (d.startsOn === null || d.dueOn === null) return 'not-delivered';
  return today > d.dueOn ? 'overdue' : 'running';
}

export const daysLeft = (calendar: Calendar, today: LegalDate, dueOn: LegalDate | null): number | null =>
  dueOn === null ? null : workingDaysBetween(calendar, today, dueOn);
