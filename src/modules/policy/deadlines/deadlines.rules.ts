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

/** Reminders come five working days before, one before, and on the day after. */
export const REMIND_BEFORE = [5, 1] as const;

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
export const reminderDays = (calendar: Calendar, dueOn: LegalDate): LegalDate[] => [
  ...REMIND_BEFORE.map((n) => workingDaysBefore(calendar, dueOn, n)),
  addDays(dueOn, 1),
];

/** The next reminder after the day; null when none is to come. Short terms have no reminder before they begin. */
export function nextReminder(calendar: Calendar, dueOn: LegalDate | null, after: LegalDate): LegalDate | null {
  if (dueOn === null) return null;
  return reminderDays(calendar, dueOn).find((day) => day > after) ?? null;
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
