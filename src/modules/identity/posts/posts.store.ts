import { Column, Entity, In, Index, IsNull, MoreThan } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import type { Tx } from '../../../kernel/db/transaction';
import { Account } from '../accounts/accounts.store';
import { earlier, EXPIRING_DAYS } from '../letters/letters.rules';
import type { Role } from '../permissions';
import type { HeldPost } from './posts.rules';

/** What a person does for whom, from day to day. */
@Entity('post')
@Index('ix_post_account', ['accountId'])
@Index('ix_post_role', ['role'])
@Index('ix_post_institution', ['institutionId'])
export class Post {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  @Column(col.text(32)) role: Role;
  @Column({ ...col.text(6, nullable), name: 'authority_code' }) authorityCode: string | null;
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  /** 处室. */
  @Column(col.text(100, nullable)) office: string | null;
  @Column({ ...col.text(64, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column({ ...col.text(64, nullable), name: 'organisation_id' }) organisationId: string | null;
  @Column({ ...col.text(64, nullable), name: 'expert_id' }) expertId: string | null;
  @Column({ ...col.day(), name: 'from_day' }) fromDay: LegalDate;
  /** The last day, included; null is open. */
  @Column({ ...col.day(nullable), name: 'to_day' }) toDay: LegalDate | null;
  /** Last day of the latest letter of authorisation; null without one. The post ends then at the latest. */
  @Column({ ...col.day(nullable), name: 'letter_until' }) letterUntil: LegalDate | null;
  @Column({ ...col.at(), name: 'granted_at' }) grantedAt: number;
  @Column({ ...col.at(nullable), name: 'ended_at' }) endedAt: number | null;
}

/** The post as the rules see it. */
export const heldOf = (post: Post): HeldPost => ({
  id: post.id,
  role: post.role,
  institutionId: post.institutionId,
  organisationId: post.organisationId,
  expertId: post.expertId,
  authorityId: post.authorityId,
  from: post.fromDay,
  to: earlier(post.toDay, post.letterUntil),
});

export const findPost = async (from: Reads, id: string): Promise<Post | undefined> =>
  (await from.m.findOneBy(Post, { id })) ?? undefined;

export const findPosts = (from: Reads, ids: readonly string[]): Promise<Post[]> =>
  from.m.findBy(Post, { id: In([...ids]) });

export const findPostsOf = (from: Reads, accountId: string): Promise<Post[]> =>
  from.m.find(Post, { where: { accountId }, order: { id: 'ASC' } });

export const insertPost = async (tx: Tx, post: Post): Promise<void> => {
  await tx.m.insert(Post, post);
};

/** False if its days are no longer as seen. */
export async function changePost(tx: Tx, seen: Post, change: Partial<Post>): Promise<boolean> {
  const same = { id: seen.id, toDay: seen.toDay ?? IsNull(), letterUntil: seen.letterUntil ?? IsNull() };
  const { affected } = await tx.m.update(Post, same, change);
  return affected === 1;
}

/** Posts of the authority that were granted before it was named. */
export async function fillAuthority(tx: Tx, own: { id: string; code: string }): Promise<void> {
  const nobody = { institutionId: IsNull(), organisationId: IsNull(), expertId: IsNull() };
  await tx.m.update(Post, { authorityCode: IsNull(), ...nobody }, { authorityCode: own.code, authorityId: own.id });
}

/** How many posts of the authority hold after the day. */
export const countPostsBeyond = (from: Reads, authorityId: string, lastDay: LegalDate): Promise<number> =>
  from.m.count(Post, {
    where: [
      { authorityId, toDay: IsNull() },
      { authorityId, toDay: MoreThan(lastDay) },
    ],
  });

/** Security administrators' posts, of whatever days, of accounts that are not disabled. */
export const findSecurityAdmins = (from: Reads): Promise<Post[]> =>
  from.m
    .createQueryBuilder(Post, 'p')
    .innerJoin(Account, 'a', 'a.id = p.account_id')
    .where({ role: 'security-admin' })
    .andWhere('a.disabled = :off', { off: false })
    .getMany();

export interface PostsRequest extends PageRequest {
  accountId?: string;
  letters?: 'expiring' | 'missing';
}

export function postsPage(db: Db, request: PostsRequest, today: LegalDate): Promise<Page<Post>> {
  const query = db.m.createQueryBuilder(Post, 'p');
  if (request.accountId !== undefined) query.andWhere({ accountId: request.accountId });
  if (request.letters !== undefined) {
    query
      .andWhere("p.role IN ('institution', 'seal-keeper') AND (p.toDay IS NULL OR p.toDay >= :today)")
      .setParameters({ today, soon: addDays(today, EXPIRING_DAYS) });
    query.andWhere(request.letters === 'missing' ? 'p.letterUntil IS NULL' : 'p.letterUntil BETWEEN :today AND :soon');
  }
  return pageBy(query, { sort: 'p.id', id: 'p.id', descending: true, keyOf: (p) => [p.id, p.id] }, request);
}
