import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import { nameSpecialties } from '../experts/fields.contract';
import type { Profile, RuleResult } from '../policy';
import { ruleAnswer } from '../policy/core/answers';
import { freezeReasons, type FreezeReason } from './evaluations.contract';
import { evaluationMoves, openStates, teamMayChange, type EvaluationState } from './evaluations.states';

export type TitleLevel = 'full-senior' | 'deputy-senior' | 'medium' | 'junior' | 'none';

export interface TeamMember {
  expertId: string;
  role: 'leader' | 'member';
  /** Undefined when the person is no confirmed staff of the institution on the day. */
  staff: { kind: string; titleLevel: TitleLevel; specialties: readonly string[] } | undefined;
}

export const isSenior = (level: TitleLevel): boolean => level === 'full-senior' || level === 'deputy-senior';
const isMediumOrAbove = (level: TitleLevel): boolean => isSenior(level) || level === 'medium';

/** Every team rule's answer, met or not (annex 1: five, all medium or above, two senior, a full-time leader). */
export function judgeTeam(members: readonly TeamMember[], profile: Profile): RuleResult[] {
  const { rules } = profile;
  const staff = members.filter((m) => m.staff).map((m) => m.staff!);
  const outsiders = members.filter((m) => !m.staff).map((m) => m.expertId);
  const low = members.filter((m) => !m.staff || !isMediumOrAbove(m.staff.titleLevel)).map((m) => m.expertId);
  const senior = staff.filter((s) => isSenior(s.titleLevel)).length;
  const leader = members.find((m) => m.role === 'leader');
  const fullTime = leader?.staff?.kind === 'full-time';
  const missing = rules['team.specialties'].value.filter((s) => !staff.some((m) => m.specialties.includes(s)));
  return [
    ruleAnswer(profile, 'team.staff', {
      required: '全部',
      measured: outsiders.length === 0 ? '全部' : `${outsiders.length} 人不是：${outsiders.join('、')}`,
      met: outsiders.length === 0,
      cure: '请先登记并由本人确认其聘用关系，或换人',
    }),
    ruleAnswer(profile, 'team.size', {
      required: `${rules['team.size'].value} 人`,
      measured: `${members.length} 人`,
      met: members.length >= rules['team.size'].value,
      cure: '请增加成员',
    }),
    ruleAnswer(profile, 'team.titles', {
      required: '全部中级及以上',
      measured: low.length === 0 ? '全部中级及以上' : `${low.length} 人不足：${low.join('、')}`,
      met: low.length === 0,
      cure: '请更换职称不足的成员',
    }),
    ruleAnswer(profile, 'team.senior', {
      required: `${rules['team.senior'].value} 人`,
      measured: `${senior} 人`,
      met: senior >= rules['team.senior'].value,
      cure: '请增加具有高级职称的成员',
    }),
    ruleAnswer(profile, 'team.leader-full-time', {
      required: '全职',
      measured: fullTime ? '全职' : (leader?.staff?.kind ?? '非本机构人员'),
      met: fullTime,
      cure: '请由本机构全职人员任组长',
    }),
    ruleAnswer(profile, 'team.specialties', {
      required: nameSpecialties(rules['team.specialties'].value),
      measured: missing.length === 0 ? '五个专业齐全' : `缺 ${nameSpecialties(missing)}`,
      met: missing.length === 0,
      cure: '宜补充所缺专业的成员',
    }),
  ];
}

export interface Standing {
  state: EvaluationState;
  freezeReason: FreezeReason | null;
}

const frozenRefusal = (e: Standing, act: string): Outcome<never> =>
  refuse('evaluation.frozen', { reason: freezeReasons[e.freezeReason ?? 'institution-bar'], act });

/** May the evaluation go from where it is to `wanted`? A frozen one says so in its own words. */
export function moveEvaluation(e: Standing, wanted: EvaluationState, act: string): Outcome<EvaluationState> {
  if (e.state === 'frozen' && wanted !== 'voided') return frozenRefusal(e, act);
  if (!mayMove(evaluationMoves, e.state, wanted)) return refuse('evaluation.wrong-state', { state: e.state, act });
  return accept(wanted);
}

/** Event resumed: a frozen evaluation goes back to the state before, and to no other. */
export function resumeEvaluation(e: Standing & { stateBefore: EvaluationState | null }): Outcome<EvaluationState> {
  const { state, stateBefore } = e;
  const back = openStates.find((s) => s === stateBefore);
  return state === 'frozen' && back ? accept(back) : refuse('evaluation.wrong-state', { state, act: '恢复办理' });
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
  const act = '组建评估组';
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
export function standingIn(e: Standing, states: readonly EvaluationState[], act: string): Outcome<true> {
  if (e.state === 'frozen') return frozenRefusal(e, act);
  return states.includes(e.state) ? accept(true) : refuse('evaluation.wrong-state', { state: e.state, act });
}
