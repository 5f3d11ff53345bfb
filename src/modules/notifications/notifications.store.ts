import { Column, Entity, In, Index, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { LegalDate } from '../../kernel/pure/time';
import type { RecipientKind } from '../identity';
import type { NotificationKindName } from './kinds.contract';
import type { Params } from './texts.rules';

/** waiting: in the outbox; placed: in the inboxes of those it reached; dead: reached nobody, or cannot be placed. */
export type NotificationState = 'waiting' | 'placed' | 'dead';

/** The outbox: written in the command's own transaction. Its id is the stable id of the event. */
@Entity('notification')
@Index('ix_notification_due', ['state', 'nextAt'])
export class Notification {
  @Column(col.key(36)) id: string;
  @Column(col.text(40)) kind: NotificationKindName;
  @Column({ ...col.text(16), name: 'to_kind' }) toKind: RecipientKind;
  @Column({ ...col.text(80), name: 'to_id' }) toId: string;
  @Column(col.json()) params: Params;
  @Column(col.day(nullable)) deadline: LegalDate | null;
  /** `kind:id` of the record to look at. */
  @Column(col.text(120, nullable)) ref: string | null;
  /** A formal notice: its delivery starts deadlines. */
  @Column(col.flag()) formal: boolean;
  /** In whose name a formal notice goes; null is the house. */
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  /** The paper itself, which whoever is told reads. */
  @Column({ ...col.text(36, nullable), name: 'file_id' }) fileId: string | null;
  @Column({ ...col.day(nullable), name: 'delivered_on' }) deliveredOn: LegalDate | null;
  /** By which way it counts as delivered: the inbox with consent, or a service on paper. */
  @Column({ ...col.text(16, nullable), name: 'delivered_by' }) deliveredBy: string | null;
  @Column({ ...col.at(), name: 'created_at' }) createdAt: number;
  @Column(col.text(10)) state: NotificationState;
  @Column(col.int()) attempts: number;
  @Column({ ...col.at(), name: 'next_at' }) nextAt: number;
  @Column({ ...col.text(200, nullable), name: 'last_error' }) lastError: string | null;
  @Column(col.int()) version: number;
}

/** One person's copy; one a person and notice, whatever happens. */
@Entity('inbox_item')
@Index('ux_inbox_item', ['notificationId', 'accountId'], { unique: true })
@Index('ix_inbox_item_rank', ['accountId', 'rank'])
export class InboxItem {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'notification_id' }) notificationId: string;
  @Column({ ...col.text(36), name: 'account_id' }) accountId: string;
  /** The post that made the person a recipient. */
  @Column({ ...col.text(36, nullable), name: 'post_id' }) postId: string | null;
  @Column({ ...col.at(), name: 'arrived_at' }) arrivedAt: number;
  @Column({ ...col.at(nullable), name: 'opened_at' }) openedAt: number | null;
  /** Time of arrival, raised while unread: unread first, newest first, by one key. */
  @Column({ ...col.big(), name: 'sort_rank' }) rank: number;
}

const UNREAD = 10_000_000_000_000;
export const rankOf = (arrivedAt: number, opened: boolean): number => arrivedAt + (opened ? 0 : UNREAD);

export const insertNotification = async (tx: Tx, row: Notification): Promise<void> => {
  await tx.m.insert(Notification, row);
};

export const dueToPlace = (on: Reads, now: number, limit: number): Promise<Notification[]> =>
  on.m.find(Notification, {
    where: { state: 'waiting', nextAt: LessThanOrEqual(now) },
    order: { nextAt: 'ASC', id: 'ASC' },
    take: limit,
  });

/** False if another process has moved it since. */
export async function moveNotification(tx: Tx, seen: Notification, patch: Partial<Notification>): Promise<boolean> {
  const next = { ...patch, version: seen.version + 1 };
  const { affected } = await tx.m.update(Notification, { id: seen.id, version: seen.version }, next);
  if (affected === 1) Object.assign(seen, next);
  return affected === 1;
}

export const insertInboxItems = async (tx: Tx, items: readonly InboxItem[]): Promise<void> => {
  await tx.m.insert(InboxItem, [...items]);
};

export const itemOf = (on: Reads, accountId: string, id: string): Promise<InboxItem | null> =>
  on.m.findOneBy(InboxItem, { id, accountId });

/** Did the notice reach this account? */
export const hasItem = (on: Reads, notificationId: string, accountId: string): Promise<boolean> =>
  on.m.existsBy(InboxItem, { notificationId, accountId });

/** False if it was opened before. */
export async function openItem(tx: Tx, item: InboxItem, now: number): Promise<boolean> {
  const patch = { openedAt: now, rank: rankOf(item.arrivedAt, true) };
  const { affected } = await tx.m.update(InboxItem, { id: item.id, openedAt: IsNull() }, patch);
  if (affected === 1) Object.assign(item, patch);
  return affected === 1;
}

export function inboxPage(
  db: Db,
  accountId: string,
  unread: boolean | undefined,
  request: PageRequest,
): Promise<Page<InboxItem>> {
  const query = db.m.createQueryBuilder(InboxItem, 'i').where({ accountId });
  if (unread !== undefined) query.andWhere({ openedAt: unread ? IsNull() : Not(IsNull()) });
  const keyOf = (i: InboxItem): [number, string] => [i.rank, i.id];
  return pageBy(query, { sort: 'i.rank', id: 'i.id', descending: true, keyOf }, request);
}

export const countUnread = (on: Reads, accountId: string): Promise<number> =>
  on.m.countBy(InboxItem, { accountId, openedAt: IsNull() });

export async function notificationsOf(on: Reads, ids: readonly string[]): Promise<Map<string, Notification>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m.findBy(Notification, { id: In([...new Set(ids)]) });
  return new Map(rows.map((n) => [n.id, n]));
}

export const itemsOfNotification = (on: Reads, notificationId: string): Promise<InboxItem[]> =>
  on.m.find(InboxItem, { where: { notificationId }, order: { id: 'ASC' } });

export const countWaiting = (on: Reads): Promise<number> => on.m.countBy(Notification, { state: 'waiting' });
