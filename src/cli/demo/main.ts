import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { addDays, instant, legalDate, legalDateOf, startOfDay, type LegalDate } from '../../kernel/pure/time';
import { systemClock, systemRandomness, type Clock } from '../../kernel/sources';
import { playBar, playCase } from './case.chapter';
import { copyDatabase, requireEmptyDatabase } from './copies';
import { playDayAfter, playLastDay } from './later.chapter';
import { playLog } from './log.chapter';
import { playFees, playLot } from './lot.chapter';
import { playRegistry } from './registry.chapter';
import { openStage, type Stage } from './stage';
import { createSteps, StepFailed, type Steps } from './steps';
import { playPledge, playReport, playTeam } from './work.chapter';
import { createWorld, must, type World } from './world';

interface Play {
  out: string;
  database?: string;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readArgs(): Play {
  const { values } = parseArgs({ options: { out: { type: 'string' }, database: { type: 'string' } } });
  if (!values.out)
    throw new Error('usage: npm run demo -- --out DIR [--database mysql://user:password@host:3306/database]');
  return { out: path.resolve(values.out), database: values.database };
}

function requireEmptyFolder(out: string): void {
  fs.mkdirSync(out, { recursive: true });
  if (fs.readdirSync(out).length > 0)
    throw new Error(`${out} is not empty; the demonstration begins with an empty folder`);
}

/** All chapters of today, in the order of the job. */
async function playToday(w: World, stage: Stage, out: string): Promise<void> {
  const at = startOfDay(w.today);
  await playRegistry(w, must(stage.firstAccount, 'first account'), at);
  await playLot(w);
  await playFees(w);
  await playTeam(w);
  await playPledge(w, out);
  await playReport(w, at);
  await playCase(w, at);
  await playBar(w);
  for (const name of ['blacklist.json', 'blacklist.csv']) {
    const actor = w.newActor('公众');
    const reply = await w.steps.step('bar', `下载 ${name}`, actor, { method: 'GET', path: `/public/${name}` }, 200);
    fs.writeFileSync(path.join(out, name), reply.bytes);
  }
  await playLog(w, out, print);
}

/** The true clock, moved so that it now shows noon of that day; no shipped setting reaches this. */
function clockAtNoonOf(day: LegalDate): Clock {
  const shift = startOfDay(day) + 12 * 3600_000 - systemClock.now();
  return { now: () => instant(systemClock.now() + shift) };
}

async function playLater(w: World, play: Play): Promise<void> {
  const last = legalDate(must(w.ids['lastBarredDay'], 'last barred day'));
  const free = addDays(last, 1);
  const copy = await copyDatabase(play);
  try {
    for (const [day, chapter] of [
      [last, playLastDay],
      [free, playDayAfter],
    ] as const) {
      const clock = clockAtNoonOf(day);
      const stage = await openStage({ directory: copy.directory, database: copy.database, clock });
      try {
        w.baseUrl = stage.baseUrl;
        w.now = clock.now;
        for (const key of Object.keys(w.actors)) w.actors[key] = w.newActor(w.actors[key]!.name);
        await chapter(w, day);
      } finally {
        await stage.close();
      }
    }
  } finally {
    await copy.drop();
  }
}

function leave(out: string, engine: string, steps: Steps, w: World | undefined): boolean {
  const ok = steps.records.length > 0 && steps.records.every((s) => s.ok);
  const summary = { ok, engine, steps: steps.records };
  fs.writeFileSync(path.join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  if (w) fs.writeFileSync(path.join(out, 'accounts.json'), `${JSON.stringify(w.accounts, null, 2)}\n`, { mode: 0o600 });
  return ok;
}

async function demonstrate(play: Play): Promise<boolean> {
  requireEmptyFolder(play.out);
  if (play.database) await requireEmptyDatabase(play.database);
  const steps = createSteps(print, () => performance.now());
  let engine = play.database ? 'mysql' : 'sqlite';
  let w: World | undefined;
  try {
    const stage = await openStage({ directory: play.out, database: play.database, clock: systemClock });
    try {
      engine = stage.engine;
      print(`绿鉴演示 · ${stage.server} · ${stage.baseUrl}`);
      const today = legalDateOf(systemClock.now());
      w = createWorld({ baseUrl: stage.baseUrl, steps, today, randomness: systemRandomness, now: systemClock.now });
      await playToday(w, stage, play.out);
    } finally {
      await stage.close();
    }
    await playLater(w, play);
    return leave(play.out, engine, steps, w);
  } catch (error) {
    leave(play.out, engine, steps, w);
    if (!(error instanceof StepFailed)) throw error;
    print(`✗ ${error.message}`);
    return false;
  }
}

function start(play: Play): string {
  const setting = play.database ? `LUJIAN_DATABASE_URL='${play.database}' ` : '';
  return `${setting}npm start -- --data ${play.out}`;
}

const play = readArgs();
demonstrate(play).then(
  (ok) => {
    print(ok ? `演示完成。查看留下的数据 look around: ${start(play)}` : '演示未通过。');
    process.exit(ok ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
