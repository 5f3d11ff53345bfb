import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import { addDays, type LegalDate } from '../../kernel/pure/time';
import { say, type Wording } from '../../kernel/pure/wording';
import { addWorkingDays, rollForward, workingDaysBetween, type Calendar } from '../policy/core/working-days';
import { caseMoves, standingStates, subjectMoves, type CaseState, type SubjectState } from './cases.states';

export const moveCase = (state: CaseState, wanted: CaseState): Outcome<CaseState> =>
  mayMove(caseMoves, state, wanted) ? accept(wanted) : refuse('case.wrong-state', { state, wanted });

export const moveSubject = (state: SubjectState, wanted: SubjectState): Outcome<SubjectState> =>
  mayMove(subjectMoves, state, wanted) ? accept(wanted) : refuse('case.wrong-subject-state', { state, wanted });

/** A step entered today lies not in the future and not before the step it follows. */
export function judgeDay(day: LegalDate, previous: LegalDate | null, today: LegalDate): Outcome<true> {
  if (day > today) return refuse('case.day-in-future', { day, today });
  if (previous !== null && day < previous) return refuse('case.day-order', { day, previous });
  return accept(true);
}

/** Days of a period of five are working days (行政处罚法 64, 85; 自然资源行政处罚办法: within five days of receipt). */
export const DEFENCE_DAYS = 5;

/**
 * Statement and request for a hearing within five working days of the service of the notice, the day of service not
 * counted. Where a year has no table yet only weekends are known, and the result is provisional.
 */
export function judgeDefenceTime(
  calendar: Calendar,
  noticeDay: LegalDate,
  defenceUntil: LegalDate,
): Outcome<{ until: LegalDate; provisional: boolean }> {
  const { day: earliest } = addWorkingDays(calendar, noticeDay, DEFENCE_DAYS);
  if (defenceUntil < earliest) return refuse('case.defence-too-short', { defenceUntil, earliest });
  // Civil Code 203: a last day that is a day off goes on to the next working day.
  const { day: until, provisional } = rollForward(calendar, defenceUntil);
  return accept({ until, provisional: provisional || addWorkingDays(calendar, noticeDay, DEFENCE_DAYS).provisional });
}

/** Working days from the service of the notice to the day that it names, days off at its end rolled over; at least five. */
export const defenceDays = (calendar: Calendar, noticeDay: LegalDate, defenceUntil: LegalDate): number =>
  Math.max(DEFENCE_DAYS, workingDaysBetween(calendar, noticeDay, rollForward(calendar, defenceUntil).day));

/**
 * The defence lapses on the first day after its last one, which rolls over days off by the tables of today. Nothing
 * lapses before its notice was delivered: then there is no last day.
 */
export function judgeLapse(
  calendar: Calendar,
  day: LegalDate,
  { defenceUntil, notification }: { defenceUntil: LegalDate | null; notification: string | null },
): Outcome<true> {
  if (defenceUntil === null) return refuse('case.notice-not-delivered', { notification });
  const { day: last } = rollForward(calendar, defenceUntil);
  return day > last ? accept(true) : refuse('case.defence-running', { defenceUntil: last });
}

/** The notice that was sent electronically: when, and when it was delivered, if it was. */
export interface SentNotice {
  notification: string;
  sentOn: LegalDate;
  deliveredOn: LegalDate | null;
}

/** The party may speak from the day of sending, which is not its paper's; it waives what it was told: after delivery. */
export function judgeAnswer(act: 'heard' | 'waived', day: LegalDate, notice: SentNotice): Outcome<true> {
  const { notification, sentOn, deliveredOn } = notice;
  if (act === 'waived' && deliveredOn === null) return refuse('case.notice-not-delivered', { notification });
  const from = act === 'waived' && deliveredOn !== null ? deliveredOn : sentOn;
  return day >= from ? accept(true) : refuse('case.day-order', { day, previous: from });
}

/** Persons behind each act; of an act that a deputy did, deputy and represented alike. */
export interface Officers {
  investigators: readonly string[];
  reviewers: readonly string[];
  proposers: readonly string[];
  /** Who confirmed the decision, once it stands. */
  deciders?: readonly string[];
}

