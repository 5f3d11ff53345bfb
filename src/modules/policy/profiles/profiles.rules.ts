import { refuse, accept, type Outcome } from '../../../kernel/pure/outcome';
import { addDays, legalDate, type LegalDate } from '../../../kernel/pure/time';
import { say, sayNames } from '../../../kernel/pure/wording';
import { resolve, upheldBy, type ProfileVersion } from '../core/profile';
import type { RuleKind, RuleSetting } from '../core/rule';
import { profileMoves, type ProfileState } from './profiles.states';

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

/** No day comes after it. */
const LAST = legalDate('2999-12-31');

/** The first days on which the setting answers otherwise than the day before. */
const turningDays = (v: ProfileVersion, rule: string): LegalDate[] => {
  const s = v.settings[rule];
  if (!s) return [];
  const ends = s.validThrough === null || s.validThrough >= LAST ? [] : [addDays(s.validThrough, 1)];
  const repeals = [...v.repeals.filter((r) => r.rule === rule), ...(s.repeal ? [s.repeal] : [])];
  return [s.effectiveFrom, ...ends, ...repeals.map((r) => r.day)];
};

/**
 * Rules of the version that, on its first day or any later one, ask less than what binds everywhere: not in force on
 * the day, only informing, or with a lower value. What counts is what would be judged on the day, not how the setting is
 * labelled. The annex, read in inferred copies, may be departed from: Zhejiang does. A legality review that upheld the
 * rule lets a departure pass, never its absence. What binds on `from` binds there even when its text has run out.
 */
export function belowLaw(
  version: ProfileVersion,
  nation: ProfileVersion,
  kinds: ReadonlyMap<string, RuleKind>,
  from: LegalDate,
): string[] {
  const upheld = (rule: string): boolean => upheldBy(version, rule, LAST) !== undefined;
  const falls = (id: string, law: RuleSetting, day: LegalDate): boolean => {
    const own = resolve(version, kinds, day).rules[id];
    if (!own) return true;
    return (own.effect !== 'refuse' || (own.kind.loosens?.(own.value, law.value) ?? false)) && !upheld(id);
  };
  return Object.entries(nation.settings)
    .filter(([, law]) => bindsAll(law))
    .filter(([id, law]) => {
      const later = [...turningDays(nation, id), ...turningDays(version, id)]
        .filter((day) => day > from)
        .filter((day) => law.validThrough === null || day <= law.validThrough);
      return [from, ...later].some((day) => law.effectiveFrom <= day && falls(id, law, day));
    })
    .map(([id]) => id);
}

/** A version that an authority entered, as far as its state goes. */
interface Entered {
  effectiveFrom: LegalDate | null;
  withdrawnOn: LegalDate | null;
}

export function stateOf({ effectiveFrom, withdrawnOn }: Entered): ProfileState {
  if (withdrawnOn !== null) return 'withdrawn';
  return effectiveFrom === null ? 'draft' : 'adopted';
}

/** May it still be amended, reviewed, adopted? What was withdrawn stays so. */
export const judgeStanding = (of: Entered): Outcome<true> =>
  of.withdrawnOn === null ? accept(true) : refuse('policy.draft-withdrawn', { on: of.withdrawnOn });

export function moveProfile(of: Entered, to: ProfileState): Outcome<ProfileState> {
  const state = stateOf(of);
  const moves: readonly ProfileState[] = profileMoves[state];
  if (moves.includes(to)) return accept(to);
  return state === 'withdrawn'
    ? refuse('policy.draft-withdrawn', { on: of.withdrawnOn! })
    : refuse('policy.already-adopted');
}

/** The drafter takes the own draft back; one who may adopt takes any off the table, so that none is left over. */
export function judgeWithdrawal(of: Entered, by: { isDrafter: boolean; mayAdopt: boolean }): Outcome<ProfileState> {
  const moved = moveProfile(of, 'withdrawn');
  return moved.ok && !by.isDrafter && !by.mayAdopt ? refuse('policy.drafter-only') : moved;
}

export function judgeAdoption(
  draft: ProfileVersion,
  asked: { effectiveFrom: LegalDate; today: LegalDate; persons: readonly string[]; drafters: readonly string[] },
  below: readonly string[],
): Outcome<true> {
  if (asked.persons.some((p) => asked.drafters.includes(p))) return refuse('policy.same-person');
  const { effectiveFrom: day, today } = asked;
  if (day < today) return refuse('policy.retroactive', { day, today });
  // A version whose basis does not carry its own first day would only stop those above it from answering.
  const { number: basis, effectiveFrom: from, validThrough } = draft.basis;
  if (day < from || (validThrough !== null && day > validThrough)) {
    return refuse('policy.basis-lapsed', { basis, from, through: validThrough ?? say('（未定）', '(not fixed)'), day });
  }
  return below.length > 0 ? refuse('policy.below-law', { rules: sayNames(below) }) : accept(true);
}

/**
 * A rule of a version is repealed by another person than its drafters, from today on, and not where it binds by law or
 * by the circular's body: the version is judged as it will stand afterwards.
 */
export function judgeRepeal(
  version: ProfileVersion,
  asked: {
    repeal: { rule: string | null; day: LegalDate; paper: string };
    today: LegalDate;
    persons: readonly string[];
    drafters: readonly string[];
  },
  nation: ProfileVersion,
  kinds: ReadonlyMap<string, RuleKind>,
): Outcome<true> {
  const { repeal, today } = asked;
  const { rule, day } = repeal;
  if (asked.persons.some((p) => asked.drafters.includes(p))) return refuse('policy.same-person');
  if (day < today) return refuse('policy.retroactive', { day, today });
  // Of a version repealed whole nothing holds: those above it answer, and they bind.
  if (rule === null) return accept(true);
  const after = { ...version, repeals: [...version.repeals, repeal] };
  return belowLaw(after, nation, kinds, day).includes(rule) ? refuse('policy.binding-rule', { rule }) : accept(true);
}
