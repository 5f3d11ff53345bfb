import { addDays, instantText, legalDateOf, parseInstant, type Instant, type LegalDate } from '../pure/time';
import type { Clock } from '../sources';
import type { Moment, Version } from './history';

/**
 * "All that is known", for questions about the present. The present instant itself would not do: another process whose
 * clock is a little ahead may have committed an entry that seems to lie in the future.
 */
export const LATEST: Instant = parseInstant('2999-12-31T15:59:59.999Z');

/** Today in Asia/Shanghai, by all that is known. */
export const todayOf = (clock: Clock): Moment => ({ asOf: legalDateOf(clock.now()), knownAt: LATEST });

/** The moment that a request asks about; what it leaves out is the present. */
export const momentOf = (clock: Clock, asked: { asOf?: LegalDate; knownAt?: Instant }): Moment => ({
  asOf: asked.asOf ?? legalDateOf(clock.now()),
  knownAt: asked.knownAt ?? LATEST,
});

/** The moment as replies show it. */
export const shownMoment = (clock: Clock, moment: Moment): { asOf: string; knownAt: string } => ({
  asOf: moment.asOf,
  knownAt: instantText(moment.knownAt === LATEST ? clock.now() : moment.knownAt),
});

/** Half-open days for the store, from days of which the last is included. */
export const spanOf = (days: {
  from: LegalDate;
  lastDay: LegalDate | null;
}): { from: LegalDate; to: LegalDate | null } => ({
  from: days.from,
  to: days.lastDay === null ? null : addDays(days.lastDay, 1),
});

/** Last included day of a half-open span. */
export const lastDayOf = (span: { validTo: LegalDate | null }): LegalDate | null =>
  span.validTo === null ? null : addDays(span.validTo, -1);

/** What replies show of any entry of a history. */
export const shownEntry = (
  v: Version,
): { from: string; lastDay: string | null; recordedAt: string; paper: string | null } => ({
  from: v.validFrom,
  lastDay: lastDayOf(v),
  recordedAt: instantText(v.recordedAt),
  paper: v.paper,
});
