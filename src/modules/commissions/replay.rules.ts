import type { RuleResult } from '../policy';
import type { ReplayTurn } from './replay.contract';

type By = ReplayTurn['by'];

const fails = (r: RuleResult | undefined): boolean => r !== undefined && !r.met && r.effect === 'refuse';

const shown = (r: RuleResult | undefined): By[number]['then'] =>
  r === undefined
    ? null
    : { required: r.required, measured: r.measured, met: r.met, effect: r.effect, citation: r.citation, en: r.en };

/** What the two sets of answers make of one: does it pass, and by which rules does that differ? */
export function compareAnswers(then: readonly RuleResult[], now: readonly RuleResult[]) {
  const ids = [...new Set([...then, ...now].map((r) => r.rule))];
  const pairs = ids.map((id) => [then.find((r) => r.rule === id), now.find((r) => r.rule === id)] as const);
  const by: By = pairs
    .filter(([a, b]) => fails(a) !== fails(b))
    .map(([a, b]) => {
      const { rule, title, en } = (b ?? a)!;
      return { rule, title, titleEn: en?.title, then: shown(a), now: shown(b) };
    });
  return { passedThen: !then.some(fails), passesNow: !now.some(fails), by };
}
