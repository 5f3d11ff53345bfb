import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import type { Role } from '../permissions';
import type { HeldPost } from '../posts/posts.rules';

/** What may lie with a post, with its Chinese name. */
export const workKinds = {
  lot: '评估委托批次',
  'pool-entry': '名录申请',
  assignment: '待确认的委托单',
  evaluation: '第三方评估',
  case: '案件',
  'case-subject': '案件当事人',
} as const;
export type WorkKind = keyof typeof workKinds;

/** To whom work belongs: a role of an authority or institution, and one post of it unless it lies in the pool. */
export interface WorkPlace {
  readonly role: Role;
  readonly authorityId: string | null;
  readonly institutionId: string | null;
  readonly postId: string | null;
}

/** Whoever might do the work: of its role, for its institution, or for an authority whose scope holds it. */
export const fitsPlace = (
  place: Omit<WorkPlace, 'postId'>,
  post: Pick<HeldPost, 'role' | 'institutionId'>,
  /** Does the post's authority see the authority that the work belongs to? */
  isInScope: boolean,
): boolean =>
  post.role === place.role && (place.institutionId === null ? isInScope : post.institutionId === place.institutionId);

export interface Assigning {
  /** The acting post, in whose scope the work lies: a lead distributes, others take from their own pool. */
  readonly actor: { role: string; postId: string | null };
  readonly place: WorkPlace;
  /** The post that holds it has ended. */
  readonly orphaned: boolean;
  readonly wanted: { id: string; isActive: boolean; fits: boolean };
}

/**
 * May the work go to this post? A lead gives it to any fitting post; others take what lies in their pool. An institution
 * has no lead: its clerks also take what a clerk who is gone has left.
 */
export function judgeAssigning({ actor, place, orphaned, wanted }: Assigning): Outcome<true> {
  const isLead = actor.role === 'bureau-lead' && place.institutionId === null;
  const isFree = place.postId === null || (orphaned && place.institutionId !== null);
  const takes = isFree && wanted.id === actor.postId;
  if (!isLead && !takes) return refuse('work.not-yours');
  if (!wanted.isActive || !wanted.fits) return refuse('work.post-unfit', { role: place.role });
  return place.postId === wanted.id ? refuse('work.there-already') : accept(true);
}
