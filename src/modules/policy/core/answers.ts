import type { RuleResult } from '../policy.contract';
import type { Profile, RuleName } from '../profiles';

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
