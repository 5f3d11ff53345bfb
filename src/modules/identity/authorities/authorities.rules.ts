import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import type { LegalDate } from '../../../kernel/pure/time';
import { say, sayNames } from '../../../kernel/pure/wording';

export const authorityKinds = ['natural-resources', 'ecology', 'forestry', 'other'] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

/** The nation (GB/T 2260 gives divisions; 100000 stands for the whole). */
export const NATION = '100000';

/**
 * Does the division hold the other one? The same division holds itself, so that a bureau under another of the same
 * place (林草局 under 自然资源厅) needs no further basis.
 */
export function divisionContains(outer: string, inner: string): boolean {
  if (outer === NATION || outer === inner) return true;
  if (outer.endsWith('0000')) return inner.startsWith(outer.slice(0, 2));
  return outer.endsWith('00') && inner.startsWith(outer.slice(0, 4));
}

export interface AuthorityFacts {
  readonly id: string;
  readonly code: string;
  readonly kind: AuthorityKind;
  readonly from: LegalDate;
  /** The last day, included; null is open. */
  readonly to: LegalDate | null;
}

export interface ParentFacts extends AuthorityFacts {
  /** Its own id and those of all above it. */
  readonly lineage: readonly string[];
}

/**
 * Where an authority may hang: under one whose division holds its own, or under the one that a paper names (a division
 * of the Production and Construction Corps, 66, lies in the region and belongs to the Corps); never below itself.
 */
export function judgeParent(
  child: { id: string; code: string; from: LegalDate },
  parent: ParentFacts | null,
  basis: string | null,
): Outcome<true> {
  if (parent === null) return accept(true);
  if (parent.lineage.includes(child.id)) return refuse('authority.cycle', { parent: parent.code });
  if (parent.from > child.from || (parent.to !== null && parent.to < child.from)) {
    return refuse('authority.parent-not-there', {
      parent: parent.code,
      from: parent.from,
      to: parent.to ?? say('（长期）', '(without end)'),
    });
  }
  if (basis === null && !divisionContains(parent.code, child.code)) {
    return refuse('authority.parent-elsewhere', { parent: parent.code, code: child.code });
  }
  return accept(true);
}

/** Code and kind are what an authority is: the same two are not registered twice for one day. */
export function judgeTwin(
  wanted: Pick<AuthorityFacts, 'code' | 'kind' | 'from'>,
  present: readonly AuthorityFacts[],
): Outcome<true> {
  const twin = present.find(
    (a) => a.code === wanted.code && a.kind === wanted.kind && (a.to === null || a.to >= wanted.from),
  );
  return twin ? refuse('authority.present', { code: twin.code, id: twin.id, from: twin.from }) : accept(true);
}

/** Whoever ends is nobody's parent and nobody's office any more. */
export function judgeAuthorityEnd(
  own: AuthorityFacts & { isOwner: boolean },
  lastDay: LegalDate,
  left: { children: readonly { code: string; to: LegalDate | null }[]; posts: number },
): Outcome<true> {
  if (own.isOwner) return refuse('authority.is-owner', { code: own.code });
  if (lastDay < own.from) return refuse('authority.period', { from: own.from, lastDay });
  if (own.to !== null && own.to <= lastDay) return refuse('authority.already-ended', { to: own.to });
  const children = left.children.filter((c) => c.to === null || c.to > lastDay);
  if (children.length > 0) return refuse('authority.children-open', { codes: sayNames(children.map((c) => c.code)) });
  return left.posts > 0 ? refuse('authority.posts-open', { count: left.posts, lastDay }) : accept(true);
}

/** For whom a post acts. */
export interface Reach {
  readonly authorityId: string;
  readonly kind: AuthorityKind;
}

/** Whose a record is: the authority's kind, its id and those of all above it. */
export interface Placed {
  readonly kind: AuthorityKind;
  readonly lineage: readonly string[];
}

/** Scope is subtree and kind: an authority sees what it and those below it keep, of its own kind only. */
export const reaches = (post: Reach, record: Placed): boolean =>
  post.kind === record.kind && record.lineage.includes(post.authorityId);
