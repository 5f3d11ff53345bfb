import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import type { LegalDate } from '../../../kernel/pure/time';
import { say } from '../../../kernel/pure/wording';
import { administrators, type Role } from '../permissions';
import { isActive, partyFieldOf, type HeldPost } from '../posts/posts.rules';

/** The post that somebody else shall act for, with the one who holds it. */
export interface RepresentedPost extends HeldPost {
  readonly accountId: string;
}

/** Days of a deputyship, both included. */
export interface Days {
  readonly from: LegalDate;
  readonly to: LegalDate;
}

export interface Appointment extends Days {
  readonly post: RepresentedPost;
  readonly deputyAccountId: string;
  /** Everything that the deputy holds, of whatever days. */
  readonly deputyPosts: readonly HeldPost[];
  readonly appointerAccountId: string;
  /** Deputyships of the same person for the same post that were not revoked. */
  readonly others: readonly Days[];
  readonly today: LegalDate;
}

const isAdministrator = (role: Role): boolean => (administrators as readonly Role[]).includes(role);

/**
 * Posts of which one person may not hold the one and act for the other: who investigates does not decide (Administrative
 * Penalty Law 64: the chair of the hearing is not the investigator), and whoever keeps tips shares the informants with
 * nobody else.
 */
export const rolesConflict = (a: Role, b: Role): boolean =>
  isAdministrator(a) ||
  isAdministrator(b) ||
  (a === 'intake') !== (b === 'intake') ||
  (a === 'inspector' && b === 'bureau-lead') ||
  (a === 'bureau-lead' && b === 'inspector');

/** A colleague works for the same authority, or for the same institution or operator. */
export function isColleague(post: HeldPost, other: HeldPost): boolean {
  const field = partyFieldOf(post.role);
  if (partyFieldOf(other.role) !== field) return false;
  return field === undefined ? other.authorityId === post.authorityId : other[field] === post[field];
}

const overlaps = (post: HeldPost, days: Days): boolean =>
  post.from <= days.to && (post.to === null || days.from <= post.to);

/** May somebody with these posts act for the post on these days at all? */
export function judgeStanding(post: HeldPost, deputyPosts: readonly HeldPost[], days: Days): Outcome<true> {
  if (isAdministrator(post.role)) return refuse('deputyship.administrator', { role: post.role });
  // An assessor's word and signature are the person's own (circular 8, 17): nobody gives them instead.
  if (post.role === 'expert') return refuse('deputyship.personal');
  const held = deputyPosts.filter((p) => overlaps(p, days));
  const clash = held.find((p) => rolesConflict(p.role, post.role));
  if (clash) return refuse('deputyship.roles-conflict', { held: clash.role, role: post.role });
  const isOne = held.some((p) => isColleague(post, p) && isActive(p, days.from));
  return isOne ? accept(true) : refuse('deputyship.not-colleague');
}

export function judgeAppointment(a: Appointment): Outcome<true> {
  if (a.deputyAccountId === a.post.accountId) return refuse('deputyship.same-person');
  if (a.deputyAccountId === a.appointerAccountId) return refuse('deputyship.not-yourself');
  if (a.to < a.from) return refuse('deputyship.period', { from: a.from, to: a.to });
  if (a.to < a.today) return refuse('deputyship.past', { to: a.to, today: a.today });
  if (a.from < a.post.from || (a.post.to !== null && a.post.to < a.to)) {
    return refuse('deputyship.outside-post', { from: a.post.from, to: a.post.to ?? say('（长期）', '(without end)') });
  }
  if (a.others.some((o) => o.from <= a.to && a.from <= o.to)) return refuse('deputyship.overlap');
  return judgeStanding(a.post, a.deputyPosts, a);
}

export interface Deputising extends Days {
  readonly revokedAt: number | null;
}

/** Holds from the first to the last day, both included, unless revoked; the post must hold too, and the deputy's standing. */
export const mayDeputise = (
  d: Deputising,
  post: RepresentedPost,
  deputyPosts: readonly HeldPost[],
  on: LegalDate,
): boolean =>
  d.revokedAt === null &&
  isActive(d, on) &&
  isActive(post, on) &&
  judgeStanding(post, deputyPosts, { from: on, to: on }).ok;

/** Who may appoint and revoke: the holder, the lead in whose scope the post lies, the security administrator. */
export const mayArrange = (
  actor: { accountId: string | null; role: string; isDeputy: boolean },
  post: { accountId: string; isInScope: boolean },
): boolean =>
  // Nobody hands on what was handed to him.
  !actor.isDeputy &&
  (actor.accountId === post.accountId ||
    actor.role === 'security-admin' ||
    (actor.role === 'bureau-lead' && post.isInScope));
