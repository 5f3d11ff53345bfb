import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import { say } from '../../../kernel/pure/wording';
import { administrators, type Role } from '../permissions';

/** Days of a post, both included; `to` null means open. */
export interface Period {
  readonly from: LegalDate;
  readonly to: LegalDate | null;
}

/** For whom the holder acts; all null for a post of the authority. */
export interface Party {
  readonly institutionId: string | null;
  readonly organisationId: string | null;
  readonly expertId: string | null;
}

export interface HeldPost extends Period, Party {
  readonly id: string;
  readonly role: Role;
  /** The authority of a post without a party; null before the installation has one. */
  readonly authorityId: string | null;
}

export type PartyField = keyof Party;

const partyOf: Partial<Record<Role, PartyField>> = {
  institution: 'institutionId',
  'seal-keeper': 'institutionId',
  expert: 'expertId',
  mine: 'organisationId',
};
const fields = ['institutionId', 'organisationId', 'expertId'] as const satisfies readonly PartyField[];

/** Which party the role works for; undefined for the installation's authority. */
export const partyFieldOf = (role: Role): PartyField | undefined => partyOf[role];

export const isActive = ({ from, to }: Period, on: LegalDate): boolean => from <= on && (to === null || on <= to);

const overlap = (a: Period, b: Period): boolean =>
  (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

const isAdministrator = (role: Role): boolean => (administrators as readonly Role[]).includes(role);

export type Wanted = Omit<HeldPost, 'id'>;

/** The post names the party its role works for, and no other, and does not end before it begins. */
export function judgePost(post: Wanted): Outcome<true> {
  const field = partyFieldOf(post.role);
  if (fields.some((f) => (post[f] !== null) !== (f === field))) {
    return refuse('post.party-mismatch', { role: post.role, expected: field ?? say('（无）', '(nothing)') });
  }
  if (post.to !== null && post.to < post.from) return refuse('post.period', { from: post.from, lastDay: post.to });
  return accept(true);
}

/**
 * What else the same person holds in the same days. The three administrators are different people and nothing else
 * (graded protection of information systems: separation of the three members).
 */
export function judgeGrant(post: Wanted, held: readonly HeldPost[]): Outcome<true> {
  const same = held.filter((h) => overlap(h, post));
  const clash = same.find((h) => h.role !== post.role && (isAdministrator(h.role) || isAdministrator(post.role)));
  if (clash) return refuse('post.roles-conflict', { held: clash.role, from: clash.from, wanted: post.role });
  const twin = same.find(
    (h) => h.role === post.role && h.authorityId === post.authorityId && fields.every((f) => h[f] === post[f]),
  );
  return twin ? refuse('post.overlap', { post: twin.id }) : accept(true);
}

/** The last day of a post may be set or brought forward, never put off. */
export function judgeEnd(post: HeldPost, lastDay: LegalDate): Outcome<true> {
  if (lastDay < post.from) return refuse('post.period', { from: post.from, lastDay });
  if (post.to !== null && post.to <= lastDay) return refuse('post.already-ended', { to: post.to });
  return accept(true);
}

/** After `lastDay` somebody else must be security administrator, without an end in sight and without a gap. */
export function judgeSuccession(lastDay: LegalDate, others: readonly Period[]): Outcome<true> {
  const next = addDays(lastDay, 1);
  return others.some((o) => o.to === null && o.from <= next) ? accept(true) : refuse('account.last-security-admin');
}
