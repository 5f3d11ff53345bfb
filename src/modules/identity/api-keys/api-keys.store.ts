import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { LegalDate } from '../../../kernel/pure/time';
import type { Tx } from '../../../kernel/db/transaction';

@Entity('api_key')
@Index('ux_api_key_hash', ['keySha256'], { unique: true })
@Index('ix_api_key_account', ['accountId'])
export class ApiKey {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  @Column({ ...col.text(36), name: 'post_id' }) postId: string;
  @Column(col.text(100)) name: string;
  /** 32 random bytes need no slow hash. */
  @Column({ ...col.text(64), name: 'key_sha256' }) keySha256: string;
  /** Null: all rights of the post. */
  @Column(col.json(nullable)) scopes: string[] | null;
  @Column({ ...col.day(), name: 'expires_on' }) expiresOn: LegalDate;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
  @Column({ ...col.at(nullable), name: 'revoked_at' }) revokedAt: number | null;
}

export const insertApiKey = async (tx: Tx, key: ApiKey): Promise<void> => {
  await tx.m.insert(ApiKey, key);
};

export const findApiKey = async (from: Reads, id: string): Promise<ApiKey | undefined> =>
  (await from.m.findOneBy(ApiKey, { id })) ?? undefined;

export const findApiKeyByHash = async (from: Reads, keySha256: string): Promise<ApiKey | undefined> =>
  (await from.m.findOneBy(ApiKey, { keySha256 })) ?? undefined;

/** False if it is revoked already. */
export async function revokeApiKey(tx: Tx, id: string, revokedAt: number): Promise<boolean> {
  const { affected } = await tx.m.update(ApiKey, { id, revokedAt: IsNull() }, { revokedAt });
  return affected === 1;
}

export const apiKeysPage = (db: Db, accountId: string, request: PageRequest): Promise<Page<ApiKey>> =>
  pageBy(
    db.m.createQueryBuilder(ApiKey, 'k').where({ accountId }),
    { sort: 'k.id', id: 'k.id', descending: true, keyOf: (k) => [k.id, k.id] },
    request,
  );

export interface IssuedKeysAsked extends PageRequest {
  accountId?: string;
  state?: 'unrevoked' | 'revoked';
}

/** Keys of everybody, the latest first. */
export function issuedKeysPage(db: Db, asked: IssuedKeysAsked, today: LegalDate): Promise<Page<ApiKey>> {
  const query = db.m.createQueryBuilder(ApiKey, 'k').where('1 = 1');
  if (asked.accountId !== undefined) query.andWhere('k.accountId = :accountId', { accountId: asked.accountId });
  if (asked.state === 'revoked') query.andWhere('k.revokedAt IS NOT NULL');
  if (asked.state === 'unrevoked') query.andWhere('k.revokedAt IS NULL AND k.expiresOn >= :today', { today });
  return pageBy(query, { sort: 'k.id', id: 'k.id', descending: true, keyOf: (k) => [k.id, k.id] }, asked);
}