/**
 * Investigator, reviewer, proposer and decider: who investigated decides nothing, a decision takes two people, and
 * neither of these two lifts or lightens it alone. `persons` are all behind the act: acting for somebody makes no
 * second person.
 */
export function judgeOfficer(
  persons: readonly string[],
  act: 'review' | 'propose' | 'decide' | 'remedy',
  o: Officers,
): Outcome<true> {
  const acts = {
    review: say('法制审核', 'the legal review'),
    propose: say('拟定决定', 'proposing the decision'),
    decide: say('作出决定', 'making the decision'),
    remedy: say('停止执行、撤销或变更', 'a stay, annulment or change'),
  };
  const refusal = (role: Wording): Outcome<true> => refuse('case.same-officer', { role, act: acts[act] });
  const isAmong = (others: readonly string[] = []): boolean => persons.some((p) => others.includes(p));
  if (isAmong(o.investigators)) return refusal(say('调查人员', 'inspector'));
  if ((act === 'decide' || act === 'remedy') && isAmong(o.proposers)) return refusal(say('拟定人', 'proposer'));
  if (act === 'remedy' && isAmong(o.deciders)) return refusal(say('决定人', 'decider'));
  if (act === 'decide' && isAmong(o.reviewers)) return refusal(say('审核人', 'reviewer'));
  return accept(true);
}

export interface ServiceFacts {
  servedOn: LegalDate;
  decidedOn: LegalDate;
  today: LegalDate;
  manner: 'direct' | 'left' | 'entrusted' | 'post' | 'electronic' | 'public-notice';
  noticePublishedOn: LegalDate | null;
  consent: string | null;
}

/** Is this a service that begins the term? Late entry is normal; service before the decision or tomorrow is not. */
export function judgeService(f: ServiceFacts): Outcome<true> {
  if (f.servedOn > f.today) return refuse('case.day-in-future', { day: f.servedOn, today: f.today });
  if (f.servedOn < f.decidedOn) {
    return refuse('case.served-before-decided', { servedOn: f.servedOn, decidedOn: f.decidedOn });
  }
  if (f.manner === 'electronic' && !f.consent) return refuse('case.no-consent');
  if (f.manner === 'public-notice') {
    if (f.noticePublishedOn !== null && f.noticePublishedOn < f.decidedOn) {
      return refuse('case.notice-before-decided', { noticePublishedOn: f.noticePublishedOn, decidedOn: f.decidedOn });
    }
    // Civil Procedure Law 95: served once thirty days have passed since the notice.
    const earliest = f.noticePublishedOn === null ? null : addDays(f.noticePublishedOn, 30);
    if (earliest === null || f.servedOn < earliest) {
      return refuse('case.notice-too-short', {
        earliest: earliest ?? say('公告日后三十日', 'thirty days after the announcement'),
      });
    }
  }
  return accept(true);
}

/**
 * Remedies and publicity act on a bar that stands. Annulling and changing end the track; a stay or a publicity decision
 * may also concern a decision that was changed, for its shorter bar stands.
 */
export function judgeRemedy(
  state: SubjectState,
  act: 'stayed' | 'annulled' | 'changed' | 'publicised',
): Outcome<SubjectState> {
  if (act === 'annulled' || act === 'changed') return moveSubject(state, act);
  const stands = state !== 'decided' && standingStates.includes(state);
  return stands ? accept(state) : refuse('case.wrong-subject-state', { state, wanted: act });
}

/** An investigation is not dropped over the head of a party against whom a decision stands. */
export function judgeDismissal(subjects: readonly { id: string; state: SubjectState }[]): Outcome<true> {
  const decided = subjects.filter((s) => standingStates.includes(s.state));
  if (decided.length === 0) return accept(true);
  return refuse('case.decision-stands', { subjects: decided.map((s) => s.id).join('、') });
}

/** A change may shorten the term, never lengthen it. */
export const judgeChange = (lastBarredDay: LegalDate, present: LegalDate): Outcome<true> =>
  lastBarredDay <= present ? accept(true) : refuse('case.heavier', { lastBarredDay, present });
