import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { isInOwnName, mayRole, type Permission, type Role } from '../permissions';
import type { HeldPost } from '../posts/posts.rules';

/** What may be owed as work, with its Chinese name. */
export const workKinds = {
  lot: '评估委托批次',
  'pool-entry': '名录申请',
  assignment: '待确认的委托单',
  evaluation: '第三方评估',
  case: '案件',
  'case-subject': '案件当事人',
  'employment-sheet': '聘用确认单待核对',
  'employment-objection': '聘用异议待认定',
  'expert-doubt': '疑似同一人待核实',
  'expert-merge': '人员合并待确认',
  'expert-correction': '本人更正请求待办理',
  'policy-draft': '规则草案待施行',
} as const;
export type WorkKind = keyof typeof workKinds;

/**
 * What waits for a second person: it lies with nobody, and whoever has the right and no hand in the matter does it.
 * `role` is the one whose work it is first.
 */
export const checkKinds = {
  'employment-sheet': { role: 'bureau', permission: 'employment.confirm' },
  'employment-objection': { role: 'bureau', permission: 'employment.judge-objection' },
  'expert-doubt': { role: 'bureau', permission: 'expert.judge-doubt' },
  'expert-merge': { role: 'bureau-lead', permission: 'expert.confirm-merge' },
  'expert-correction': { role: 'bureau', permission: 'correction.decide' },
  'policy-draft': { role: 'bureau-lead', permission: 'policy.adopt' },
} as const satisfies Partial<Record<WorkKind, { role: Role; permission: Permission }>>;
export type CheckKind = keyof typeof checkKinds;

export const isCheck = (kind: WorkKind): kind is CheckKind => Object.hasOwn(checkKinds, kind);

/** What the actor may check at all; a deputy does in the own post what is done in one's own name. */
export const checksOf = (role: string, isDeputy: boolean): CheckKind[] =>
  (Object.keys(checkKinds) as CheckKind[]).filter((kind) => {
    const { permission } = checkKinds[kind];
    return mayRole(role, permission) && !(isDeputy && isInOwnName(permission));
  });

/** Where the matter is read before it is done. */
const pages: Record<WorkKind, (ref: string) => string> = {
  lot: (ref) => `/lots/${ref}`,
  'pool-entry': (ref) => `/pool-entries/${ref}`,
  assignment: (ref) => `/assignments/${ref}`,
  evaluation: (ref) => `/evaluations/${ref}`,
  case: (ref) => `/cases/${ref}`,
  'case-subject': (ref) => `/case-subjects/${ref}`,
  'employment-sheet': (ref) => `/employments/${ref}`,
  'employment-objection': (ref) => `/employment-objections/${ref}`,
  'expert-doubt': (ref) => `/expert-doubts/${ref}`,
  'expert-merge': (ref) => `/expert-merges/${ref}`,
  'expert-correction': (ref) => `/expert-corrections/${ref}`,
  'policy-draft': () => '/policy/drafts',
};

export const linkTo = (kind: WorkKind, ref: string): string => `/api/v1${pages[kind](ref)}`;

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
  readonly kind: WorkKind;
  readonly place: WorkPlace;
  /** The post that holds it has ended. */
  readonly orphaned: boolean;
  readonly wanted: { id: string; isActive: boolean; fits: boolean };
}

/**
 * May the work go to this post? A lead gives it to any fitting post; others take what lies in their pool. An institution
 * has no lead: its clerks also take what a clerk who is gone has left.
 */
export function judgeAssigning({ actor, kind, place, orphaned, wanted }: Assigning): Outcome<true> {
  if (isCheck(kind)) return refuse('work.for-any');
  const isLead = actor.role === 'bureau-lead' && place.institutionId === null;
  const isFree = place.postId === null || (orphaned && place.institutionId !== null);
  const takes = isFree && wanted.id === actor.postId;
  if (!isLead && !takes) return refuse('work.not-yours');
  if (!wanted.isActive || !wanted.fits) return refuse('work.post-unfit', { role: place.role });
  return place.postId === wanted.id ? refuse('work.there-already') : accept(true);
}
