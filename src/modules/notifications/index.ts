import { inboxEvents } from './inbox.contract';
import { InboxItem, Notification } from './notifications.store';
import type { EventCatalogue } from '../audit-log';

export { notificationEndpoints } from './notifications.http';
export { createNotifications, type NotificationDeps, type Notifications } from './notifications.service';
export type { Notice } from './telling.service';

/** Every table of notifications. */
export const notificationEntities = [Notification, InboxItem];
export const notificationEvents: EventCatalogue = { ...inboxEvents };
