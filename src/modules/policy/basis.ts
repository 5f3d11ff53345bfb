import { Problem, type ProblemList } from '../../kernel/problem';
import type { LegalDate } from '../../kernel/pure/time';
import type { Profile } from './profiles';

/** Does the basis carry an act or decision of this day? */
export const basisHolds = (profile: Profile, day: LegalDate): boolean =>
  profile.basis.effectiveFrom <= day && day <= profile.basis.validThrough;

/** Throws `policy.basis-lapsed` unless a decision of this day may rest on the profile's basis. */
export function requireBasis(profile: Profile, day: LegalDate): void {
  if (basisHolds(profile, day)) return;
  const { number, effectiveFrom, validThrough } = profile.basis;
  throw new Problem('policy.basis-lapsed', { basis: number, from: effectiveFrom, through: validThrough, day });
}

export const basisProblems: ProblemList = {
  'policy.basis-lapsed': {
    status: 409,
    title: '依据已失效',
    detail: '{basis} 的有效期为 {from} 至 {through}，{day} 不在其内，不能据此作出新的决定。',
  },
};
