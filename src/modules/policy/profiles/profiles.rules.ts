import { refuse, accept, type Outcome } from '../../../kernel/pure/outcome';
import type { LegalDate } from '../../../kernel/pure/time';
import type { ProfileVersion } from '../core/profile';
import type { RuleKind, RuleSetting } from '../core/rule';

/**
 * Which version of an authority holds on the day: the one that began last. An older one never comes back when it is
 * repealed: then nothing of this authority holds, and those above it answer.
 */
export function versionOn(versions: readonly ProfileVersion[], day: LegalDate): ProfileVersion | undefined {
  const begun = versions
    .filter((v) => v.effectiveFrom !== null && v.effectiveFrom <= day)
    .sort((a, b) => (a.effectiveFrom! === b.effectiveFrom! ? 0 : a.effectiveFrom! < b.effectiveFrom! ? -1 : 1));
  const last = begun.at(-1);
  return last && !last.repeals.some((r) => r.rule === null && r.day <= day) ? last : undefined;
}

/** Rules that bind everywhere: what a law or the circular's body says and refuses on. */
const bindsAll = (s: RuleSetting): boolean =>
  (s.certainty === 'law' || s.certainty === 'circular') && s.effect === 'refuse' && !s.disputed;

/**
 * Rules of the draft that ask less than what binds everywhere: left out, only informing, or with a lower value. The
 * annex, read in inferred copies, may be departed from: Zhejiang does. A legality review that upheld the rule lets it pass.
 */
export function belowLaw(
  draft: ProfileVersion,
  nation: ProfileVersion,
  kinds: ReadonlyMap<string, RuleKind>,
): string[] {
  const upheld = (rule: string): boolean => draft.reviews.filter((r) => r.rule === rule).at(-1)?.result === 'upheld';
  return Object.entries(nation.settings)
    .filter(([, law]) => bindsAll(law))
    .filter(([id, law]) => {
      const own = draft.settings[id];
      if (!own || own.effect !== 'refuse' || own.disputed) return true;
      return kinds.get(id)?.loosens?.(own.value, law.value) ?? false;
    })
    .map(([id]) => id)
    .filter((id) => !upheld(id));
}

export function judgeAdoption(
  draft: ProfileVersion,
  asked: { effectiveFrom: LegalDate; today: LegalDate; persons: readonly string[]; draftedBy: string },
  below: readonly string[],
): Outcome<true> {
  if (draft.effectiveFrom !== null) return refuse('policy.already-adopted');
  if (asked.persons.includes(asked.draftedBy)) return refuse('policy.same-person');
  if (asked.effectiveFrom < asked.today) {
    return refuse('policy.retroactive', { day: asked.effectiveFrom, today: asked.today });
  }
  return below.length > 0 ? refuse('policy.below-law', { rules: below.join('、') }) : accept(true);
}
