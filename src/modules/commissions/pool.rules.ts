import { say, sayEach, saying, type Wording } from '../../kernel/pure/wording';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import type { LegalDate } from '../../kernel/pure/time';
import { isNamed, type Tie } from '../organisations/core/control';
import type { PoolFacts, Profile, RelatedApplicant, RuleResult } from '../policy';
import { wordsOf } from '../policy/core/answers';
import { movePool, poolStanding } from './commissions.rules';
import { poolDecisionMoves, type PoolDecisionState, type PoolState } from './commissions.states';
import type { PoolOutcome, PublicNotice } from './pool.contract';

/** From where each outcome starts, and where it leads. */
const ways: Readonly<Record<PoolOutcome, { from: PoolState; to: PoolState }>> = {
  admit: { from: 'applied', to: 'admitted' },
  refuse: { from: 'applied', to: 'refused' },
  remove: { from: 'admitted', to: 'withdrawn' },
};

export const movePoolDecision = (state: PoolDecisionState, wanted: PoolDecisionState): Outcome<PoolDecisionState> =>
  mayMove(poolDecisionMoves, state, wanted) ? accept(wanted) : refuse('pool-entry.not-proposed');

const ofTie: Readonly<Record<Tie['kind'], (t: Tie) => Wording>> = {
  controls: (t) => say(`控制本机构：${t.chains[0].join('→')}`, `controls the institution: ${t.chains[0].join(' → ')}`),
  controlled: (t) =>
    say(`受本机构控制：${t.chains[1].join('→')}`, `controlled by the institution: ${t.chains[1].join(' → ')}`),
  // One known by name is not named here: a refusal shows no person.
  common: (t) =>
    isNamed(t.holder!)
      ? say('法定代表人或出资人同名', 'same name of legal representative or owner')
      : saying`${say(`同受${t.holder!}控制：`, `both controlled by ${t.holder!}: `)}${chainsBelow(t)}`,
};
const chainsBelow = ({ chains }: Tie): Wording =>
  say(chains.map((c) => c.join('→')).join('，'), chains.map((c) => c.join(' → ')).join(', '));

/** Ties as the rules of a register ask them: by codes, and by names alone. */
export function relatedBy(ties: readonly Tie[]): PoolFacts {
  const said = (t: Tie): RelatedApplicant => ({ code: t.code, tie: ofTie[t.kind](t) });
  const byName = (t: Tie): boolean => t.holder !== null && isNamed(t.holder);
  return {
    relatedApplicants: ties.filter((t) => !byName(t)).map(said),
    sameNames: ties.filter(byName).map(said),
  };
}

/** Does a hint wait for a person's decision? */
export const needsPerson = (answers: readonly RuleResult[], { rules }: Pick<Profile, 'rules'>): boolean =>
  answers.some((r) => !r.met && rules[r.rule]?.kind.needsPerson === true);

/** What the two officers may decide of an entry in this state. */
export function judgeOutcome(state: PoolState, outcome: PoolOutcome): Outcome<PoolState> {
  const { from, to } = ways[outcome];
  return state === from
    ? movePool(state, to)
    : refuse('pool-entry.wrong-state', { ...poolStanding(state), wanted: to });
}

/** A register that asks no approval refuses nobody, except where a hint was for a person to decide upon. */
export const judgeRefusal = (
  outcome: PoolOutcome,
  answers: readonly RuleResult[],
  day: LegalDate,
  profile: Pick<Profile, 'id' | 'poolMode' | 'rules'>,
): Outcome<true> =>
  outcome !== 'refuse' || profile.poolMode === 'directory' || needsPerson(answers, profile)
    ? accept(true)
    : refuse('pool-entry.no-approval', { day, profile: profile.id });

/** The day on the paper: not to come, and not before what it decides about. */
export function judgeDecisionDay(
  entry: { appliedOn: LegalDate; admittedOn: LegalDate | null },
  asked: { outcome: PoolOutcome; decidedOn: LegalDate; publicNotice: PublicNotice | null },
  today: LegalDate,
): Outcome<true> {
  const { outcome, decidedOn: day, publicNotice } = asked;
  if (day > today) return refuse('pool-entry.day-in-future', { day, today });
  const since = outcome === 'remove' ? (entry.admittedOn ?? entry.appliedOn) : entry.appliedOn;
  if (day < since) {
    return refuse('pool-entry.day-order', {
      day,
      since,
      before: outcome === 'remove' ? say('纳入', 'admitted') : say('申请', 'applied for'),
    });
  }
  // Objections are taken until the notice has run its last day.
  if (outcome === 'admit' && publicNotice && day <= publicNotice.lastDay) {
    return refuse('pool-entry.notice-running', { day, lastDay: publicNotice.lastDay });
  }
  return accept(true);
}

/** A rule that is not met, in one breath. */
function sayUnmet(r: RuleResult): Wording {
  const { title, required, measured, citation, cure } = wordsOf(r);
  const [asked, found, by] = [say('（要求', ' (required: '), say('，实为', ', found: '), say('；依据：', '; basis: ')];
  return saying`${title}${asked}${required}${found}${measured}${by}${citation}${say('；', '; ')}${cure}${say('）', ')')}`;
}

/**
 * Nobody is admitted who does not meet what the rules of the day refuse on: in a directory all conditions, in a register
 * only those of the register itself. A refusal and a removal rest on their reasons; the answers are kept with them.
 */
export function judgeFitness(
  outcome: PoolOutcome,
  results: { readiness: readonly RuleResult[]; pool: readonly RuleResult[] },
  day: LegalDate,
  { poolMode }: Pick<Profile, 'poolMode'>,
): Outcome<true> {
  if (outcome !== 'admit') return accept(true);
  const asked = poolMode === 'directory' ? [...results.readiness, ...results.pool] : results.pool;
  const unmet = asked.filter((r) => !r.met && r.effect === 'refuse');
  if (unmet.length === 0) return accept(true);
  return refuse('pool-entry.not-ready', { day, unmet: sayEach(unmet.map(sayUnmet)), rules: unmet.map((r) => r.rule) });
}

/** A decision takes two people; a deputy and whom he represents are one. */
export const judgeDecider = (persons: readonly string[], proposers: readonly string[]): Outcome<true> =>
  persons.some((p) => proposers.includes(p)) ? refuse('pool-entry.same-officer') : accept(true);

/**
 * The institution leaves by its own word. An officer may enter that word; out of a directory only with the paper on
 * which it stands, since a removal against its will takes two.
 */
export const judgeLeaving = (
  entry: { state: PoolState },
  { byInstitution, paper }: { byInstitution: boolean; paper: string | undefined },
  { poolMode }: Pick<Profile, 'poolMode'>,
): Outcome<PoolState> =>
  entry.state === 'admitted' && poolMode === 'directory' && !byInstitution && paper === undefined
    ? refuse('pool-entry.request-missing')
    : movePool(entry.state, 'withdrawn');
