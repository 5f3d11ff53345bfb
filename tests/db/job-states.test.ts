import { createLog } from '../../src/kernel/log';
import { JobLease } from '../../src/kernel/db/kernel.store';
import { inTransaction } from '../../src/kernel/db/transaction';
import { jobStates, conditionOf } from '../../src/kernel/jobs/job-states';
import { startJobs, type Job } from '../../src/kernel/jobs/jobs';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.drop());

const now = (): number => t.db.sources.clock.now();
const quiet = createLog('silent');

/** Runs the jobs until each was tried, or fails with the test's time. */
async function runUntil(jobs: readonly Job[], isDone: () => boolean): Promise<void> {
  const runner = startJobs(t.db, jobs, quiet);
  while (!isDone()) await new Promise((later) => setTimeout(later, 20));
  await runner.stop();
}

test('what ran is on record with its end, what failed with its fault, and a later success keeps the fault', async () => {
  const ran = { good: 0, bad: 0 };
  let isMended = false;
  const good: Job = { name: 'test.good', everyMs: 3600_000, run: async () => void (ran.good += 1) };
  const bad: Job = {
    name: 'test.bad',
    everyMs: 3600_000,
    run: async () => {
      ran.bad += 1;
      if (!isMended) throw Object.assign(new Error(`no way\nout ${'x'.repeat(400)}`), { code: 'ECONNREFUSED' });
    },
  };
  const idle: Job = {
    name: 'test.idle',
    everyMs: 1_000,
    isDue: async () => false,
    run: () => Promise.reject(new Error('not due')),
  };
  const began = now();
  await runUntil([good, bad, idle], () => ran.good === 1 && ran.bad === 1);
  const [first, second, third] = await jobStates(t.db, [good, bad, idle], now());
  expect(first).toMatchObject({ name: 'test.good', condition: 'well', failedAt: null, error: null, onDemand: false });
  expect(first!.startedAt).toBeGreaterThanOrEqual(began);
  expect(first!.endedAt).toBeGreaterThanOrEqual(first!.startedAt!);
  expect(first!.nextAt).toBe(first!.startedAt! + 3600_000);
  expect(second).toMatchObject({
    condition: 'failed',
    error: expect.stringMatching(/^Error ECONNREFUSED no way out x+$/),
  });
  expect(second!.error).toHaveLength(300);
  expect(third).toMatchObject({ condition: 'never', onDemand: true, startedAt: null, nextAt: null });

  isMended = true;
  await inTransaction(t.db, async (tx) => void (await tx.m.update(JobLease, { name: 'test.bad' }, { until: 0 })));
  await runUntil([bad], () => ran.bad === 2);
  const [mended] = await jobStates(t.db, [bad], now());
  expect(mended).toMatchObject({ condition: 'well', failedAt: second!.failedAt, error: second!.error });
});

test('a run that another process has begun anew is not ended by the first', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  let isRunning = false;
  const job: Job = {
    name: 'test.held',
    everyMs: 3600_000,
    run: () => {
      isRunning = true;
      return held;
    },
  };
  const runner = startJobs(t.db, [job], quiet);
  while (!isRunning) await new Promise((later) => setTimeout(later, 20));
  expect((await jobStates(t.db, [job], now()))[0]).toMatchObject({ condition: 'running', endedAt: null });
  await inTransaction(t.db, async (tx) => {
    await tx.m.update(JobLease, { name: job.name }, { token: 'another process', startedAt: now() });
  });
  release();
  await runner.stop();
  expect((await jobStates(t.db, [job], now()))[0]).toMatchObject({ condition: 'running', endedAt: null });
});

const HOUR = 3600_000;
const row = (startedAt: number | null, endedAt: number | null, failedAt: number | null, until: number) => ({
  ...{ startedAt, endedAt, failedAt, until },
});
test.each([
  ['no row', undefined, false, 'never'],
  ['a row from before runs were noted', row(null, null, null, HOUR), false, 'never'],
  ['ended well', row(0, 5, null, 2 * HOUR), false, 'well'],
  ['failed', row(0, 5, 5, 2 * HOUR), false, 'failed'],
  ['failed before, well since', row(10, 15, 5, 2 * HOUR), false, 'well'],
  ['under way', row(HOUR, null, null, 2 * HOUR), false, 'running'],
  ['under way after an earlier run', row(HOUR, 5, null, 2 * HOUR), false, 'running'],
  ['begun an hour ago and never ended', row(0, null, null, 60_000), false, 'broken-off'],
  ['due for 90 seconds', row(0, 5, null, HOUR - 90_000), false, 'well'],
  ['due for longer', row(0, 5, null, HOUR - 90_001), false, 'overdue'],
  ['due for long, but with nothing to do', row(0, 5, null, 1_000), true, 'well'],
])('a job %s', (_what, stored, onDemand, condition) => {
  expect(conditionOf(stored, onDemand, HOUR)).toBe(condition);
});
