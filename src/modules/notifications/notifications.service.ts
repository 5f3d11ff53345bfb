import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Job } from '../../kernel/jobs/jobs';
import type { Log } from '../../kernel/log';
import type { Audit } from '../audit-log';
import { createInbox } from './inbox.service';
import { createTelling } from './telling.service';

export interface NotificationDeps {
  db: Db;
  command: Command;
  audit: Audit;
  log: Log;
}

/** From outbox to channel; knows addresses, not reasons. */
export function createNotifications(deps: NotificationDeps) {
  const telling = createTelling({ ...deps, placed: async () => undefined });
  const inbox = createInbox(deps);
  const jobs: Job[] = [{ name: 'notifications.place', everyMs: 1_000, isDue: telling.isDue, run: telling.place }];
  return { tell: telling.tell, place: telling.place, inbox, jobs };
}

export type Notifications = ReturnType<typeof createNotifications>;
