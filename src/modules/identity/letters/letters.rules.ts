import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import type { Role } from '../permissions';

/** A letter that ends within so many days is shown as ending. */
export const EXPIRING_DAYS = 30;

export const needsLetter = (role: Role): boolean => role === 'institution' || role === 'seal-keeper';

/** The earlier of two last days; null is open. */
export const earlier = (a: LegalDate | null, b: LegalDate | null): LegalDate | null => {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
};

/** The day on which the letter ends the post; null where the post ends by then anyway. */
export const letterEnds = (toDay: LegalDate | null, letterUntil: LegalDate | null): LegalDate | null =>
  letterUntil !== null && (toDay === null || letterUntil < toDay) ? letterUntil : null;

/** Ends within thirty days, today and its very last day included; what has ended is no longer ending. */
export const isExpiring = (lastDay: LegalDate, today: LegalDate): boolean =>
  today <= lastDay && lastDay <= addDays(today, EXPIRING_DAYS);

/** With what letter may a post be granted? */
export function judgeFirstLetter(
  post: { role: Role; from: LegalDate },
  letter: { lastDay: LegalDate } | undefined,
  requiredFrom: LegalDate | null,
  today: LegalDate,
): Outcome<true> {
  if (!needsLetter(post.role)) return letter ? refuse('post.letter-misplaced', { role: post.role }) : accept(true);
  if (!letter) {
    return requiredFrom !== null && requiredFrom <= today
      ? refuse('post.letter-missing', { from: requiredFrom })
      : accept(true);
  }
  return letter.lastDay < post.from
    ? refuse('post.letter-ended', { lastDay: letter.lastDay, from: post.from })
    : accept(true);
}

/** A renewal lengthens, and only what still holds: between two letters nobody was authorised. */
export function judgeRenewal(
  post: { role: Role; from: LegalDate; to: LegalDate | null; letterUntil: LegalDate | null },
  lastDay: LegalDate,
  today: LegalDate,
): Outcome<true> {
  if (!needsLetter(post.role)) return refuse('post.letter-misplaced', { role: post.role });
  const end = earlier(post.to, post.letterUntil);
  if (end !== null && end < today) return refuse('post.letter-too-late', { to: end });
  if (lastDay < today || lastDay < post.from) return refuse('post.letter-ended', { lastDay, from: today });
  return post.letterUntil !== null && lastDay <= post.letterUntil
    ? refuse('post.letter-shorter', { until: post.letterUntil, lastDay })
    : accept(true);
}

/** Once letters are required, a post of an institution without one does not hold. */
export const isAuthorised = (
  post: { role: Role; letterUntil: LegalDate | null },
  requiredFrom: LegalDate | null,
  today: LegalDate,
): boolean => !needsLetter(post.role) || post.letterUntil !== null || requiredFrom === null || today < requiredFrom;
