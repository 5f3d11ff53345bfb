import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { addDays, type LegalDate } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import type { EmploymentKind } from './employments.contract';

/** Half-open days; `to` null means without an end. */
export interface EmploymentDays {
  employmentId: string;
  institutionId: string;
  kind: EmploymentKind;
  from: LegalDate;
  to: LegalDate | null;
}

const overlap = (a: Pick<EmploymentDays, 'from' | 'to'>, b: Pick<EmploymentDays, 'from' | 'to'>): boolean =>
  (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);

export type EmploymentClash = { kind: 'here' | 'full-time-elsewhere'; with: EmploymentDays };

/**
 * Which of a person's employments stands in the way of another one: one at the same institution on a common day, or,
 * for a full-time one, a full-time one anywhere (domain.md 9). Unconfirmed ones stand in the way too, so that the order
 * of confirming does not decide.
 */
export function clashOf(
  present: readonly EmploymentDays[],
  next: Omit<EmploymentDays, 'employmentId'>,
): EmploymentClash | undefined {
  const meeting = present.filter((e) => overlap(e, next));
  const here = meeting.find((e) => e.institutionId === next.institutionId);
  if (here) return { kind: 'here', with: here };
  const full = next.kind === 'full-time' ? meeting.find((e) => e.kind === 'full-time') : undefined;
  return full && { kind: 'full-time-elsewhere', with: full };
}

/** May the employment end on this last day? An end may be moved forward in time, never back. */
export function judgeEnd(e: Pick<EmploymentDays, 'from' | 'to'>, lastDay: LegalDate): Outcome<{ to: LegalDate }> {
  if (lastDay < e.from) return refuse('employment.ends-before-start', { from: e.from });
  const to = addDays(lastDay, 1);
  if (e.to !== null && to >= e.to) return refuse('employment.already-ended', { lastDay: addDays(e.to, -1) });
  return accept({ to });
}

/** What stays and what is struck out when days are voided from a day on; `from` null strikes out all of them. */
export function judgeVoid(
  e: Pick<EmploymentDays, 'from' | 'to'>,
  from: LegalDate | null,
): Outcome<{ kept: { from: LegalDate; to: LegalDate } | null; struck: { from: LegalDate; to: LegalDate | null } }> {
  const first = from ?? e.from;
  if (first < e.from || (e.to !== null && first >= e.to)) {
    return refuse('employment.void-outside', {
      from: e.from,
      lastDay: e.to === null ? say('今', 'today') : addDays(e.to, -1),
    });
  }
  const kept = first === e.from ? null : { from: e.from, to: first };
  return accept({ kept, struck: { from: first, to: e.to } });
}

/** Who had a hand in an entry that waits for a second person; null for nobody known. */
export interface EntryHands {
  recordedBy: readonly (string | null)[];
  sheetRecordedBy: string | null;
  sheetUploadedBy: string | null;
}

/** A signed sheet is checked by somebody who neither recorded the employment nor uploaded or entered the sheet. */
export function judgeChecker(accountId: string | null, hands: EntryHands): Outcome<{ checker: string }> {
  const taken = [...hands.recordedBy, hands.sheetRecordedBy, hands.sheetUploadedBy];
  return accountId === null || taken.includes(accountId)
    ? refuse('employment.second-person-needed')
    : accept({ checker: accountId });
}
