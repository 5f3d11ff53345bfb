import { Column, Entity, In } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import type { ChannelName } from './channels/channel';

/** Where a person can be reached, one address a channel; used once the person has shown that it is theirs. */
@Entity('contact')
export class Contact {
  @Column({ ...col.key(36), name: 'account_id' }) accountId: string;
  @Column(col.key(8)) channel: ChannelName;
  /** Sealed: a phone number is personal data. */
  @Column(col.text(500)) address: string;
  @Column(col.text(120)) mask: string;
  @Column({ ...col.at(nullable), name: 'verified_at' }) verifiedAt: number | null;
  /** The person's choice whether to be told this way. */
  @Column(col.flag()) enabled: boolean;
  /** Keyed hash of the code that was sent last; null once it was used or given up. */
  @Column({ ...col.text(64, nullable), name: 'code_hash' }) codeHash: string | null;
  @Column({ ...col.at(nullable), name: 'code_until' }) codeUntil: number | null;
  @Column({ ...col.int(), name: 'code_tries' }) codeTries: number;
  @Column(col.int()) version: number;
}

export const contactsOf = (on: Reads, accountId: string): Promise<Contact[]> =>
  on.m.find(Contact, { where: { accountId }, order: { channel: 'ASC' } });

export const contactOf = (on: Reads, accountId: string, channel: ChannelName): Promise<Contact | null> =>
  on.m.findOneBy(Contact, { accountId, channel });

/** Verified addresses on which these people want to be told. */
export async function openContacts(on: Reads, accountIds: readonly string[]): Promise<Contact[]> {
  const rows = await on.m.findBy(Contact, { accountId: In([...accountIds]), enabled: true });
  return rows.filter((c) => c.verifiedAt !== null);
}

export const insertContact = async (tx: Tx, row: Contact): Promise<void> => {
  await tx.m.insert(Contact, row);
};

/** False if it was changed meanwhile. */
export async function changeContact(tx: Tx, seen: Contact, patch: Partial<Contact>): Promise<boolean> {
  const where = { accountId: seen.accountId, channel: seen.channel, version: seen.version };
  const next = { ...patch, version: seen.version + 1 };
  const { affected } = await tx.m.update(Contact, where, next);
  if (affected === 1) Object.assign(seen, next);
  return affected === 1;
}

export const removeContact = async (tx: Tx, seen: Contact): Promise<void> => {
  await tx.m.delete(Contact, { accountId: seen.accountId, channel: seen.channel });
};
