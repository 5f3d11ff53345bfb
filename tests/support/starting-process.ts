import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDatabase } from '../../src/kernel/db/database';
import { migrate, type LeaseTimes } from '../../src/kernel/db/migrate';
import { dropTable, makeTable } from '../../src/kernel/db/table';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';

// A process of its own for tests of starting: opens and migrates a database as main does. Run the compiled file with
// one argument, a StartOrder as JSON. Writes one word a line: 'open', 'midway', 'alone', 'ready'.

export interface StartOrder {
  url?: string;
  directory: string;
  times?: Partial<LeaseTimes>;
  /** Stops for ever in the middle of a migration, after its table was made and before it was recorded. */
  hangMidway?: boolean;
  /** Keeps the database open instead of ending. */
  stay?: boolean;
}

const say = (word: string): void => void process.stdout.write(`${word}\n`);
const forEver = (): Promise<void> => new Promise(() => setInterval(() => undefined, 60_000));

let hangMidway = false;

class TestMidway1795400000009 implements MigrationInterface {
  name = 'TestMidway1795400000009';

  async up(q: QueryRunner): Promise<void> {
    await makeTable(q, {
      name: 'test_midway',
      columns: { id: { type: 'varchar', length: 36, primary: true }, n: { type: 'int' } },
      checks: { ck_test_midway: 'n > 0' },
    });
    if (!hangMidway) return;
    say('midway');
    await forEver();
  }

  down(q: QueryRunner): Promise<void> {
    return dropTable(q, 'test_midway');
  }
}

async function main(order: StartOrder): Promise<void> {
  hangMidway = order.hangMidway ?? false;
  const settings = {
    url: order.url,
    directory: order.directory,
    entities,
    migrations: [...migrations, TestMidway1795400000009],
  };
  const db = await openDatabase(settings, systemSources());
  say('open');
  await migrate(db, async () => say('alone'), order.times);
  say('ready');
  if (order.stay) await forEver();
  await db.close();
}

main(JSON.parse(process.argv[2] ?? '{}') as StartOrder).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
