import { addDays, type LegalDate } from '../../../kernel/pure/time';
import type { Certainty } from '../policy.contract';
import type { Scope } from './facts';
import type { RuleKind, RuleSetting } from './rule';

export interface Basis {
  number: string;
  title: string;
  effectiveFrom: LegalDate;
  /** The last day on which an act or a decision may rest on it; null where the paper names none. */
  validThrough: LegalDate | null;
}

export const poolModes = ['none', 'register', 'directory'] as const;
export type PoolMode = (typeof poolModes)[number];

/** A legality review of a profile or of one rule of it. */
export interface Review {
  rule: string | null;
  number: string;
  day: LegalDate;
  result: 'upheld' | 'not-upheld';
  fairCompetition: string | null;
  recordedBy: string | null;
  recordedOn: LegalDate;
}

export interface Repeal {
  rule: string | null;
  day: LegalDate;
  paper: string;
}

/** A profile as it is kept: one version of one authority's rules. */
export interface ProfileVersion {
  id: string;
  authority: string;
  title: string;
  basis: Basis;
  poolMode: PoolMode;
  /** The first day of the version; null for a draft. */
  effectiveFrom: LegalDate | null;
  settings: Readonly<Record<string, RuleSetting>>;
  reviews: readonly Review[];
  repeals: readonly Repeal[];
}

/** A rule as it holds on a day. */
export interface RuleInForce<V = unknown> extends Omit<RuleSetting<V>, 'effect'> {
  kind: RuleKind<V>;
  title: string;
  effect: 'refuse' | 'inform';
  reviews: readonly Review[];
  /** The review by which it may refuse, where it needs one. */
  upheldBy: Review | null;
}

/** What holds for an authority on a day. */
export interface Profile {
  id: string;
  authority: string;
  title: string;
  basis: Basis;
  poolMode: PoolMode;
  /** The first day of the version; null for a draft that is tried. */
  since: LegalDate | null;
  rules: Readonly<Record<string, RuleInForce>>;
  /** Rules whose validity ran out without a successor: new decisions in the scope of those that refuse wait for one. */
  lapsed: readonly {
    rule: string;
    scope: Scope;
    effect: 'refuse' | 'inform';
    number: string;
    effectiveFrom: string;
    validThrough: string;
  }[];
  /** Those of them that ran out before the profile itself: nothing new is judged by them. */
  ended: Readonly<Record<string, RuleInForce>>;
}

/** Texts on which a refusal may rest without a review; practice and what is merely derived may not. */
const mayRefuse: readonly Certainty[] = ['law', 'circular', 'annex-inferred', 'provincial'];

/** The first day on which the rule is in force in the version; undefined for a draft. */
const inForceFrom = (v: Pick<ProfileVersion, 'effectiveFrom'>, s: RuleSetting): LegalDate | undefined => {
  if (v.effectiveFrom === null) return undefined;
  return v.effectiveFrom > s.effectiveFrom ? v.effectiveFrom : s.effectiveFrom;
};

type Reviewed = Pick<ProfileVersion, 'effectiveFrom' | 'settings' | 'reviews'>;

/**
 * The review that upholds the rule on the day: the day of recording counts, so that no past day's answer turns later.
 * Before the rule is in force the last review speaks. Once it binds by one, a later review that does not uphold it is a
 * finding, upon which the authority repeals the rule or adopts another version: until then the rule goes on binding, for
 * a text stays in force until it is taken back, and of two parties on one day none is judged by another rule.
 */
export function upheldBy({ reviews, settings, ...v }: Reviewed, rule: string, day: LegalDate): Review | undefined {
  const setting = settings[rule];
  const start = setting && inForceFrom(v, setting);
  let bound: Review | undefined;
  for (const r of reviews.filter((one) => one.rule === rule && one.recordedOn <= day)) {
    if (r.result === 'upheld') bound ??= r;
    else if (start === undefined || r.recordedOn < start) bound = undefined;
  }
  return bound;
}

