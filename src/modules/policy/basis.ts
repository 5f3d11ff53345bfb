import { Problem, type ProblemList } from '../../kernel/problem';
import { say, saying } from '../../kernel/pure/wording';
import type { LegalDate } from '../../kernel/pure/time';
import type { Scope } from './core/facts';
import { basisHolds, settingOf, type Profile, type RuleInForce } from './core/profile';
import type { RuleKind } from './core/rule';

/**
 * Throws `policy.basis-lapsed` unless a decision of this day may rest on the profile's basis and, of the scopes that it
 * judges, on that of every rule. What was decided before stays.
 */
export function requireBasis(profile: Profile, day: LegalDate, scopes: readonly Scope[] = []): void {
  const { number, effectiveFrom, validThrough } = profile.basis;
  if (!basisHolds(profile, day)) {
    const through = validThrough ?? say('（未定）', '(not fixed)');
    throw new Problem('policy.basis-lapsed', { basis: number, from: effectiveFrom, through, day });
  }
  const gone = profile.lapsed.find((r) => r.effect === 'refuse' && scopes.includes(r.scope));
  if (!gone) return;
  const kind = (profile.ended[gone.rule] ?? profile.rules[gone.rule])?.kind;
  const title = kind ? say(kind.title, kind.titleEn) : say(gone.rule);
  const basis = saying`${say(`${gone.number}（`, `${gone.number} (`)}${title}${say(`，${gone.rule}）`, `, ${gone.rule})`)}`;
  throw new Problem('policy.basis-lapsed', { basis, from: gone.effectiveFrom, through: gone.validThrough, day });
}

/** The rule, or Problem `policy.rule-missing`: without it nothing of the kind can be decided. */
export function demandRule<V, S extends Scope>(profile: Profile, kind: RuleKind<V, S>): RuleInForce<V> {
  const rule = settingOf(profile, kind);
  if (!rule) throw new Problem('policy.rule-missing', { profile: profile.id, rule: say(kind.title, kind.titleEn) });
  return rule;
}

export const basisProblems: ProblemList = {
  'policy.basis-lapsed': {
    status: 409,
    title: '依据已失效',
    detail:
      '{basis} 的有效期为 {from} 至 {through}，{day} 不在其内，不能据此作出新的决定；此前已作出的决定不变，继续办理。须先施行依据有效的新版规则集（拟定 POST /api/v1/policy/drafts，由另一人施行 POST /api/v1/policy/drafts/{编号}/adopt），施行日也须在其依据的有效期内。',
    en: {
      title: 'The basis has lapsed',
      detail:
        '{basis} is in force from {from} to {through}, which does not include {day}, so no new decision may rest on it; earlier decisions stand and go on. A new version on a basis in force must be adopted first (drafted by POST /api/v1/policy/drafts, adopted by another person by POST /api/v1/policy/drafts/:id/adopt), and its first day must lie within the validity of its basis.',
    },
  },
  'policy.rule-missing': {
    status: 409,
    title: '规则集缺少所需规则',
    detail: '当日适用的规则集 {profile} 没有“{rule}”，不能据此作出决定；请先采用含有该规则的规则集。',
    en: {
      title: 'The rule profile lacks a rule',
      detail:
        'The profile {profile} in force on the day has no rule “{rule}”, so nothing can be decided by it; first adopt a profile that has it.',
    },
  },
};
