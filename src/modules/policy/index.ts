import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { basisProblems } from './basis';
import { calendarEvents, calendarProblems } from './calendar/calendar.contract';
import { calendarEntities } from './calendar/calendar.store';
import { deadlineEvents } from './deadlines/deadlines.contract';
import { deadlineEntities } from './deadlines/deadlines.store';
import { profileProblems } from './profiles/messages.contract';
import { profileEvents } from './profiles/profiles.contract';
import { profileEntities } from './profiles/profiles.store';

export { allMet, judge, wordsOf } from './core/answers';
export { citationEn } from './core/citations';
export { addWorkingDays, isWorkingDay, rollForward, workingDaysBetween, type Calendar } from './core/working-days';
export { demandRule, requireBasis } from './basis';
export { calendarEndpoints } from './calendar/calendar.http';
export { createCalendar, type CalendarService } from './calendar/calendar.service';
export type { MarkedCalendar } from './calendar/calendar.store';
export { deadlineKinds, type DeadlineKind } from './deadlines/deadlines.contract';
export { deadlineEndpoints } from './deadlines/deadlines.http';
export { createDeadlines, type Deadlines, type NewDeadline } from './deadlines/deadlines.service';
export { certainties, ruleResult, type Certainty, type RuleResult } from './policy.contract';
export type { FeeFacts, PoolFacts, ReadinessFacts, RelatedApplicant, StaffFact, TeamMember } from './core/facts';
export {
  basisHolds,
  carryingOn,
  repealOf,
  resolve,
  settingOf,
  type Basis,
  type Profile,
  type ProfileVersion,
  type RuleInForce,
} from './core/profile';
export { rule as changeReportDays } from './core/rules/institution.change-report-days.rule';
export { rule as barYears } from './core/rules/bar.years.rule';
export { rule as coolingOffYears } from './core/rules/conflict.cooling-off-years.rule';
export { rule as personDecisionDays } from './core/rules/person.decision-days.rule';
export type { RuleKind, RuleSetting } from './core/rule';
export { ruleKinds, scanKinds } from './kinds';
export { national2024, shippedVersions } from './profiles';

export { policyEndpoints } from './profiles/profiles.http';
export { createPolicy, type Policy, type PolicyService } from './profiles/profiles.service';

/** Every table of policy. */
export const policyEntities = [...calendarEntities, ...deadlineEntities, ...profileEntities];
export const policyEvents: EventCatalogue = { ...calendarEvents, ...deadlineEvents, ...profileEvents };
export const policyProblems: ProblemList = { ...basisProblems, ...calendarProblems, ...profileProblems };
