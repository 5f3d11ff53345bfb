import type { LegalDate } from '../../kernel/pure/time';
import type { RuleResult } from './policy.contract';
import { national2024, type Profile, type RuleName } from './profiles';

export { basisHolds, policyProblems, requireBasis } from './basis';
export { certainties, ruleResult, type Certainty, type RuleResult } from './policy.contract';
export { national2024, type Basis, type Profile, type Rule, type RuleName } from './profiles';

export interface Policy {
  /** The profile that holds for an authority on a day; the nation's where the authority has none of its own. */
  profileFor(authority: string, day: LegalDate): Profile;
}

/** Profiles as shipped. */
export const createPolicy = (profile: Profile = national2024): Policy => ({ profileFor: () => profile });

/** One rule's answer, with its citation and certainty from the profile. */
export function ruleAnswer(
  profile: Profile,
  rule: RuleName,
  answer: { required: string; measured: string; met: boolean; cure: string },
): RuleResult {
  const { title, citation, certainty, effect } = profile.rules[rule];
  const { required, measured, met, cure } = answer;
  return { rule, title, required, measured, met, effect, citation, certainty, cure: met ? null : cure };
}

/** Nothing that refuses is unmet. */
export const allMet = (results: readonly RuleResult[]): boolean => results.every((r) => r.met || r.effect === 'inform');
