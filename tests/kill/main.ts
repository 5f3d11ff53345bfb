import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pause } from '../../src/kernel/sources';
import { freePort } from '../support/server-process';
import { checkBlobs, checkDatabase, missingOf } from './checks';
import { repeatUnacknowledged, startLoad } from './load';
import { engines, openPlace, type EngineName, type Place } from './places';
import { setUp } from './setting-up';
import { startShipped, type Shipped } from './shipped';
import type { Write } from './writes';

// The shipped service, killed again and again while clients write: see `usage`.

const usage = `npm run kill -- --engine sqlite|mariadb [--times 20]
Exit 0 when nothing acknowledged was lost, nothing was done twice, nothing half-written stayed and every start went
without a hand. With MariaDB every other time the database server is killed as well.`;

const FIRST_MS = 200;
const LAST_MS = 2_000;
const SHOWN = 20;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Run {
  place: Place;
  apiKey: string;
  start(): Promise<Shipped>;
  writes: Write[];
  violations: string[];
}

function readArgs(): { engine: EngineName; times: number } {
  const { values } = parseArgs({ options: { engine: { type: 'string' }, times: { type: 'string', default: '20' } } });
  const engine = engines.find((e) => e === values.engine);
  const times = Number(values.times);
  if (!engine || !Number.isSafeInteger(times) || times < 1) throw new Error(usage);
  return { engine, times };
}

/** Load, a kill at a moment of chance, a start, and a look at what is there. */
async function killOnce(run: Run, service: Shipped, time: number): Promise<Shipped> {
  const { place, apiKey, violations } = run;
  const load = startLoad(service.baseUrl, apiKey);
  const after = randomInt(FIRST_MS, LAST_MS);
  await pause(after);
  const withDatabase = place.crashDatabase !== undefined && time % 2 === 0;
  const down = Promise.all([service.kill9(), withDatabase ? place.crashDatabase!() : undefined]);
  // Told in the same tick, so that no client runs against a closed port again and again.
  await load.stop();
  await down;
  run.writes.push(...load.writes);
  violations.push(...load.faults);
  const acknowledged = load.writes.filter((w) => w.id !== undefined).length;
  const next = await run.start();
  violations.push(...(await missingOf(next.baseUrl, apiKey, load.writes)), ...(await place.checkIntegrity()));
  await repeatUnacknowledged(next.baseUrl, apiKey, load.writes, false);
  const open = load.writes.length - acknowledged;
  print(
    `  ${String(time).padStart(2)}: killed ${withDatabase ? 'with its database ' : ''}after ${after} ms, ` +
      `${acknowledged} acknowledged, ${open} without answer; up again in ${Math.round(next.startMs)} ms`,
  );
  return next;
}

async function finalChecks(run: Run, service: Shipped): Promise<void> {
  const { place, apiKey, writes, violations } = run;
  const swallowed = writes.filter((w) => w.id === undefined).length;
  print(`asking again for what has no answer yet (${swallowed}; a killed process keeps its keys for a minute)`);
  await repeatUnacknowledged(service.baseUrl, apiKey, writes, true);
  violations.push(...(await missingOf(service.baseUrl, apiKey, writes)), ...(await place.checkIntegrity()));
  await service.stop();
  const db = await place.open();
  try {
    violations.push(...(await checkDatabase(db, writes)));
    const blobs = await checkBlobs(db, place.directory);
    violations.push(...blobs.faults);
    print(`files: ${blobs.unnamed} whole without a row, ${blobs.arriving} cut off while arriving: both harmless`);
  } finally {
    await db.close();
  }
}

function verdict({ writes, violations }: Run, times: number): boolean {
  const repeated = (what: Write['repeated'], hungUp: boolean): number =>
    writes.filter((w) => w.repeated === what && (w.hangUpAfterMs !== undefined) === hungUp).length;
  print(`${times} kills, ${writes.length} writes, ${writes.filter((w) => !w.repeated).length} acknowledged at first`);
  print(
    `  killed under way: ${repeated('replayed', false)} had been done, ${repeated('done-anew', false)} done on repeat`,
  );
  print(`  client hung up: ${repeated('replayed', true)} had been done, ${repeated('done-anew', true)} done on repeat`);
  violations.slice(0, SHOWN).forEach((text) => print(`  VIOLATION ${text}`));
  print(`violations: ${violations.length}`);
  // A load that no kill ever cut would prove nothing.
  const hit = repeated('replayed', false) + repeated('done-anew', false) > 0;
  if (!hit) print('  FAULT no kill met a write under way');
  const ok = violations.length === 0 && hit;
  print(ok ? 'PASS: nothing acknowledged was lost, nothing done twice, no start needed a hand' : 'FAIL');
  return ok;
}

async function main(): Promise<boolean> {
  const { engine, times } = readArgs();
  const place = await openPlace(engine);
  const settings = { directory: place.directory, port: await freePort(), env: place.env };
  let service: Shipped | undefined;
  try {
    service = await startShipped(settings);
    const apiKey = await setUp(service);
    const run: Run = { place, apiKey, start: () => startShipped(settings), writes: [], violations: [] };
    print(`kill -9: ${engine}, ${times} times`);
    for (let time = 1; time <= times; time += 1) service = await killOnce(run, service, time);
    await finalChecks(run, service);
    return verdict(run, times);
  } finally {
    await service?.kill9();
    await place.remove();
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