/**
 * May the rule refuse on the day? A disputed one, or one that no text states, only once a legal review that upheld it
 * was on record (公平竞争审查条例 9, 18).
 */
export function effectOn(v: Reviewed, rule: string, day: LegalDate): 'refuse' | 'inform' {
  const s = v.settings[rule]!;
  if (s.effect === 'inform') return 'inform';
  if (mayRefuse.includes(s.certainty) && !s.disputed) return 'refuse';
  return upheldBy(v, rule, day) ? 'refuse' : 'inform';
}

/** By what the rule is repealed, if it is: in the version itself or beside it; the earliest day counts. */
export function repealOf(v: ProfileVersion, rule: string): { day: LegalDate; paper: string } | undefined {
  const own = v.settings[rule]?.repeal;
  const all = [...(own ? [own] : []), ...v.repeals.filter((r) => r.rule === rule)];
  const [first] = all.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return first && { day: first.day, paper: first.paper };
}

const repealedOn = (v: ProfileVersion, rule: string, day: LegalDate): boolean => {
  const repeal = repealOf(v, rule);
  return repeal !== undefined && repeal.day <= day;
};

/** The rules of the version that hold on the day; with `asIfInForce`, as if all its validity began and went on. */
export function resolve(
  v: ProfileVersion,
  kinds: ReadonlyMap<string, RuleKind>,
  day: LegalDate,
  asIfInForce = false,
): Profile {
  const rules: Record<string, RuleInForce> = {};
  const ended: Record<string, RuleInForce> = {};
  const lapsed: Profile['lapsed'][number][] = [];
  for (const [id, s] of Object.entries(v.settings)) {
    const kind = kinds.get(id);
    // A kind that this program no longer knows judges nothing; the version still shows its setting.
    if (!kind) continue;
    if (repealedOn(v, id, day) || (!asIfInForce && s.effectiveFrom > day)) continue;
    const reviews = v.reviews.filter((r) => r.rule === id && (asIfInForce || r.recordedOn <= day));
    const known = asIfInForce ? ('9999-12-31' as LegalDate) : day;
    const [effect, upheld] = [effectOn(v, id, known), upheldBy(v, id, known)];
    const rule: RuleInForce = { ...s, kind, title: kind.title, effect, reviews, upheldBy: upheld ?? null };
    const { number, effectiveFrom, validThrough } = s;
    if (asIfInForce || validThrough === null || validThrough >= day) {
      rules[id] = rule;
      continue;
    }
    lapsed.push({ rule: id, scope: kind.scope, effect, number, effectiveFrom, validThrough });
    // The profile's own end is told by its basis; its rules are still shown then.
    const withProfile = v.basis.validThrough !== null && validThrough >= v.basis.validThrough;
    (withProfile ? rules : ended)[id] = rule;
  }
  const { id, authority, title, basis, poolMode } = v;
  const repealed = v.repeals.find((r) => r.rule === null && r.day <= day);
  const till = repealed ? { ...basis, validThrough: dayBefore(basis.validThrough, addDays(repealed.day, -1)) } : basis;
  return { id, authority, title, basis: till, poolMode, since: v.effectiveFrom, rules, lapsed, ended };
}

const dayBefore = (end: LegalDate | null, day: LegalDate): LegalDate => (end !== null && end < day ? end : day);

/** The rule as the profile has it on its day; undefined where the profile does not ask it. */
export function settingOf<V, S extends Scope>(profile: Profile, kind: RuleKind<V, S>): RuleInForce<V> | undefined {
  return profile.rules[kind.id] as RuleInForce<V> | undefined;
}

/**
 * For carrying out what was begun while the rules held: what has run out since goes on being asked of it, what was
 * repealed does not.
 */
export const carryingOn = (profile: Profile): Profile => ({
  ...profile,
  rules: { ...profile.ended, ...profile.rules },
});

/** Does the basis carry an act or decision of this day? */
export const basisHolds = (profile: Profile, day: LegalDate): boolean =>
  profile.basis.effectiveFrom <= day && (profile.basis.validThrough === null || day <= profile.basis.validThrough);
