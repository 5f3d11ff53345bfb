import { say } from '../../../kernel/pure/wording';
import type { RuleResult } from '../policy.contract';
import { citationEn } from './citations';
import type { RuleFacts, Scope } from './facts';
import type { Profile } from './profile';

/** Every rule of the scope answers, met or not, in the order of the kinds. */
export function judge<S extends Scope>(scope: S, facts: RuleFacts[S], profile: Profile): RuleResult[] {
  return Object.values(profile.rules)
    .filter((r) => r.kind.scope === scope && r.kind.judge)
    .sort((a, b) => a.kind.order - b.kind.order)
    .map((r) => {
      const { required, measured, met, cure } = r.kind.judge!(facts, r.value);
      const { title, citation, certainty, effect } = r;
      const shown = { met, effect, citation, certainty, disputed: r.disputed ?? false };
      const review = r.upheldBy ?? r.reviews.at(-1);
      return {
        rule: r.kind.id,
        title,
        required: required.zh,
        measured: measured.zh,
        ...shown,
        cure: met ? null : cure.zh,
        legalReview: review
          ? { number: review.number, day: review.day, result: review.result, recordedBy: review.recordedBy }
          : null,
        en: {
          title: r.kind.titleEn,
          required: required.en,
          measured: measured.en,
          citation: citationEn(citation),
          cure: met ? null : cure.en,
        },
      };
    });
}

/** The words of a result, as a refusal's parameters. */
export const wordsOf = ({ title, required, measured, citation, cure, en }: RuleResult) => ({
  title: say(title, en?.title),
  required: say(required, en?.required),
  measured: say(measured, en?.measured),
  citation: say(citation, en?.citation),
  cure: say(cure ?? '', en?.cure ?? undefined),
});

/** Nothing that refuses is unmet. */
export const allMet = (results: readonly RuleResult[]): boolean => results.every((r) => r.met || r.effect === 'inform');
