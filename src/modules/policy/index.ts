import type { Reads } from '../../kernel/db/database';
import type { LegalDate } from '../../kernel/pure/time';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { basisProblems } from './basis';
import { calendarEvents, calendarProblems } from './calendar/calendar.contract';
import { calendarEntities } from './calendar/calendar.store';
import { deadlineEvents } from './deadlines/deadlines.contract';
import { deadlineEntities } from './deadlines/deadlines.store';
import { national2024, type Profile } from './profiles';

export { allMet, ruleAnswer } from './core/answers';
export { addWorkingDays, isWorkingDay, rollForward, workingDaysBetween, type Calendar } from './core/working-days';
export { basisHolds, requireBasis } from './basis';
export { calendarEndpoints } from './calendar/calendar.http';
export { createCalendar, type CalendarService } from './calendar/calendar.service';
export type { MarkedCalendar } from './calendar/calendar.store';
export { deadlineKinds, type DeadlineKind } from './deadlines/deadlines.contract';
export { deadlineEndpoints } from './deadlines/deadlines.http';
export { createDeadlines, type Deadlines, type NewDeadline } from './deadlines/deadlines.service';
export { certainties, ruleResult, type Certainty, type RuleResult } from './policy.contract';
export { national2024, type Basis, type Profile, type Rule, type RuleName } from './profiles';

export interface Policy {
  /** The profile that holds for an authority on a day; the nation's where the authority has none of its own. */
  profileFor(on: Reads, authority: string, day: LegalDate): Promise<Profile>;
}

/** Profiles as shipped. */
export const createPolicy = (profile: Profile = national2024): Policy => ({
  profileFor: () => Promise.resolve(profile),
});

/** Every table of policy. */
export const policyEntities = [...calendarEntities, ...deadlineEntities];
export const policyEvents: EventCatalogue = { ...calendarEvents, ...deadlineEvents };
export const policyProblems: ProblemList = { ...basisProblems, ...calendarProblems };
