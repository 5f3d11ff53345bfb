import type { Command } from '../kernel/db/command';
import type { Db } from '../kernel/db/database';
import type { Audit } from '../modules/audit-log';
import { createNotifications, type NotificationDeps, type Notifications } from '../modules/notifications';
import type { Scope } from '../modules/identity';
import { createCalendar, createDeadlines, type CalendarService, type Deadlines } from '../modules/policy';

type Ways = Pick<NotificationDeps, 'log' | 'vault' | 'codeKey' | 'mail' | 'sms' | 'files' | 'parties' | 'matter'> & {
  scope: Pick<Scope, 'includes' | 'isOfHouse' | 'requireHouse'>;
};

/** Days, deadlines and who is told of them; they ask each other through ports. */
export function buildTime(base: { db: Db; command: Command; audit: Audit }, ways: Ways) {
  const deadlines: Deadlines = createDeadlines({
    ...base,
    calendar: (on) => calendar.current(on),
    tell: (tx, notice) => notifications.tell(tx, notice),
  });
  const calendar: CalendarService = createCalendar({ ...base, recompute: deadlines.recompute, scope: ways.scope });
  const notifications: Notifications = createNotifications({ ...base, ...ways, delivered: deadlines.delivered });
  return { calendar, deadlines, notifications };
}
