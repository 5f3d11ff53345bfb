import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { LegalDate } from '../../../kernel/pure/time';
import type { Tx } from '../../../kernel/db/transaction';
import { Account } from '../accounts/accounts.store';
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
  @Column({ ...col.text(64, nullable), name: 'institution_id' }) institutionId: string | null;
  @Column({ ...col.text(64, nullable), name: 'organisation_id' }) organisationId: string | null;
  @Column({ ...col.text(64, nullable), name: 'expert_id' }) expertId: string | null;
  @Column({ ...col.day(), name: 'from_day' }) fromDay: LegalDate;
  /** The last day, included; null is open. */
  @Column({ ...col.day(nullable), name: 'to_day' }) toDay: LegalDate | null;
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
  from: post.fromDay,
  to: post.toDay,
});

export const findPost = async (from: Reads, id: string): Promise<Post | undefined> =>
  (await from.m.findOneBy(Post, { id })) ?? undefined;

export const findPostsOf = (from: Reads, accountId: string): Promise<Post[]> =>
  from.m.find(Post, { where: { accountId }, order: { id: 'ASC' } });

export const insertPost = async (tx: Tx, post: Post): Promise<void> => {
  await tx.m.insert(Post, post);
};

/** False if the last day is no longer as seen. */
export async function closePost(tx: Tx, seen: Post, toDay: LegalDate, endedAt: number): Promise<boolean> {
  const same = { id: seen.id, toDay: seen.toDay ?? IsNull() };
  const { affected } = await tx.m.update(Post, same, { toDay, endedAt });
  return affected === 1;
}

/** Posts of the authority that were granted before it was named. */
export async function fillAuthority(tx: Tx, code: string): Promise<void> {
  const nobody = { institutionId: IsNull(), organisationId: IsNull(), expertId: IsNull() };
  await tx.m.update(Post, { authorityCode: IsNull(), ...nobody }, { authorityCode: code });
}

/** Security administrators' posts, of whatever days, of accounts that are not disabled. */
export const findSecurityAdmins = (from: Reads): Promise<Post[]> =>
  from.m
    .createQueryBuilder(Post, 'p')
    .innerJoin(Account, 'a', 'a.id = p.account_id')
    .where({ role: 'security-admin' })
    .andWhere('a.disabled = :off', { off: false })
    .getMany();

export function postsPage(db: Db, request: PageRequest & { accountId?: string }): Promise<Page<Post>> {
  const query = db.m.createQueryBuilder(Post, 'p');
  if (request.accountId !== undefined) query.where({ accountId: request.accountId });
  return pageBy(query, { sort: 'p.id', id: 'p.id', descending: true, keyOf: (p) => [p.id, p.id] }, request);
}
