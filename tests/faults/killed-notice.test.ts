import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/kernel/db/database';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { compiled, compileOnce } from '../support/compiled';
import { freshDatabase } from '../support/mariadb-database';
import { mailServer, type MailServer } from '../support/mail-server';
import type { TellingOrder } from '../support/telling-process';

let directory: string;
let fresh: Awaited<ReturnType<typeof freshDatabase>> | undefined;
let mail: MailServer;
let children: ChildProcess[];

beforeAll(() => compileOnce(), 300_000);
beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-notice-'));
  const lane = process.env.LUJIAN_TEST_DATABASE_URL;
  fresh = lane ? await freshDatabase(lane) : undefined;
  mail = await mailServer();
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map(kill9));
  await mail.close();
  await fresh?.drop();
  fs.rmSync(directory, { recursive: true, force: true });
});

/** Starts a process and waits for its word. */
async function start(order: Partial<TellingOrder>, word: string): Promise<ChildProcess> {
  const whole: TellingOrder = { directory, url: fresh?.url, smtp: mail.url, ...order };
  const file = compiled('tests', 'support', 'telling-process.js');
  const child = spawn(process.execPath, [file, JSON.stringify(whole)], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  let wrong = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (wrong += part.toString()));
  for (let n = 0; n < 600 && !said.includes(word); n += 1) {
    if (child.exitCode !== null) throw new Error(`the process ended: ${wrong}`);
    await pause(50);
  }
  expect(said).toContain(word);
  return child;
}

async function kill9(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((ended) => child.once('exit', ended));
  child.kill('SIGKILL');
  await gone;
}

async function until(condition: () => boolean): Promise<void> {
  for (let n = 0; n < 600 && !condition(); n += 1) await pause(50);
  expect(condition()).toBe(true);
}

/** What the database holds once nobody has it open. */
async function stored(): Promise<{ inbox: number; states: string[] }> {
  const db = await openDatabase({ url: fresh?.url, directory, entities, migrations }, systemSources());
  const inbox = await db.m.query<unknown[]>('SELECT id FROM inbox_item');
  const deliveries = await db.m.query<{ state: string }[]>('SELECT state FROM delivery');
  await db.close();
  return { inbox: inbox.length, states: deliveries.map((d) => d.state) };
}

test('a notice whose process is killed after the commit is sent by the next one, once', async () => {
  await kill9(await start({ tell: true }, 'told'));
  expect(mail.messages).toEqual([]);
  const next = await start({}, 'running');
  await until(() => mail.messages.length > 0);
  await pause(2500);
  await kill9(next);
  expect(mail.messages.map((m) => m.text)).toEqual(['您有1项待办，请登录绿鉴查看，截止2026年11月27日。']);
  expect(await stored()).toEqual({ inbox: 1, states: ['sent'] });
}, 120_000);

test('a process killed while the mail server keeps it waiting leaves a claim that runs out', async () => {
  await kill9(await start({ tell: true }, 'told'));
  mail.next.push('hang');
  const stuck = await start({}, 'running');
  await until(() => mail.next.length === 0);
  await kill9(stuck);
  expect(await stored()).toEqual({ inbox: 1, states: ['queued'] });
  const next = await start({ aheadMs: 121_000 }, 'running');
  await until(() => mail.messages.length > 0);
  await pause(1500);
  await kill9(next);
  expect(mail.messages).toHaveLength(1);
  expect(await stored()).toEqual({ inbox: 1, states: ['sent'] });
}, 120_000);
