import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import { objectionMoves, type ObjectionState } from './objections.states';

/** The state after the move, if it may be made. */
export const moveObjection = (from: ObjectionState, to: ObjectionState): Outcome<ObjectionState> =>
  mayMove(objectionMoves, from, to) ? accept(to) : refuse('objection.wrong-state', { state: from });

/** Whoever had a hand in the entry that is objected to does not judge the objection. */
export const judgeJudge = (accountId: string | null, hands: readonly (string | null)[]): Outcome<{ judge: string }> =>
  accountId === null || hands.includes(accountId)
    ? refuse('objection.second-person-needed')
    : accept({ judge: accountId });

/** A person speaks from his own account; an officer speaks for him only on paper. */
export function judgePaper(role: string, paper: string | null): Outcome<{ paper: string | null }> {
  if (role === 'expert') return accept({ paper: null });
  return paper === null ? refuse('objection.paper-needed') : accept({ paper });
}
