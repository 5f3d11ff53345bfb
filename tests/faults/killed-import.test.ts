import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pause } from '../../src/kernel/sources';
import { setUp } from '../kill/setting-up';
import type { Shipped, ShippedSettings } from '../kill/shipped';
import { compiled } from '../support/compiled';
import { creditCodeOf } from '../support/credit-codes';
import { freshDatabase, type FreshDatabase } from '../support/mariadb-database';
import { freePort } from '../support/server-process';

// The shipped service, killed with kill -9 while it reads a sheet and again while it registers the rows, in either mode.

const ROWS = 4_000;
const LIMIT_MS = 240_000;

const load = createRequire(__filename);
const { startShipped } = load(compiled('tests', 'kill', 'shipped.js')) as {
  startShipped(settings: ShippedSettings): Promise<Shipped>;
};

interface Report {
  id: string;
  state: string;
  progress: { row: number; settled: boolean };
  counts: { read: number; good: number; faulty: number; repeated: number; blank: number; applied: number };
}

let directory: string;
let fresh: FreshDatabase | undefined;
let settings: ShippedSettings;
let service: Shipped;
let apiKey: string;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-killed-import-'));
  const lane = process.env.LUJIAN_TEST_DATABASE_URL;
  fresh = lane ? await freshDatabase(lane) : undefined;
  const env = fresh ? { LUJIAN_DATABASE_URL: fresh.url, LUJIAN_MASTER_KEY: 'a master key for tests, long enough' } : {};
  settings = { directory, port: await freePort(), env: env as Record<string, string> };
  service = await startShipped(settings);
  apiKey = await setUp(service);
}, LIMIT_MS);
afterAll(async () => {
  await service.stop();
  await fresh?.drop();
  fs.rmSync(directory, { recursive: true, force: true });
}, LIMIT_MS);

async function call(method: string, address: string, body?: string, type = 'application/json'): Promise<string> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type, 'x-file-name': 'list.csv' };
  const reply = await fetch(`${service.baseUrl}/api/v1${address}`, { method, headers, body });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${address} answered ${reply.status}: ${text}`);
  return text;
}

const read = async (id: string, wait = 0): Promise<Report> =>
  JSON.parse(await call('GET', `/imports/${id}?wait=${wait}`)) as Report;

/** Kills the process once the work is under way and not done; says where it stood. */
async function killWhen(id: string, underWay: (report: Report) => boolean): Promise<Report> {
  for (;;) {
    const report = await read(id);
    if (report.progress.settled) throw new Error('the work was done before it could be killed');
    if (underWay(report)) {
      await service.kill9();
      service = await startShipped(settings);
      return report;
    }
    await pause(5);
  }
}

async function settle(id: string): Promise<Report> {
  for (;;) {
    const report = await read(id, 5);
    if (report.progress.settled) return report;
  }
}

const listOf = (codes: readonly string[]): string =>
  `名称,统一社会信用代码\n${codes.map((code) => `示例中断导入公司第${code.slice(8, 16)}号,${code}\n`).join('')}`;

const upload = async (sheet: string): Promise<Report> =>
  JSON.parse(await call('POST', '/imports/organisations', sheet, 'text/csv')) as Report;

async function registered(): Promise<string[]> {
  const list = await call('GET', '/exports/organisations?format=csv');
  return [...list.matchAll(/91370000\w{10}/g)].map(([code]) => code).sort();
}

const good = { read: ROWS, good: ROWS, faulty: 0, repeated: 0, blank: 0 };

test(
  'good rows go on where they stopped: every row read once, registered once',
  async () => {
    const codes = Array.from({ length: ROWS }, (_, n) => creditCodeOf(n + 1));
    const { id } = await upload(listOf(codes));
    const stopped = await killWhen(id, (r) => r.progress.row > 200);
    expect(stopped.state).toBe('reading');
    expect(await settle(id)).toMatchObject({ state: 'checked', counts: { ...good, applied: 0 } });

    await call('POST', `/imports/${id}/apply`, JSON.stringify({ mode: 'good-rows' }));
    const half = await killWhen(id, (r) => r.counts.applied > 0);
    expect(half.counts.applied).toBeLessThan(ROWS);
    expect(await settle(id)).toMatchObject({ state: 'finished', counts: { ...good, applied: ROWS } });

    expect(await registered()).toEqual([...codes].sort());
    expect(await upload(listOf(codes))).toMatchObject({ id, repeated: true, state: 'finished' });
  },
  LIMIT_MS,
);

test(
  'all or nothing: nothing is there after a kill in the middle, and then all of it',
  async () => {
    const before = await registered();
    const codes = Array.from({ length: ROWS }, (_, n) => creditCodeOf(ROWS + n + 1));
    const { id } = await upload(listOf(codes));
    expect(await settle(id)).toMatchObject({ state: 'checked' });
    await call('POST', `/imports/${id}/apply`, JSON.stringify({ mode: 'all-or-nothing' }));
    const half = await killWhen(id, (r) => r.progress.row > ROWS / 4);
    expect(half).toMatchObject({ state: 'applying', counts: { applied: 0 } });
    // The work is taken up when the dead process's lease has run out: until then nothing of it is there.
    expect(await registered()).toEqual(before);
    expect(await settle(id)).toMatchObject({ state: 'finished', counts: { ...good, applied: ROWS } });
    expect(await registered()).toEqual([...before, ...codes].sort());
  },
  LIMIT_MS,
);
