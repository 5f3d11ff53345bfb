import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { Tx } from '../../../kernel/db/transaction';

/** One person's way in. What the person may do hangs on posts. */
@Entity('account')
@Index('ux_account_username', ['username'], { unique: true })
export class Account {
  @Column(col.key(36)) id: string;
  @Column(col.text(64)) username: string;
  @Column(col.text(100)) name: string;
  /** argon2id, as a PHC string. */
  @Column({ ...col.text(200), name: 'password_hash' }) passwordHash: string;
  @Column({ ...col.flag(), name: 'must_change_password' }) mustChangePassword: boolean;
  /** Until when the one-time password is good; null once it was changed, or when it was given before they ended. */
  @Column({ ...col.at(nullable), name: 'one_time_until' }) oneTimeUntil: number | null;
  /** Digest of the last one-time password, kept after its use: whoever types it again is told that it is used up. */
  @Column({ ...col.text(64, nullable), name: 'one_time_mark' }) oneTimeMark: string | null;
  @Column(col.flag()) disabled: boolean;
  /** Sealed; null while the second factor is off. */
  @Column({ ...col.text(500, nullable), name: 'totp_secret' }) totpSecret: string | null;
  /** Sealed; shown to the person but not confirmed by a code yet. */
  @Column({ ...col.text(500, nullable), name: 'totp_pending' }) totpPending: string | null;
  /** The last time step whose code was used; 0 before the first. */
  @Column({ ...col.int(), name: 'totp_last_step' }) totpLastStep: number;
  @Column({ ...col.at(nullable), name: 'last_sign_in_at' }) lastSignInAt: number | null;
  @Column({ ...col.at(nullable), name: 'previous_sign_in_at' }) previousSignInAt: number | null;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
}

export const findAccount = async (from: Reads, id: string): Promise<Account | undefined> =>
  (await from.m.findOneBy(Account, { id })) ?? undefined;

export const findDisabled = async (from: Reads, ids: readonly string[]): Promise<string[]> =>
  (await from.m.findBy(Account, { id: In([...ids]), disabled: true })).map((a) => a.id);

export const findAccountByUsername = async (from: Reads, username: string): Promise<Account | undefined> =>
  (await from.m.findOneBy(Account, { username })) ?? undefined;

export const countAccounts = (from: Reads): Promise<number> => from.m.count(Account);

export const insertAccount = async (tx: Tx, account: Account): Promise<void> => {
  await tx.m.insert(Account, account);
};

/** Changes the account if it still is as `seen`; false if somebody else was first. */
export async function changeAccount(
  tx: Tx,
  seen: Partial<Account> & { id: string },
  change: Partial<Account>,
): Promise<boolean> {
  const { affected } = await tx.m.update(Account, seen, change);
  return affected === 1;
}

export const findAccounts = (from: Reads, ids: readonly string[]): Promise<Account[]> =>
  from.m.findBy(Account, { id: In([...ids]) });

/** By user name; `q` is sought in names and user names. INSTR knows no wildcards, which people type unawares. */
export function accountsPage(db: Db, request: PageRequest & { q?: string }): Promise<Page<Account>> {
  const query = db.m.createQueryBuilder(Account, 'a').where('1 = 1');
  const { q } = request;
  if (q !== undefined) {
    query.andWhere('(INSTR(a.name, :q) > 0 OR INSTR(a.username, :low) > 0)', { q, low: q.toLowerCase() });
  }
  return pageBy(query, { sort: 'a.username', id: 'a.id', keyOf: (a) => [a.username, a.id] }, request);
}
