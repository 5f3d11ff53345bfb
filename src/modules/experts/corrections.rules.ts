import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import type { AskedChanges, CorrectedField } from './corrections.contract';
import { correctionMoves, type CorrectionState } from './corrections.states';

export const moveCorrection = (from: CorrectionState, to: CorrectionState): Outcome<CorrectionState> =>
  mayMove(correctionMoves, from, to) ? accept(to) : refuse('correction.wrong-state', { state: from });

/** The fields that are asked for: what a request leaves out stays as it is. */
export const fieldsOf = (changes: AskedChanges): CorrectedField[] =>
  (Object.keys(changes) as CorrectedField[]).filter((field) => changes[field] !== undefined);

/** A person's own word suffices for the telephone; all else rests on papers. */
export const judgeProof = (changes: AskedChanges, fileIds: readonly string[]): Outcome<true> =>
  fileIds.length > 0 || fieldsOf(changes).every((f) => f === 'phone')
    ? accept(true)
    : refuse('correction.proof-needed');

/** Nobody decides what he asked for himself. */
export const judgeDecider = (persons: readonly string[], askedBy: string): Outcome<true> =>
  persons.includes(askedBy) ? refuse('correction.own') : accept(true);

/** What is granted of what was asked: all of it, or the named fields with a reason for the others. */
export function judgeGrant(
  asked: AskedChanges,
  named: readonly CorrectedField[] | undefined,
  reason: string | null,
): Outcome<{ granted: CorrectedField[]; changes: AskedChanges }> {
  const all = fieldsOf(asked);
  const strange = named?.find((f) => !all.includes(f));
  if (strange !== undefined) return refuse('correction.field-not-asked', { field: strange });
  const granted = all.filter((f) => named === undefined || named.includes(f));
  if (granted.length < all.length && reason === null) return refuse('correction.reason-needed');
  const changes = Object.fromEntries(granted.map((f) => [f, asked[f]])) as AskedChanges;
  return accept({ granted, changes });
}
