import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import type { LegalDate } from '../../kernel/pure/time';
import { doubtMoves, type DoubtGround, type DoubtState } from './doubts.states';

/** A person as far as likeness goes. */
export interface Likeness {
  id: string;
  /** Keys of all names ever borne. */
  nameKeys: readonly string[];
  birthDay: LegalDate | null;
}

/**
 * May the two be one person? The same name with the same day of birth; or the same name where a document bears no day
 * of birth (a passport), so that it cannot be told. Different days of birth tell two persons apart.
 */
export function likenessOf(a: Likeness, b: Likeness): DoubtGround | undefined {
  if (a.id === b.id || !a.nameKeys.some((key) => b.nameKeys.includes(key))) return undefined;
  if (a.birthDay === null || b.birthDay === null) return 'name';
  return a.birthDay === b.birthDay ? 'name-and-birth-day' : undefined;
}

const strength: Record<DoubtGround, number> = { 'merge-undone': 0, name: 1, 'name-and-birth-day': 2 };

/**
 * Which of two doubts between the same persons weighs more: the stronger ground, then the one still to be decided. By
 * ids alone two of one millisecond come in any order.
 */
export const byWeight = (
  a: { ground: DoubtGround; state: DoubtState },
  b: { ground: DoubtGround; state: DoubtState },
): number => strength[a.ground] - strength[b.ground] || Number(a.state === 'open') - Number(b.state === 'open');

/**
 * Does the likeness ask anew? An officer is not asked twice on the same ground, but what was decided on a weaker one
 * (a passport bears no day of birth) says nothing of a stronger one found later.
 */
export const isFresh = (ground: DoubtGround, last: { ground: DoubtGround } | undefined): boolean =>
  last === undefined || strength[last.ground] < strength[ground];

/**
 * Who may find that two registrations are two persons, which opens the doors again: nobody who entered the person or
 * had a hand in finding the two one before.
 */
export const judgeParter = (accountId: string | null, involved: readonly string[]): Outcome<{ by: string }> =>
  accountId === null || involved.includes(accountId) ? refuse('doubt.second-person-needed') : accept({ by: accountId });

/** The state after the decision, if it may be made. */
export const moveDoubt = (from: DoubtState, to: DoubtState): Outcome<DoubtState> =>
  mayMove(doubtMoves, from, to) ? accept(to) : refuse('doubt.wrong-state', { state: from });
