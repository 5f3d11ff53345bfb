import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { ServiceConsent } from './consents.store';
import { contactEvents, contactProblems } from './contacts.contract';
import { Contact } from './contacts.store';
import { deliveryEvents, deliveryProblems } from './deliveries.contract';
import { Delivery } from './deliveries.store';
import { inboxEvents } from './inbox.contract';
import { InboxItem, Notification } from './notifications.store';

export { notificationEndpoints } from './notifications.http';
export { createNotifications, type NotificationDeps, type Notifications } from './notifications.service';
export type { NotificationKindName } from './kinds.contract';
export type { FormalNotice, Notice } from './telling.service';

/** Every table of notifications. */
export const notificationEntities = [Notification, InboxItem, Contact, Delivery, ServiceConsent];
export const notificationEvents: EventCatalogue = { ...inboxEvents, ...contactEvents, ...deliveryEvents };
export const notificationProblems: ProblemList = { ...contactProblems, ...deliveryProblems };
