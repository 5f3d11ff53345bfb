import { parseArgs } from 'node:util';
import { measureEngine, type Line } from './measuring';
import { namesFolder, readNames } from './names';
import { WORKING_SET } from './seed';

// Do lists, searches and readings cost the same in a small register and in a large one? See `usage`.

const usage = `npm run bench-registers -- [--engine sqlite|mariadb|both] [--sizes 1000,20000,200000] [--rounds 300]
  [--names FOLDER] [--server mysql://root@127.0.0.1:3306]
Seeds as many bodies and as many persons for each size, asks over HTTP, one question after the other, and prints p50 and
p95 in milliseconds. Questions are about a working set spread over the register and are asked beforehand as often as it
has records: what is measured is the service, not a cold disk. A text that is called common fills a page of the
smallest register too, so that replies are as long whatever the size; sizes below 1000 are too small for that. The
p95 is that of all the answers, pauses of the process included, which is why there are so many rounds.
Exit 1 when a p95 of the largest size is more than 1.5 times that of the smallest.`;

const MOST = 1.5;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readArgs() {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: 'both' },
      sizes: { type: 'string', default: '1000,20000,200000' },
      rounds: { type: 'string', default: '300' },
      names: { type: 'string', default: namesFolder() },
      server: { type: 'string', default: process.env['LUJIAN_TEST_DATABASE_URL'] ?? 'mysql://root@127.0.0.1:3306' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const rounds = Number(values.rounds);
  const engines = values.engine === 'both' ? ['sqlite', 'mariadb'] : [values.engine];
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;
  const known = engines.every((e) => e === 'sqlite' || e === 'mariadb');
  if (!known || !isCount(rounds) || sizes.length < 2 || !sizes.every(isCount)) throw new Error(usage);
  return { engines, sizes, rounds, names: values.names, server: values.server };
}

function table(sizes: readonly number[], lines: readonly Line[]): void {
  const cell = (n: number): string => n.toFixed(2).padStart(8);
  const width = Math.max(...lines.map((l) => l.question.length));
  const head = sizes.map((s) => `${String(s).padStart(9)} p50     p95`).join('');
  print(`${'ms'.padEnd(width)}${head}   ratio of p50  of p95`);
  for (const { question, p50, p95, ratio } of lines) {
    const cells = sizes.map((_, n) => `     ${cell(p50[n]!)}${cell(p95[n]!)}`).join('');
    const ratios = `${cell(ratio.p50)}${cell(ratio.p95)}`;
    print(`${question.padEnd(width)}${cells}       ${ratios}${ratio.p95 > MOST ? '  <- more than 1.5' : ''}`);
  }
}

async function main(): Promise<void> {
  const { engines, sizes, rounds, names, server } = readArgs();
  const read = readNames(names);
  let over = 0;
  for (const engine of engines) {
    print(`\n${engine}, ${rounds} rounds`);
    const on = engine === 'mariadb' ? server : undefined;
    const lines = await measureEngine({ names: read, sizes, rounds, warmUp: WORKING_SET, server: on, say: print });
    table(sizes, lines);
    over += lines.filter((l) => l.ratio.p95 > MOST).length;
  }
  if (over > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
