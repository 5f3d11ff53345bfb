import { jobWords } from '../../src/web/pages/system/job-words';
import { jobConditions } from '../../src/kernel/jobs/conditions';
import { done } from '../support/client';
import { runJob } from '../support/play-notices';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// What the system administrator sees of the machine.

let whole: Whole;
let keeper: Person;
beforeAll(async () => {
  whole = await wholeService();
  keeper = await whole.enlist('system-admin');
}, 60_000);
afterAll(() => whole.close());

test('shows readiness, outbox and every job of the service', async () => {
  const shown = await done(keeper.get('/operations'));
  expect(shown).toMatchObject({ ready: true, version: '0', database: whole.service.db.server });
  expect(shown.asOf).toBe('2026-03-02T01:00:00.000Z');
  const names = (shown.jobs as { name: string }[]).map((j) => j.name);
  expect(names).toEqual(whole.service.jobs.map((j) => j.name));
  expect(names).toContain('deadlines.recompute');
  expect(shown.jobs).toContainEqual({
    ...{ name: 'deadlines.remind', everyMs: 600_000, onDemand: false, condition: 'never' },
    ...{ lastStartedAt: null, lastEndedAt: null, lastFailedAt: null, lastError: null, nextAt: null },
  });
});

test('counts what waits in the outbox', async () => {
  const { outbox } = await done(keeper.get('/operations'));
  const key = { name: '示例接口', postId: whole.reviewer.postId, expiresOn: whole.today() };
  const { id } = await done(whole.reviewer.post('/api-keys', key), 201);
  await done(whole.admin.post(`/issued-api-keys/${id}/revoke`, { reason: '示例' }));
  expect((await done(keeper.get('/operations'))).outbox.waiting).toBe((outbox.waiting as number) + 1);
  await runJob(whole, 'notifications.place');
  expect((await done(keeper.get('/operations'))).outbox.waiting).toBe(0);
});

test('says when the process is stopping', async () => {
  const other = await wholeService();
  const admin = await other.enlist('system-admin');
  other.service.beginStop();
  expect(await done(admin.get('/operations'))).toMatchObject({
    ready: false,
    notes: expect.arrayContaining(['正在停止']),
  });
  await other.close();
}, 60_000);

test('every job and every condition has words for the console in both languages', () => {
  for (const { name } of whole.service.jobs) expect(jobWords).toHaveProperty([`job.${name}`]);
  for (const condition of jobConditions) expect(jobWords).toHaveProperty([`jobCondition.${condition}`]);
  const jobs = Object.keys(jobWords).filter((key) => key.startsWith('job.'));
  expect(jobs.sort()).toEqual(whole.service.jobs.map((j) => `job.${j.name}`).sort());
  for (const [zh, en] of Object.values(jobWords)) {
    expect(zh).toMatch(/\p{sc=Han}/u);
    expect(en).toMatch(/^[^\p{sc=Han}]+$/u);
  }
});
