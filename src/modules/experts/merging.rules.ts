import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import { clashOf, type EmploymentDays } from './employments.rules';
import type { TeamNaming } from './line.port';
import type { MergeConflict } from './merging.contract';
import { mergeMoves, type MergeState } from './merging.states';

/** The state after the move, if it may be made. */
export const moveMerge = (from: MergeState, to: MergeState): Outcome<MergeState> =>
  mayMove(mergeMoves, from, to) ? accept(to) : refuse('merge.wrong-state', { state: from });

/** Two officers: who proposed does not confirm. */
export const judgeConfirmer = (accountId: string | null, proposedBy: string | null): Outcome<{ confirmer: string }> =>
  accountId === null || accountId === proposedBy
    ? refuse('merge.second-person-needed')
    : accept({ confirmer: accountId });

/** One person alone must not join two registrations and part them again: who proposed or confirmed does not undo. */
export const judgeUndoer = (
  accountId: string | null,
  m: { proposedBy: string | null; decidedBy: string | null },
): Outcome<{ undoer: string }> =>
  accountId === null || accountId === m.proposedBy || accountId === m.decidedBy
    ? refuse('merge.other-person-needed')
    : accept({ undoer: accountId });

/** What two registrations say that one person cannot do: it must be resolved before they become one. */
export function conflictsBetween(
  a: { employments: readonly EmploymentDays[]; teams: readonly TeamNaming[] },
  b: { employments: readonly EmploymentDays[]; teams: readonly TeamNaming[] },
): MergeConflict[] {
  const conflicts: MergeConflict[] = [];
  for (const mine of a.employments) {
    for (const theirs of b.employments) {
      const clash = clashOf([mine], theirs);
      if (!clash) continue;
      const ids = [mine.employmentId, theirs.employmentId];
      const pair = `聘用关系 ${ids.join(' 与 ')}`;
      conflicts.push(
        clash.kind === 'here'
          ? { kind: 'same-institution-overlap', ids, text: `${pair}为同一机构且期间重叠，请结束或作废其中一条` }
          : { kind: 'full-time-overlap', ids, text: `${pair}均为全职且期间重叠，请结束或作废其中一条` },
      );
    }
  }
  const shared = a.teams.filter((t) => t.open && b.teams.some((u) => u.open && u.evaluationId === t.evaluationId));
  for (const { evaluationId } of shared) {
    const text = `评估 ${evaluationId} 的评估组同时列有两份登记，请先更换评估组`;
    conflicts.push({ kind: 'same-team', ids: [evaluationId], text });
  }
  return conflicts;
}
