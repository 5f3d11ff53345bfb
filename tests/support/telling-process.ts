import { openDatabase } from '../../src/kernel/db/database';
import { migrate } from '../../src/kernel/db/migrate';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createCommand } from '../../src/kernel/db/command';
import { startJobs } from '../../src/kernel/jobs/jobs';
import { createLog } from '../../src/kernel/log';
import { instant, legalDate } from '../../src/kernel/pure/time';
import { systemSources } from '../../src/kernel/sources';
import { createVault } from '../../src/kernel/vault/vault';
import { createAudit } from '../../src/modules/audit-log';
import { Account } from '../../src/modules/identity/identity.store';
import { createNotifications, notificationEvents } from '../../src/modules/notifications';
import { Contact } from '../../src/modules/notifications/contacts.store';
import { addressLabel } from '../../src/modules/notifications/contacts.service';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';

// A process of its own for tests of kill -9. Run the compiled file with one argument, a TellingOrder as JSON. Writes
// 'told' when the notice is committed, 'running' when its jobs run; ends only when it is killed.

export interface TellingOrder {
  url?: string;
  directory: string;
  smtp: string;
  /** Makes the person and tells them something; otherwise only the jobs run. */
  tell?: boolean;
  /** How far its clock is ahead of the machine's. */
  aheadMs?: number;
}

const say = (word: string): void => void process.stdout.write(`${word}\n`);
const PERSON = { accountId: 'person', channel: 'email' as const };

async function main(order: TellingOrder): Promise<void> {
  const now = systemSources().clock;
  const sources = systemSources({ now: () => instant(now.now() + (order.aheadMs ?? 0)) });
  const db = await openDatabase({ url: order.url, directory: order.directory, entities, migrations }, sources);
  await migrate(db);
  const vault = createVault(db, 'a master key for tests, long enough');
  const log = createLog('silent', { write: () => undefined });
  const nobody = async (): Promise<boolean> => false;
  const notifications = createNotifications({
    db,
    command: createCommand(db),
    audit: createAudit(sources, notificationEvents),
    log,
    vault,
    codeKey: Buffer.alloc(32, 7),
    mail: { url: order.smtp, from: 'lujian@example.org', requireTls: false },
    files: { attach: async () => undefined },
    parties: { institution: nobody, organisation: nobody, expert: nobody },
    scope: { includes: async () => true, isOfHouse: async () => true, requireHouse: async () => undefined },
    delivered: async () => undefined,
  });
  if (order.tell) {
    await inTransaction(db, async (tx) => {
      const off = {
        oneTimeUntil: null,
        oneTimeMark: null,
        totpSecret: null,
        totpPending: null,
        totpLastStep: 0,
        lastSignInAt: null,
        previousSignInAt: null,
      };
      const account = { id: PERSON.accountId, username: 'person', name: '示例人员', passwordHash: '-', ...off };
      await tx.m.insert(Account, { ...account, mustChangePassword: false, disabled: false, createdAt: 0 });
      const address = vault.seal('contact', addressLabel(PERSON), Buffer.from('person@example.org'));
      const spent = { codeHash: null, codeUntil: null, codeTries: 0, version: 1 };
      await tx.m.insert(Contact, {
        ...PERSON,
        address,
        mask: 'p***@example.org',
        verifiedAt: 1,
        enabled: true,
        ...spent,
      });
      const to = { accountId: PERSON.accountId };
      await notifications.tell(tx, { to, kind: 'work.assigned', deadline: legalDate('2026-11-27') });
    });
    say('told');
  } else {
    startJobs(db, notifications.jobs, log);
    say('running');
  }
  await new Promise(() => setInterval(() => undefined, 60_000));
}

main(JSON.parse(process.argv[2] ?? '{}') as TellingOrder).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
