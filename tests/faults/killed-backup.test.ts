import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { insertMany } from '../../src/kernel/db/bulk';
import { isUnfinished } from '../../src/kernel/db/loading';
import { SubjectGuard } from '../../src/kernel/db/kernel.store';
import { openReadOnly } from '../../src/kernel/db/read-only';
import { countRows } from '../../src/kernel/db/snapshot';
import { inTransaction } from '../../src/kernel/db/transaction';
import { systemSources } from '../../src/kernel/sources';
import { entities } from '../../src/schema';
import { createService } from '../../src/wire';
import {
  backupWorld,
  emptyPlace,
  MASTER_KEY,
  quiet,
  restoreInto,
  type BackupWorld,
  type Place,
} from '../support/backup-world';
import { compiled, compileOnce } from '../support/compiled';

// kill -9 in the middle: no backup that is none, and no database that looks restored.

const server = process.env.LUJIAN_TEST_DATABASE_URL;
const ROWS = 60_000;

let world: BackupWorld;
let target: Place;
let folder: string;
beforeAll(async () => {
  compileOnce();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-backup-'));
  target = await emptyPlace({ server });
  world = await backupWorld();
  for (let at = 0; at < ROWS; at += 5_000) {
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ kind: 'mine', id: `示例-${at + i}`, epoch: i }));
    await inTransaction(world.t.db, (tx) => insertMany(tx, SubjectGuard, rows));
  }
}, 400_000);
afterAll(async () => {
  await world.drop();
  await target.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const out = (name: string): string => path.join(folder, name);

function run(command: 'backup' | 'restore', args: string[], { directory, url }: { directory: string; url?: string }) {
  const env = {
    PATH: process.env.PATH,
    LUJIAN_DATA: directory,
    LUJIAN_MASTER_KEY: MASTER_KEY,
    ...(url === undefined ? {} : { LUJIAN_DATABASE_URL: url }),
  };
  const file = compiled('src', 'cli', command, 'main.js');
  return spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Kills the process at the moment the condition holds; false when it ended by itself before. */
async function killWhen(child: ChildProcess, condition: () => Promise<boolean>): Promise<boolean> {
  const gone = new Promise((ended) => child.once('exit', ended));
  while (child.exitCode === null && !(await condition())) await pause(5);
  const alive = child.exitCode === null;
  child.kill('SIGKILL');
  await gone;
  return alive;
}

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Rows that the target has of the table that is being filled; 0 while it is not there. */
async function filled(): Promise<number> {
  try {
    const db = await openReadOnly(
      { url: target.url, directory: target.directory, entities, migrations: [] },
      systemSources(),
    );
    try {
      return (await isUnfinished(db)) ? await countRows(db, 'subject_guard') : 0;
    } finally {
      await db.close();
    }
  } catch {
    return 0;
  }
}

async function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((end) => child.once('close', end));
  return { code, said };
}

test('a backup that is killed leaves no file of its name, and the part that is left is named', async () => {
  const child = run('backup', ['--out', out('a.tar')], world.t);
  expect(await killWhen(child, async () => sizeOf(out('a.tar.part')) > 100)).toBe(true);
  expect(fs.existsSync(out('a.tar'))).toBe(false);
  const again = await ended(run('backup', ['--out', out('a.tar')], world.t));
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining('a.tar.part') as string });
  fs.rmSync(out('a.tar.part'));
  const third = await ended(run('backup', ['--out', out('a.tar')], world.t));
  expect(third).toMatchObject({
    code: 0,
    said: expect.stringContaining('the master key is not in the backup') as string,
  });
}, 120_000);

test('a backup that does not fit on the disk leaves nothing', async () => {
  const file = compiled('src', 'cli', 'backup', 'main.js');
  // Blocks of 1,024 bytes that a file may have: writing more fails as on a full disk.
  const script = `trap '' XFSZ; ulimit -f 64; exec "${process.execPath}" "${file}" --out "${out('full.tar')}"`;
  const { url, directory } = world.t;
  const env = { PATH: process.env.PATH, LUJIAN_DATA: directory, LUJIAN_MASTER_KEY: MASTER_KEY };
  const child = spawn('bash', ['-c', script], {
    env: url === undefined ? env : { ...env, LUJIAN_DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, said } = await ended(child);
  expect(said).toMatch(/not backed up: .*EFBIG/);
  expect(code).toBe(1);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith('full'))).toEqual([]);
}, 120_000);

test('a restore that is killed leaves a target that nobody takes for a whole one, and can be done again', async () => {
  const child = run('restore', ['--from', out('a.tar')], target);
  expect(await killWhen(child, async () => (await filled()) > 1_000)).toBe(true);
  const start = createService(target.config, { sources: systemSources(), log: quiet, version: '0' });
  await expect(start).rejects.toThrow(/restore of this database is not finished.*--start-over/);
  await expect(restoreInto(target, out('a.tar'))).rejects.toThrow('--start-over');
  const again = await ended(run('restore', ['--from', out('a.tar'), '--start-over', '--log-ends-here'], target));
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining('no drift') as string });
  const service = await createService(target.config, { sources: systemSources(), log: quiet, version: '0' });
  try {
    expect(await countRows(service.db, 'subject_guard')).toBe(ROWS + 2);
  } finally {
    await service.close();
  }
}, 300_000);
