import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { LegalDate } from '../../../kernel/pure/time';

/** Somebody acts for the holder of a post on named days (代办、AB岗). */
@Entity('deputyship')
@Index('ix_deputyship_deputy', ['deputyAccountId', 'toDay'])
export class Deputyship {
  @Column(col.key(36)) id: string;
  @Index('ix_deputyship_post')
  @Column({ ...col.text(36), name: 'post_id' })
  postId: string;
  /** 被代办人. */
  @Index('ix_deputyship_holder')
  @Column({ ...col.text(36), name: 'holder_account_id' })
  holderAccountId: string;
  /** 代办人. */
  @Column({ ...col.text(36), name: 'deputy_account_id' }) deputyAccountId: string;
  @Column({ ...col.day(), name: 'from_day' }) fromDay: LegalDate;
  /** The last day, included. */
  @Column({ ...col.day(), name: 'to_day' }) toDay: LegalDate;
  @Column(col.text(200)) reason: string;
  @Column({ ...col.text(36, nullable), name: 'appointed_by' }) appointedBy: string | null;
  @Column({ ...col.at(), name: 'appointed_at' }) appointedAt: number;
  @Column({ ...col.at(nullable), name: 'revoked_at' }) revokedAt: number | null;
  @Column({ ...col.text(36, nullable), name: 'revoked_by' }) revokedBy: string | null;
}

export const insertDeputyship = async (tx: Tx, row: Deputyship): Promise<void> => {
  await tx.m.insert(Deputyship, row);
};

export const findDeputyship = async (from: Reads, id: string): Promise<Deputyship | undefined> =>
  (await from.m.findOneBy(Deputyship, { id })) ?? undefined;

/** Of this person and not revoked, whatever their days. */
export const standingDeputyships = (from: Reads, deputyAccountId: string): Promise<Deputyship[]> =>
  from.m.find(Deputyship, { where: { deputyAccountId, revokedAt: IsNull() }, order: { id: 'ASC' } });

/** False if it is revoked already. */
export async function revokeDeputyship(
  tx: Tx,
  id: string,
  revokedAt: number,
  revokedBy: string | null,
): Promise<boolean> {
  const { affected } = await tx.m.update(Deputyship, { id, revokedAt: IsNull() }, { revokedAt, revokedBy });
  return affected === 1;
}

/** Those of one post, or those that one person holds on either side. */
export function deputyshipsPage(
  db: Db,
  whose: { postId: string } | { accountId: string },
  request: PageRequest,
): Promise<Page<Deputyship>> {
  const query = db.m.createQueryBuilder(Deputyship, 'd');
  if ('postId' in whose) query.where('d.postId = :postId', whose);
  else query.where('(d.holderAccountId = :accountId OR d.deputyAccountId = :accountId)', whose);
  return pageBy(query, { sort: 'd.id', id: 'd.id', descending: true, keyOf: (d) => [d.id, d.id] }, request);
}
