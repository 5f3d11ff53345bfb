import { anAssignment } from './line-builders';
import { done } from './client';
import type { ReadyInstitution } from './register-builders';
import type { Whole } from './whole-service';

/** A notice's table of an invented year, well-formed and complete. */
export const aTable = (year: number, patch: Record<string, unknown> = {}) => ({
  documentNumber: `示例发明电〔${year - 1}〕1号`,
  publishedOn: '2026-03-01',
  periods: [
    { name: '元旦', from: `${year}-01-01`, lastDay: `${year}-01-01` },
    { name: '劳动节', from: `${year}-05-01`, lastDay: `${year}-05-05` },
    { name: '国庆节', from: `${year}-10-01`, lastDay: `${year}-10-07` },
  ],
  makeUpDays: [] as string[],
  ...patch,
});

/** Runs one of the service's jobs, as if its time had come. */
export async function runJob(whole: Whole, name: string): Promise<void> {
  const job = whole.service.jobs.find((j) => j.name === name);
  if (!job) throw new Error(`no job is named ${name}`);
  await job.run();
}

/** A table loaded and loaded again; a message that is opened twice. */
export async function playNotices(whole: Whole, institution: ReadyInstitution): Promise<void> {
  await done(whole.bureau.put('/calendar/2027', aTable(2027)));
  await done(whole.bureau.put('/calendar/2027', aTable(2027)));
  await anAssignment(whole, institution, { takenUp: false });
  await runJob(whole, 'notifications.place');
  const { items } = await done(institution.clerk.get('/inbox'));
  await done(institution.clerk.post(`/inbox/${items[0].id}/open`));
  await done(institution.clerk.post(`/inbox/${items[0].id}/open`));
}
