import { openDatabase } from '../../src/kernel/db/database';
import { migrate } from '../../src/kernel/db/migrate';
import { startJobs } from '../../src/kernel/jobs/jobs';
import { createLog } from '../../src/kernel/log';
import { instant } from '../../src/kernel/pure/time';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { tellingHouse } from './telling-house';

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

async function main(order: TellingOrder): Promise<void> {
  const now = systemSources().clock;
  const sources = systemSources({ now: () => instant(now.now() + (order.aheadMs ?? 0)) });
  const db = await openDatabase({ url: order.url, directory: order.directory, entities, migrations }, sources);
  await migrate(db);
  const log = createLog('silent', { write: () => undefined });
  const house = tellingHouse(db, order.smtp, log);
  if (order.tell) {
    await house.makePerson();
    await house.tellPerson();
    say('told');
  } else {
    startJobs(db, house.notifications.jobs, log);
    say('running');
  }
  await new Promise(() => setInterval(() => undefined, 60_000));
}

main(JSON.parse(process.argv[2] ?? '{}') as TellingOrder).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
