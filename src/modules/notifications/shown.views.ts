import type { Reads } from '../../kernel/db/database';
import { instant, instantText } from '../../kernel/pure/time';
import type { NotificationView } from './deliveries.contract';
import { deliveriesOf, type Delivery } from './deliveries.store';
import { notificationKinds } from './kinds.contract';
import { itemsOfNotification, type Notification } from './notifications.store';
import { receiptOf } from './receipts.rules';

export const timeText = (at: number | null): string | null => (at === null ? null : instantText(instant(at)));

export const deliveryShown = (d: Delivery, now: number) => ({
  channel: d.channel,
  state: d.state,
  attempts: d.attempts,
  reason: d.reason,
  sentAt: timeText(d.sentAt),
  settledAt: timeText(d.settledAt),
  receipt: receiptOf(d, now),
});

/** A notice with everything that became of it. */
export async function notificationShown(on: Reads, n: Notification, now: number): Promise<NotificationView> {
  const inbox = await itemsOfNotification(on, n.id);
  return {
    id: n.id,
    kind: n.kind,
    title: notificationKinds[n.kind].title,
    to: { kind: n.toKind, id: n.toId },
    ref: n.ref,
    formal: n.formal,
    state: n.state,
    deliveredOn: n.deliveredOn,
    deliveredBy: n.deliveredBy,
    createdAt: timeText(n.createdAt)!,
    inbox: inbox.map((i) => ({
      accountId: i.accountId,
      arrivedAt: timeText(i.arrivedAt)!,
      openedAt: timeText(i.openedAt),
    })),
    deliveries: (await deliveriesOf(on, n.id)).map((d) => ({ ...deliveryShown(d, now), accountId: d.accountId })),
  };
}
