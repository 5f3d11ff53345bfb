import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { insertMany } from '../../src/kernel/db/bulk';
import { inTransaction } from '../../src/kernel/db/transaction';
import { pause } from '../../src/kernel/sources';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { systemActor, type Call } from '../../src/kernel/call';
import { createLogProofs, factsCommitment, factsOf, leafText, type Audit } from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogPending, positionOf, readHead } from '../../src/modules/audit-log/log.store';
import { organisationRoutes } from '../../src/modules/organisations/organisations.contract';
import { creditCodeOf } from '../support/credit-codes';
import { openKeptFolder } from '../support/kept-folder';
import { logWorld, type LogWorld } from '../support/log-world';
import { bureau, registerApp } from '../support/register-app';

// What the log costs and how quick it is: see `usage`. Ratios and figures of one run.

const usage = `npm run bench-log -- [--engine sqlite|mariadb] [--entries 1000000] [--commands 600] [--server mysql://…]
Prints: a command with its entry over the same command without one; entries integrated a second; from commit to a
checkpoint that covers it; then, with that many entries: disk, memory, start, a proof.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)]!;

function readArgs() {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: 'sqlite' },
      entries: { type: 'string', default: '1000000' },
      commands: { type: 'string', default: '600' },
      server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    },
  });
  const [entries, commands] = [Number(values.entries), Number(values.commands)];
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;
  if (!['sqlite', 'mariadb'].includes(values.engine) || !isCount(entries) || !isCount(commands)) throw new Error(usage);
  return { engine: values.engine, entries, commands, server: values.server };
}

/** Counts as recorded and records nothing. */
const nothingRecorded = (): Audit => ({
  append: async (tx) => {
    tx.audited += 1;
    return { entryId: 'none' };
  },
});

/** The same registrations with and without their entries, in turn, so that the machine's moods fall on both. */
async function slowDown(commands: number): Promise<void> {
  const houses = [await registerApp(), await registerApp(undefined, nothingRecorded)];
  const times: number[][] = [[], []];
  const call: Call = { actor: { ...systemActor, ...bureau }, requestId: 'bench' };
  const warmUp = 50;
  for (let n = 0; n < commands + warmUp; n += 1) {
    for (const which of n % 2 === 0 ? [0, 1] : [1, 0]) {
      const body = {
        uscc: creditCodeOf(n),
        name: `示例公司${n}`,
        legalForm: 'enterprise',
        from: '2020-01-01',
        paper: '营业执照',
      };
      const began = performance.now();
      await houses[which]!.organisations.register(call, organisationRoutes.register.body!.parse(body));
      if (n >= warmUp) times[which]!.push(performance.now() - began);
    }
  }
  for (const house of houses) await house.database.drop();
  const [withEntry, without] = times.map((list) => quantile(list, 0.5));
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  print(
    `a command with its entry: p50 ${withEntry!.toFixed(2)} ms, without ${without!.toFixed(2)} ms; ` +
      `ratio of p50 ${(withEntry! / without!).toFixed(2)}, of means ${(mean(times[0]!) / mean(times[1]!)).toFixed(2)}`,
  );
}

const SEEDED_AT_ONCE = 2_000;

/** Entries as the recorder makes them, put in many at a time. */
async function seed({ t: { db } }: LogWorld, count: number): Promise<void> {
  const { ids, clock, randomness } = db.sources;
  for (let done = 0; done < count; done += SEEDED_AT_ONCE) {
    const rows = Array.from({ length: Math.min(SEEDED_AT_ONCE, count - done) }, (_, i) => {
      const payload = { number: done + i, name: '示例公司' };
      const facts = factsOf(payload).map((fact) => ({ ...fact, salt: randomness.bytes(32).toString('hex') }));
      const id = ids.timed();
      const at = clock.now();
      const open = { id, at, type: 'test.open', actor: { role: 'system', authority: '370000' }, subjects: [] };
      const leaf = leafText(open, factsCommitment(facts, sha256));
      const { type } = open;
      return { id, at, type, sealed: false, requestId: 'bench', role: 'system', authority: '370000', leaf, facts };
    });
    await inTransaction(db, async (tx) => {
      await insertMany(tx, AuditEntry, rows);
      await insertMany(
        tx,
        LogPending,
        rows.map(({ id }) => ({ entryId: id })),
      );
    });
  }
}

async function integrationRate(world: LogWorld, count: number): Promise<void> {
  await seed(world, count);
  const { keeper } = world.process();
  const before = (await readHead(world.t.db)).size;
  const began = performance.now();
  await keeper.integrate();
  const seconds = (performance.now() - began) / 1000;
  const done = (await readHead(world.t.db)).size - before;
  print(`integrated and published ${done} entries in ${seconds.toFixed(1)} s: ${Math.round(done / seconds)} a second`);
}

const COMMITS = 400;

/** Acts one after the other while the keeper runs, each watched until a checkpoint covers it. */
async function commitToProvable(world: LogWorld): Promise<void> {
  const { keeper, record } = world.process();
  keeper.start();
  const times: number[] = [];
  const watched: Promise<void>[] = [];
  const watch = async (id: string, since: number): Promise<void> => {
    for (;;) {
      const at = await positionOf(world.t.db, id);
      if (at && ((await world.files.largest()) ?? 0) > at.position) break;
      await pause(5);
    }
    times.push(performance.now() - since);
  };
  for (let n = 0; n < COMMITS; n += 1) {
    const [id] = await record(1);
    watched.push(watch(id!, performance.now()));
    await pause(10);
  }
  await Promise.all(watched);
  await keeper.stop();
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  print(`from commit to a checkpoint over it: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${COMMITS} acts)`);
}

function sizeOf(folder: string): { bytes: number; files: number } {
  let [bytes, files] = [0, 0];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += fs.statSync(path.join(entry.parentPath, entry.name)).size;
  }
  return { bytes, files };
}

async function atFullSize(world: LogWorld): Promise<void> {
  const { bytes, files } = sizeOf(path.join(world.blobFolder, 'log'));
  const mib = (n: number): string => (n / 2 ** 20).toFixed(0);
  const began = performance.now();
  await world.process().keeper.check();
  const start = performance.now() - began;
  const { size } = await readHead(world.t.db);
  print(`with ${size} entries: ${mib(bytes)} MiB in ${files} files, ${mib(process.memoryUsage().rss)} MiB of memory`);
  print(`the start's look at the log: ${start.toFixed(0)} ms`);
}

const PROOFS = 2_000;

/** Proofs of entries all over the log, each read from the files anew. */
async function proofTimes(world: LogWorld): Promise<void> {
  const { t, blobs } = world;
  const proofs = createLogProofs({ db: t.db, blobs, generation: () => 0 });
  const { size } = await readHead(t.db);
  const times: number[] = [];
  // A step without a common factor with the size walks over all of it.
  for (let n = 0, position = 0; n < PROOFS; n += 1, position = (position + 611_953) % size) {
    const began = performance.now();
    await proofs.ofPosition(position);
    times.push(performance.now() - began);
  }
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  print(`a proof out of ${size} entries: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (${PROOFS} proofs)`);
}

async function main(): Promise<void> {
  const { engine, entries, commands, server } = readArgs();
  if (engine === 'mariadb') process.env['LUJIAN_TEST_DATABASE_URL'] = server;
  else delete process.env['LUJIAN_TEST_DATABASE_URL'];
  openKeptFolder();
  print(`${engine}, ${entries} entries`);
  await slowDown(commands);
  const world = await logWorld();
  try {
    await commitToProvable(world);
    await integrationRate(world, entries);
    await atFullSize(world);
    await proofTimes(world);
  } finally {
    await world.drop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
