import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pause } from '../../src/kernel/sources';
import { freePort } from '../support/server-process';
import { checkBlobs, checkDatabase, missingOf } from './checks';
import { repeatUnacknowledged, startLoad } from './load';
import { checkLog, untilPublished } from './log-check';
import { engines, openPlace, type EngineName, type Place } from './places';
import { setUp } from './setting-up';
import { startShipped, type Shipped } from './shipped';
import type { Write } from './writes';

// The shipped service, killed again and again while clients write: see `usage`.

const usage = `npm run kill -- --engine sqlite|mariadb [--times 20]
Exit 0 when nothing acknowledged was lost, nothing was done twice, nothing half-written stayed and every start went
without a hand, and when the log holds every entry once and all its heads are of one tree. With MariaDB two processes
serve; the one, the other or both are killed, every other time with the database server.`;

const FIRST_MS = 200;
const LAST_MS = 2_000;
const SHOWN = 20;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Run {
  place: Place;
  apiKey: string;
  /** Brings up those of the processes that are down. */
  start(running: readonly (Shipped | undefined)[]): Promise<Shipped[]>;
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

/** Which of the processes the kill of that time meets: all of them, then one after the other. */
const victimsOf = <T>(services: readonly T[], time: number): T[] => {
  const turn = time % (services.length + 1);
  return services.length === 1 || turn === 0 ? [...services] : [services[turn - 1]!];
};

/** Load, a kill at a moment of chance, a start, and a look at what is there. */
async function killOnce(run: Run, services: readonly Shipped[], time: number): Promise<Shipped[]> {
  const { place, apiKey, violations } = run;
  const victims = victimsOf(services, time);
  const load = startLoad(
    services.map((service) => service.baseUrl),
    apiKey,
  );
  const after = randomInt(FIRST_MS, LAST_MS);
  await pause(after);
  const withDatabase = place.crashDatabase !== undefined && time % 2 === 0;
  const down = Promise.all([...victims.map((v) => v.kill9()), withDatabase ? place.crashDatabase!() : undefined]);
  // Told in the same tick, so that no client runs against a closed port again and again.
  await load.stop();
  await down;
  run.writes.push(...load.writes);
  violations.push(...load.faults);
  const acknowledged = load.writes.filter((w) => w.id !== undefined).length;
  const next = await run.start(services.map((service) => (victims.includes(service) ? undefined : service)));
  const { baseUrl } = next[time % next.length]!;
  violations.push(...(await missingOf(baseUrl, apiKey, load.writes)), ...(await place.checkIntegrity()));
  await repeatUnacknowledged(baseUrl, apiKey, load.writes, false);
  const open = load.writes.length - acknowledged;
  print(
    `  ${String(time).padStart(2)}: killed ${victims.length} of ${services.length} ${withDatabase ? 'with the database ' : ''}after ${after} ms, ` +
      `${acknowledged} acknowledged, ${open} without answer; up again in ${Math.round(Math.max(...next.map((n) => n.startMs)))} ms`,
  );
  return next;
}

async function finalChecks(run: Run, services: readonly Shipped[]): Promise<void> {
  const { place, apiKey, writes, violations } = run;
  const { baseUrl } = services[0]!;
  const swallowed = writes.filter((w) => w.id === undefined).length;
  print(`asking again for what has no answer yet (${swallowed}; a killed process keeps its keys for a minute)`);
  await repeatUnacknowledged(baseUrl, apiKey, writes, true);
  violations.push(...(await missingOf(baseUrl, apiKey, writes)), ...(await place.checkIntegrity()));
  violations.push(...(await untilPublished(baseUrl)));
  for (const service of services) await service.stop();
  const db = await place.open();
  try {
    violations.push(...(await checkDatabase(db, writes)));
    const blobs = await checkBlobs(db, place.directory);
    const log = await checkLog(db, place.directory);
    violations.push(...blobs.faults, ...log.faults);
    print(`log: ${log.entries} entries, ${log.heads} heads of one tree`);
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
  const ports = [await freePort(), ...(place.processes > 1 ? [await freePort()] : [])];
  let services: Shipped[] = [];
  const bringUp = (port: number): Promise<Shipped> =>
    startShipped({ directory: place.directory, port, env: place.env });
  const start: Run['start'] = async (running) => {
    const next = [...running];
    for (const [i, service] of running.entries()) next[i] = service ?? (await bringUp(ports[i]!));
    return next as Shipped[];
  };
  try {
    services = [await bringUp(ports[0]!)];
    const apiKey = await setUp(services[0]!);
    services = await start(ports.map((_, i) => services[i]));
    const run: Run = { place, apiKey, start, writes: [], violations: [] };
    print(`kill -9: ${engine}, ${times} times, ${services.length} at work`);
    for (let time = 1; time <= times; time += 1) services = await killOnce(run, services, time);
    await finalChecks(run, services);
    return verdict(run, times);
  } finally {
    await Promise.all(services.map((service) => service.kill9()));
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
