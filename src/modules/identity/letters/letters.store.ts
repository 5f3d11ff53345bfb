import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import { Installation } from '../../../kernel/db/kernel.store';
import type { Tx } from '../../../kernel/db/transaction';
import { legalDate, type LegalDate } from '../../../kernel/pure/time';

/** A letter by which an institution authorises whoever holds the post; never changed, the latest counts. */
@Entity('authorisation_letter')
export class AuthorisationLetter {
  @Column(col.key(36)) id: string;
  @Index('ix_authorisation_letter_post')
  @Column({ ...col.text(36), name: 'post_id' })
  postId: string;
  @Column(col.text(100)) number: string;
  @Column({ ...col.text(36, nullable), name: 'file_id' }) fileId: string | null;
  @Column(col.text(200, nullable)) paper: string | null;
  @Column({ ...col.day(), name: 'last_day' }) lastDay: LegalDate;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: number;
  @Column({ ...col.text(36, nullable), name: 'recorded_by' }) recordedBy: string | null;
}

const NAME = 'letters-required-from';

export const insertLetter = async (tx: Tx, letter: AuthorisationLetter): Promise<void> => {
  await tx.m.insert(AuthorisationLetter, letter);
};

export const lettersOf = (from: Reads, postId: string): Promise<AuthorisationLetter[]> =>
  from.m.find(AuthorisationLetter, { where: { postId }, order: { lastDay: 'ASC', id: 'ASC' } });

/** From which day posts of institutions need a letter; null while none is needed. */
export async function findRequiredFrom(from: Reads): Promise<LegalDate | null> {
  const row = await from.m.findOneBy(Installation, { name: NAME });
  return row ? legalDate(row.value) : null;
}

export async function setRequiredFrom(tx: Tx, day: LegalDate | null): Promise<void> {
  await tx.m.delete(Installation, { name: NAME });
  if (day !== null) await tx.m.insert(Installation, { name: NAME, value: day });
}
