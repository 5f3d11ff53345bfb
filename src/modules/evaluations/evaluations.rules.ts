import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import { say, type Wording } from '../../kernel/pure/wording';
import type { Profile, RuleResult, TeamMember } from '../policy';
import { judge } from '../policy/core/answers';
import { sayFreeze, type FreezeReason } from './evaluations.contract';
import { evaluationMoves, openStates, teamMayChange, type EvaluationState } from './evaluations.states';

export type { TeamMember } from '../policy';

export type TitleLevel = 'full-senior' | 'deputy-senior' | 'medium' | 'junior' | 'none';

/** Every team rule's answer, met or not (annex 1: five, all medium or above, two senior, a full-time leader). */
export const judgeTeam = (members: readonly TeamMember[], profile: Profile): RuleResult[] =>
  judge('team', members, profile);

export interface Standing {
  state: EvaluationState;
  freezeReason: FreezeReason | null;
}

const frozenRefusal = (e: Standing, act: Wording): Outcome<never> =>
  refuse('evaluation.frozen', { reason: sayFreeze(e.freezeReason ?? 'institution-bar'), act });

/** May the evaluation go from where it is to `wanted`? A frozen one says so in its own words. */
export function moveEvaluation(e: Standing, wanted: EvaluationState, act: Wording): Outcome<EvaluationState> {
  if (e.state === 'frozen' && wanted !== 'voided') return frozenRefusal(e, act);
  if (!mayMove(evaluationMoves, e.state, wanted)) return refuse('evaluation.wrong-state', { state: e.state, act });
  return accept(wanted);
}

/** Event resumed: a frozen evaluation goes back to the state before, and to no other. */
export function resumeEvaluation(e: Standing & { stateBefore: EvaluationState | null }): Outcome<EvaluationState> {
  const { state, stateBefore } = e;
  const back = openStates.find((s) => s === stateBefore);
  return state === 'frozen' && back
    ? accept(back)
    : refuse('evaluation.wrong-state', { state, act: say('恢复办理', 'resume') });
}

export interface AfterNaming {
  state: EvaluationState;
  stateBefore: EvaluationState | null;
  freezeReason: FreezeReason | null;
}

/**
 * Where an evaluation stands once a team has been named. What stood still for a barred member goes on; what stands
 * still for the institution's own bar waits for the officer, but may get the team with which it can be resumed. A report
 * comes back to the new team: it is not theirs until they submit it.
 */
export function judgeNaming(e: Standing & { stateBefore: EvaluationState | null }): Outcome<AfterNaming> {
  const act = say('组建评估组', 'name the team');
  const onward = (state: EvaluationState): EvaluationState =>
    state === 'assigned' ? 'team-named' : state === 'reported' ? 'returned' : state;
  if (e.state !== 'frozen') {
    // A report that waits keeps the team that made it.
    const standing = standingIn(e, teamMayChange, act);
    return standing.ok ? accept({ state: onward(e.state), stateBefore: null, freezeReason: null }) : standing;
  }
  if (e.stateBefore === null) return frozenRefusal(e, act);
  const state = onward(e.stateBefore);
  return e.freezeReason === 'person-bar'
    ? accept({ state, stateBefore: null, freezeReason: null })
    : accept({ state: 'frozen', stateBefore: state, freezeReason: e.freezeReason });
}

/** Is the evaluation in one of these states? */
export function standingIn(e: Standing, states: readonly EvaluationState[], act: Wording): Outcome<true> {
  if (e.state === 'frozen') return frozenRefusal(e, act);
  return states.includes(e.state) ? accept(true) : refuse('evaluation.wrong-state', { state: e.state, act });
}
