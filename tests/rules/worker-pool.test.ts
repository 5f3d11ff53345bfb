import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { insideTransaction } from '../../src/kernel/db/scope';
import { builtFile } from '../../src/kernel/workers/built-file';
import { createPool, type Pool, type PoolSettings } from '../../src/kernel/workers/pool';
import { documentTaskFile } from '../../src/modules/documents';

const TASKS = `
const { threadId } = require('node:worker_threads');
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
exports.tasks = {
  echo: (input) => input,
  thread: async (ms) => { await sleep(ms); return threadId; },
  fail: () => { throw new TypeError('no good'); },
  exit: () => process.exit(7),
  spin: () => { for (;;); },
};
`;

describe('the pool of worker threads', () => {
  let folder: string;
  let file: string;
  const pools: Pool[] = [];
  const aPool = (settings: Partial<PoolSettings> = {}): Pool => {
    const pool = createPool({ files: [file], size: 1, ...settings });
    pools.push(pool);
    return pool;
  };
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lujian-workers-'));
    file = path.join(folder, 'tasks.js');
    writeFileSync(file, TASKS);
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('carries plain data there and back, bytes too', async () => {
    const input = { text: '矿', bytes: Uint8Array.of(1, 2, 3), list: [null, 1n] };
    expect(await aPool().run('echo', input)).toEqual(input);
  });

  test('uses as many threads as it has and no more', async () => {
    const pool = aPool({ size: 2 });
    const threads = await Promise.all(Array.from({ length: 6 }, () => pool.run<number>('thread', 20)));
    expect(new Set(threads).size).toBe(2);
  });

  test('more than may wait is 503 with a time to come back', async () => {
    const pool = aPool({ queue: 1 });
    const first = pool.run('thread', 100);
    const second = pool.run('thread', 0);
    await expect(pool.run('echo', 1)).rejects.toMatchObject({ code: 'service.unavailable', params: { retryAfter: 5 } });
    await Promise.all([first, second]);
    expect(await pool.run('echo', 1)).toBe(1);
  });

  test('a task that throws says so and leaves its thread in place', async () => {
    const pool = aPool();
    const thread = await pool.run('thread', 0);
    await expect(pool.run('fail', null)).rejects.toMatchObject({ reason: 'task-threw', message: 'fail: no good' });
    await expect(pool.run('nothing', null)).rejects.toThrow('no worker task is called nothing');
    await expect(pool.run('echo', () => 1)).rejects.toThrow(/could not be cloned/);
    expect(await pool.run('thread', 0)).toBe(thread);
  });

  test('a thread that dies or overruns costs its own task only; the next gets a new one', async () => {
    const pool = aPool({ timeLimitMs: 3000 });
    const waiting = pool.run('exit', null);
    const next = pool.run('echo', 'still here');
    await expect(waiting).rejects.toMatchObject({ reason: 'died', message: expect.stringContaining('7') });
    expect(await next).toBe('still here');
    await expect(pool.run('spin', null)).rejects.toMatchObject({ reason: 'timed-out' });
    expect(await pool.run('echo', 2)).toBe(2);
  });

  test('a file of tasks that does not load fails each task, not the process', async () => {
    const pool = aPool({ files: [path.join(folder, 'absent.js')] });
    await expect(pool.run('echo', 1)).rejects.toMatchObject({ reason: 'died' });
    await expect(pool.run('echo', 1)).rejects.toMatchObject({ reason: 'died' });
  });

  test('closing refuses what runs and what waits', async () => {
    const pool = aPool();
    const running = expect(pool.run('spin', null)).rejects.toMatchObject({ reason: 'closed' });
    const waiting = expect(pool.run('echo', 1)).rejects.toMatchObject({ reason: 'closed' });
    await pool.close();
    await Promise.all([running, waiting]);
    await expect(pool.run('echo', 1)).rejects.toMatchObject({ reason: 'closed' });
  });

  test('no task inside a transaction', async () => {
    const pool = aPool();
    await insideTransaction({}, () => expect(pool.run('echo', 1)).rejects.toThrow('inside a transaction'));
  });

  test('a source file is found in its built form; one that nobody built is named', () => {
    expect(documentTaskFile()).toMatch(/dist.src.modules.documents.pdf-worker\.js$/);
    expect(() => builtFile(__dirname, 'nothing')).toThrow('npm run build');
  });
});
