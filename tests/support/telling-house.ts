import { createCommand } from '../../src/kernel/db/command';
import type { Db } from '../../src/kernel/db/database';
import { inTransaction } from '../../src/kernel/db/transaction';
import type { Log } from '../../src/kernel/log';
import { legalDate } from '../../src/kernel/pure/time';
import { createVault } from '../../src/kernel/vault/vault';
import { createAudit } from '../../src/modules/audit-log';
import { Account } from '../../src/modules/identity/identity.store';
import {
  createNotifications,
  notificationEvents,
  type NotificationDeps,
  type Notifications,
} from '../../src/modules/notifications';
import { addressLabel } from '../../src/modules/notifications/contacts.service';
import { Contact } from '../../src/modules/notifications/contacts.store';

const PERSON = { accountId: 'person', channel: 'email' as const };

/** Notifications alone, over a database and a mail server. */
export interface TellingHouse {
  notifications: Notifications;
  /** Makes the one person there is, with a verified address. */
  makePerson(): Promise<void>;
  /** Tells the person something; the id of the notice. */
  tellPerson(): Promise<string>;
}

export function tellingHouse(db: Db, smtp: string, log: Log): TellingHouse {
  const vault = createVault(db, 'a master key for tests, long enough');
  const nobody = async (): Promise<boolean> => false;
  const notifications = createNotifications({
    db,
    command: createCommand(db),
    audit: createAudit(db.sources, notificationEvents),
    log,
    vault,
    codeKey: Buffer.alloc(32, 7),
    mail: { url: smtp, from: 'lujian@example.org', requireTls: false },
    files: { attach: async () => undefined },
    parties: { institution: nobody, organisation: nobody, expert: nobody },
    scope: { includes: async () => true, isOfHouse: async () => true, requireHouse: async () => undefined },
    delivered: async () => undefined,
    matter: noMatter,
  });
  const makePerson = (): Promise<void> =>
    inTransaction(db, async (tx) => {
      const off = {
        ...{ oneTimeUntil: null, oneTimeMark: null, totpSecret: null, totpPending: null, totpLastStep: 0 },
        ...{ lastSignInAt: null, previousSignInAt: null },
      };
      const account = { id: PERSON.accountId, username: 'person', name: '示例人员', passwordHash: '-', ...off };
      await tx.m.insert(Account, { ...account, mustChangePassword: false, disabled: false, createdAt: 0 });
      const address = vault.seal('contact', addressLabel(PERSON), Buffer.from('person@example.org'));
      const spent = { codeHash: null, codeUntil: null, codeTries: 0, version: 1 };
      const contact = { ...PERSON, address, mask: 'p***@example.org', verifiedAt: 1, enabled: true, ...spent };
      await tx.m.insert(Contact, contact);
    });
  const tellPerson = async (): Promise<string> => {
    const notice = { to: { accountId: PERSON.accountId }, deadline: legalDate('2026-11-27') };
    return (await inTransaction(db, (tx) => notifications.tell(tx, { ...notice, kind: 'work.assigned' }))).id;
  };
  return { notifications, makePerson, tellPerson };
}

/** In a house without cases no formal notice is about a record that anybody keeps. */
export const noMatter: NotificationDeps['matter'] = {
  guards: async () => [],
  served: async () => undefined,
  undelivered: async () => undefined,
};
