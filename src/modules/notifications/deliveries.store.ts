import { Column, Entity, In, Index, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { ChannelName } from './channels/channel';

/** One message on one way to one person, with its receipts. `inbox` rows are notices that reached nobody. */
@Entity('delivery')
@Index('ux_delivery', ['notificationId', 'accountId', 'channel'], { unique: true })
@Index('ix_delivery_due', ['state', 'nextAt'])
@Index('ix_delivery_account', ['accountId', 'createdAt'])
@Index('ix_delivery_sent', ['channel', 'state', 'sentAt'])
export class Delivery {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36, nullable), name: 'notification_id' }) notificationId: string | null;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column(col.text(8)) channel: ChannelName | 'inbox';
  /** code: the verification code of an address; it is no dead letter, a new one is asked for. */
  @Column(col.text(8)) purpose: 'notice' | 'code';
  @Column(col.text(10)) state: DeliveryState;
  /** Sealed; gone once it was sent. */
  @Column(col.text(500, nullable)) secret: string | null;
  @Column(col.text(36, nullable)) token: string | null;
  @Column(col.int()) attempts: number;
  /** Before the claim: when it is due; while claimed: until when the claim holds. */
  @Column({ ...col.at(), name: 'next_at' }) nextAt: number;
  @Column({ ...col.text(200, nullable), name: 'remote_ref' }) remoteRef: string | null;
  @Column({ ...col.text(200, nullable), name: 'reason' }) reason: string | null;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
  @Column({ ...col.at(nullable), name: 'sent_at' }) sentAt: number | null;
  @Column({ ...col.at(nullable), name: 'settled_at' }) settledAt: number | null;
}

/**
 * queued: to be sent; sent: the next station took it; delivered: a receipt says it arrived; failed: a dead letter;
 * resent: a dead letter that was sent again by hand and has a new row or went back into the queue.
 */
export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'failed' | 'resent';

export const insertDelivery = async (tx: Tx, row: Delivery): Promise<void> => {
  await tx.m.insert(Delivery, row);
};

export const dueToSend = (on: Reads, now: number, limit: number): Promise<Delivery[]> =>
  on.m.find(Delivery, {
    where: { state: 'queued', nextAt: LessThanOrEqual(now) },
    order: { nextAt: 'ASC', id: 'ASC' },
    take: limit,
  });

/**
 * Claims the row by compare-and-set until the given time; false if another process has it. A try is counted when it is
 * settled: a claim that ran out is a process or a database that went away, not the message's fault.
 */
export async function claimDelivery(tx: Tx, seen: Delivery, token: string, until: number): Promise<boolean> {
  const where = { id: seen.id, state: 'queued' as const, nextAt: seen.nextAt };
  const { affected } = await tx.m.update(Delivery, where, { token, nextAt: until });
  return affected === 1;
}

/** Settles a claim; false if it ran out and another process holds the row now. */
export async function settleDelivery(tx: Tx, id: string, token: string, patch: Partial<Delivery>): Promise<boolean> {
  const { affected } = await tx.m.update(Delivery, { id, token, state: 'queued' }, { ...patch, token: null });
  return affected === 1;
}

export const findDelivery = (on: Reads, id: string): Promise<Delivery | null> => on.m.findOneBy(Delivery, { id });

/** False if it is no longer in that state. */
export async function moveDelivery(tx: Tx, seen: Delivery, patch: Partial<Delivery>): Promise<boolean> {
  const { affected } = await tx.m.update(Delivery, { id: seen.id, state: seen.state }, patch);
  return affected === 1;
}

export const deliveriesOf = (on: Reads, notificationId: string): Promise<Delivery[]> =>
  on.m.find(Delivery, { where: { notificationId }, order: { id: 'ASC' } });

export const codesSince = (on: Reads, accountId: string, channel: ChannelName, since: number): Promise<number> =>
  on.m.countBy(Delivery, { accountId, channel, purpose: 'code', createdAt: MoreThan(since) });

/** Codes that wait for an address that was changed or removed are not sent any more. */
export const dropCodes = async (tx: Tx, accountId: string, channel: ChannelName): Promise<void> => {
  const where = { accountId, channel, purpose: 'code' as const, state: 'queued' as const };
  await tx.m.update(Delivery, where, { state: 'failed', reason: 'superseded', secret: null, token: null });
};

const deadLetter = { state: 'failed', purpose: 'notice' } as const;

/** Text messages that the gateway took before the instant, and of which it has told nothing since. */
const unreceipted = (sentBefore: number) =>
  ({ channel: 'sms', state: 'sent', purpose: 'notice', sentAt: LessThan(sentBefore) }) as const;

/** Dead letters; with `sentBefore` the text messages without a receipt. */
export function deadLettersPage(db: Db, request: PageRequest, sentBefore?: number): Promise<Page<Delivery>> {
  const where = sentBefore === undefined ? deadLetter : unreceipted(sentBefore);
  const query = db.m.createQueryBuilder(Delivery, 'd').where(where);
  const keyOf = (d: Delivery): [number, string] => [d.createdAt, d.id];
  return pageBy(query, { sort: 'd.createdAt', id: 'd.id', descending: true, keyOf }, request);
}

export const countDeadLetters = (on: Reads): Promise<number> => on.m.countBy(Delivery, deadLetter);
export const countUnreceipted = (on: Reads, sentBefore: number): Promise<number> =>
  on.m.countBy(Delivery, unreceipted(sentBefore));
export const countQueued = (on: Reads): Promise<number> => on.m.countBy(Delivery, { state: 'queued' });

export const manyDeliveries = (on: Reads, ids: readonly string[]): Promise<Delivery[]> =>
  on.m.findBy(Delivery, { id: In([...ids]) });

/** When the latest code was asked for on this channel. */
export async function lastCodeAt(on: Reads, accountId: string, channel: ChannelName): Promise<number | null> {
  const where = { accountId, channel, purpose: 'code' as const };
  const row = await on.m.findOne(Delivery, { where, order: { createdAt: 'DESC', id: 'DESC' } });
  return row?.createdAt ?? null;
}
