import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import { sayNames } from '../../../kernel/pure/wording';
import { administrators, type Role } from '../permissions';

/** What the house asks of whoever signs in. */
export interface SignInPolicy {
  /** Offices whose holders must have a second factor. */
  readonly secondFactorRoles: readonly Role[];
  /** So many days after the post began they may still do without. */
  readonly graceDays: number;
  /** How long a one-time password handed out by an administrator is good for. */
  readonly oneTimePasswordDays: number;
}

/** Those who run the house, those who investigate and decide, and those who keep a seal. */
export const shippedPolicy: SignInPolicy = {
  secondFactorRoles: [...administrators, 'inspector', 'bureau-lead', 'seal-keeper'],
  graceDays: 0,
  oneTimePasswordDays: 7,
};

/** The house may ask more of its people, never less of its administrators. */
export function judgePolicy({ secondFactorRoles }: SignInPolicy): Outcome<true> {
  const missing = administrators.filter((role) => !secondFactorRoles.includes(role));
  return missing.length > 0 ? refuse('sign-in-policy.administrators', { missing: sayNames(missing) }) : accept(true);
}

/** From which day the post asks for a second factor; undefined if it never does. */
export const demandedFrom = (
  post: { readonly role: Role; readonly from: LegalDate },
  { secondFactorRoles, graceDays }: SignInPolicy,
): LegalDate | undefined => (secondFactorRoles.includes(post.role) ? addDays(post.from, graceDays) : undefined);

/** The first day from which any of the posts asks for it, and with it the whole account; null if none does. */
export function demandedSince(
  posts: readonly { readonly role: Role; readonly from: LegalDate }[],
  policy: SignInPolicy,
): LegalDate | null {
  const days = posts.flatMap((post) => demandedFrom(post, policy) ?? []).sort();
  return days[0] ?? null;
}

/** Has it been shown, or will it be at the next sign-in? A provider that asked for several factors has asked for ours. */
export const hasSecondFactor = (
  { totpSecret }: { readonly totpSecret: string | null },
  shown: string | null | undefined,
): boolean => totpSecret !== null || shown === 'provider';

/** Is a one-time password given out until then still good? Null: given before they ended by themselves. */
export const isGood = (until: number | null, now: number): boolean => until === null || now < until;
