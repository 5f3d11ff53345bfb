import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import type { Job } from '../../kernel/jobs/jobs';
import type { Log } from '../../kernel/log';
import type { LegalDate } from '../../kernel/pure/time';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import type { Channel } from './channels/channel';
import { createEmail, type EmailSettings } from './channels/email';
import { createSms, type SmsGatewaySettings } from './channels/sms';
import { createContacts } from './contacts.service';
import { createReceipts } from './dead-letters.service';
import type { NotificationView } from './deliveries.contract';
import { createInbox } from './inbox.service';
import { loadOwnNotice, type NoticeScope } from './own-notice';
import { createSending } from './sending.service';
import { createService, type ServiceDeps } from './service.service';
import { notificationShown } from './shown.views';
import { createTelling } from './telling.service';

export interface NotificationDeps {
  db: Db;
  command: Command;
  audit: Audit;
  log: Log;
  vault: Vault;
  codeKey: Uint8Array;
  mail?: EmailSettings;
  sms?: SmsGatewaySettings;
  files: ServiceDeps['files'];
  parties: ServiceDeps['parties'];
  /** Starts the deadlines that wait for a notice. */
  delivered: (tx: Tx, notificationId: string, day: LegalDate) => Promise<void>;
  scope: NoticeScope;
  matter: ServiceDeps['matter'];
}

/** From outbox to channel; knows addresses, not reasons. */
export function createNotifications(deps: NotificationDeps) {
  const { db, mail, sms } = deps;
  const channels: Channel[] = [
    ...(mail ? [createEmail(mail)] : []),
    ...(sms ? [createSms(sms, db.sources.clock)] : []),
  ];
  const sending = createSending({ ...deps, channels });
  const service = createService(deps);
  const telling = createTelling({
    ...deps,
    placed: async (tx, notification, reached, now) => {
      await sending.queue(tx, notification, reached, now);
      await service.arrived(tx, notification, now);
    },
  });
  const receipts = createReceipts({ ...deps, ...(sms ? { smsKey: sms.key } : {}) });
  const jobs: Job[] = [
    { name: 'notifications.place', everyMs: 1_000, isDue: telling.isDue, run: telling.place },
    { name: 'notifications.send', everyMs: 1_000, isDue: sending.isDue, run: sending.send },
  ];
  /** What an operator should know: a way that is not there is said. */
  const notes = [
    ...(mail ? [] : ['未配置邮件（LUJIAN_SMTP_URL），通知只到收件箱']),
    ...(sms ? [] : ['未配置短信（LUJIAN_SMS_URL），不发送短信']),
  ];
  return {
    tell: telling.tell,
    place: telling.place,
    send: sending.send,
    inbox: createInbox(deps),
    contacts: createContacts({ ...deps, available: channels.map((c) => c.name) }),
    service,
    fileReaders: service.fileReaders,
    receipts,
    read: async (call: Call, id: string): Promise<NotificationView> =>
      notificationShown(db, await loadOwnNotice(deps.scope, db, call, id), db.sources.clock.now()),
    jobs,
    notes,
    figures: receipts.figures,
  };
}

export type Notifications = ReturnType<typeof createNotifications>;
