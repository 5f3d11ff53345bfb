import { createHash } from 'node:crypto';
import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';

/** One code of a person's present set; a new set replaces all of it. */
@Entity('recovery_code')
@Index('ux_recovery_code_hash', ['accountId', 'hash'], { unique: true })
export class RecoveryCode {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  /** SHA-256 over account and code. */
  @Column(col.text(64)) hash: string;
  @Column({ ...col.at(), name: 'made_at' }) madeAt: number;
  @Column({ ...col.at(nullable), name: 'used_at' }) usedAt: number | null;
}

export const hashedRecoveryCode = (accountId: string, code: string): string =>
  createHash('sha256').update(`${accountId}\u0000${code}`).digest('hex');

export const countUnused = (from: Reads, accountId: string): Promise<number> =>
  from.m.countBy(RecoveryCode, { accountId, usedAt: IsNull() });

export const findUnused = async (from: Reads, accountId: string, code: string): Promise<RecoveryCode | undefined> =>
  (await from.m.findOneBy(RecoveryCode, {
    accountId,
    hash: hashedRecoveryCode(accountId, code),
    usedAt: IsNull(),
  })) ?? undefined;

/** False if somebody else was first. */
export async function spend(tx: Tx, id: string, now: number): Promise<boolean> {
  const { affected } = await tx.m.update(RecoveryCode, { id, usedAt: IsNull() }, { usedAt: now });
  return affected === 1;
}

export async function replaceCodes(tx: Tx, accountId: string, rows: readonly RecoveryCode[]): Promise<void> {
  await tx.m.delete(RecoveryCode, { accountId });
  for (const row of rows) await tx.m.insert(RecoveryCode, row);
}
