import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/kernel/db/database';
import { systemSources } from '../../src/kernel/sources';
import { entities } from '../../src/schema';
import { migrations } from '../../migrations';
import { engines, openArena, type Arena, type EngineName } from './arenas';
import { judgeRound, readFacts, type Answers } from './judge';
import type { Round } from './rounds';
import { runRounds } from './running';
import { seed } from './seeding';
import { faultsOf, tallyOf } from './tally';

// Bars against doors at the same moment, many times: see `usage`.

const usage = `npm run race -- --engine sqlite|mariadb|galera [--rounds 2000] [--in-flight 4] [--without-guards]
  [--server mysql://root@127.0.0.1:3306]
Exit 0 when nothing went past a bar and nothing acknowledged is missing; with --without-guards exit 0 only when
something did, which shows that the test would notice.`;

interface Wishes {
  engine: EngineName;
  rounds: number;
  inFlight: number;
  withoutGuards: boolean;
  server: string;
}

const SHOWN = 10;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readArgs(): Wishes {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string' },
      rounds: { type: 'string', default: '2000' },
      'in-flight': { type: 'string', default: '4' },
      'without-guards': { type: 'boolean', default: false },
      server: { type: 'string', default: process.env['LUJIAN_TEST_DATABASE_URL'] ?? 'mysql://root@127.0.0.1:3306' },
    },
  });
  const engine = engines.find((e) => e === values.engine);
  const [rounds, inFlight] = [Number(values.rounds), Number(values['in-flight'])];
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;
  if (!engine || !isCount(rounds) || !isCount(inFlight)) throw new Error(usage);
  const withoutGuards = values['without-guards'];
  if (withoutGuards && engine === 'sqlite') {
    throw new Error('SQLite has one writer, so that the guards make no difference there: nothing to show');
  }
  return { engine, rounds, inFlight, withoutGuards, server: values.server };
}

/** Seconds that the work took, and its result. */
async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { seconds: (performance.now() - began) / 1000, value };
}

async function withDb<T>(
  arena: Arena,
  place: number,
  work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const { url, directory } = arena.places[place]!;
  const db = await openDatabase({ url, directory, entities, migrations }, systemSources());
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function race(arena: Arena, wishes: Wishes): Promise<{ rounds: Round[]; answers: Map<number, Answers> }> {
  // A first crew migrates the empty database; the rows are then put in with nobody else there.
  await (await arena.startCrew()).close();
  const seeded = await timed(() => withDb(arena, 0, (db) => seed(db, wishes.rounds)));
  print(`${wishes.rounds} rounds seeded in ${seeded.seconds.toFixed(1)} s`);
  const crew = await arena.startCrew();
  try {
    print(`${crew.size} process${crew.size === 1 ? '' : 'es'}, ${wishes.inFlight} rounds at a time`);
    const report = (done: number): void => {
      if (done % 500 === 0) print(`  ${done} rounds done`);
    };
    const run = await timed(() => runRounds(crew, seeded.value, wishes.inFlight, report));
    print(
      `${wishes.rounds} rounds in ${run.seconds.toFixed(1)} s: ${(wishes.rounds / run.seconds).toFixed(1)} rounds/s`,
    );
    return { rounds: seeded.value, answers: run.value };
  } finally {
    await crew.close();
  }
}

/** Every violation, by the rows that each place shows. */
async function judge(arena: Arena, rounds: readonly Round[], answers: Map<number, Answers>): Promise<string[]> {
  const found: string[] = [];
  for (const place of arena.places.keys()) {
    const facts = await withDb(arena, place, (db) => readFacts(db, rounds));
    const here = [...facts.openWork, ...rounds.flatMap((r) => judgeRound(r, answers.get(r.no) ?? new Map(), facts))];
    found.push(...(arena.places.length > 1 ? here.map((text) => `node ${place + 1}: ${text}`) : here));
  }
  return found;
}

/** Of a run without guards only this counts as caught: work that goes on although its party is barred. */
const wentPast = (violations: readonly string[], what: 'assignment' | 'evaluation'): number => {
  // Each node of a cluster shows the same work.
  const texts = violations.map((text) => text.replace(/^node \d+: /, ''));
  return new Set(texts.filter((text) => text.startsWith(what) && text.endsWith('is open although barred'))).size;
};

function verdict(violations: readonly string[], faults: readonly string[], withoutGuards: boolean): boolean {
  violations.slice(0, SHOWN).forEach((text) => print(`  VIOLATION ${text}`));
  if (violations.length > SHOWN) print(`  … and ${violations.length - SHOWN} more`);
  print(`violations: ${violations.length}`);
  if (withoutGuards) {
    const [assignments, teams] = [wentPast(violations, 'assignment'), wentPast(violations, 'evaluation')];
    const bites = assignments > 0 && teams > 0;
    print(`${bites ? 'PASS' : 'FAIL'}: without guards ${assignments} assignments and ${teams} teams went past a bar`);
    print(bites ? 'the test notices a missing guard' : 'the test would not notice a missing guard');
    return bites;
  }
  faults.forEach((text) => print(`  FAULT ${text}`));
  const ok = violations.length === 0 && faults.length === 0;
  print(ok ? 'PASS: no door let anything through after a bar, and nothing acknowledged is missing' : 'FAIL');
  return ok;
}

async function main(): Promise<boolean> {
  const wishes = readArgs();
  print(`race: ${wishes.engine}${wishes.withoutGuards ? ', WITHOUT GUARDS' : ''}`);
  const arena = await openArena(wishes);
  try {
    const { rounds, answers } = await race(arena, wishes);
    await arena.settle();
    const tally = tallyOf(rounds, answers);
    [...tally.answers].sort().forEach(([key, n]) => print(`  ${String(n).padStart(6)}  ${key}`));
    for (const [door, { door: first, bar }] of Object.entries(tally.order)) {
      print(`  ${door}: door first ${first}, bar first ${bar}`);
    }
    print(`  503 answers: ${tally.unavailable}`);
    return verdict(await judge(arena, rounds, answers), faultsOf(tally, rounds.length), wishes.withoutGuards);
  } finally {
    await arena.remove();
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
