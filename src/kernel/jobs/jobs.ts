import { LessThan } from 'typeorm';
import type { Db } from '../db/database';
import { faultOf } from '../db/errors';
import { CommitMarker, JobLease } from '../db/kernel.store';
import { inTransaction } from '../db/transaction';
import { errorLine, type Log } from '../log';

export interface Job {
  name: string;
  /** Milliseconds between two runs, over all processes. */
  everyMs: number;
  run: () => Promise<unknown>;
  /** Asked by a mere read before the run is claimed: jobs that are due every second must not write every second. */
  isDue?: () => Promise<boolean>;
}

const TICK_MS = 1_000;
/** How often a process asks for a job that another one may have run. */
const ASK_MS = 15_000;
const MARKERS_KEPT_MS = 24 * 3600_000;

/** Claims the next run of the job by compare-and-set; undefined while another process has it or it is not due. */
async function claim(db: Db, job: Job): Promise<string | undefined> {
  const now = db.sources.clock.now();
  const token = db.sources.ids.timed();
  try {
    return await inTransaction(db, async (tx) => {
      const row = await tx.m.findOneBy(JobLease, { name: job.name });
      const run = { token, until: now + job.everyMs, startedAt: now };
      if (!row) {
        await tx.m.insert(JobLease, { name: job.name, ...run });
        return token;
      }
      if (row.until > now) return undefined;
      const { affected } = await tx.m.update(JobLease, { name: job.name, token: row.token }, run);
      return affected === 1 ? token : undefined;
    });
  } catch (error) {
    if (faultOf(error) === 'duplicate') return undefined;
    throw error;
  }
}

/** Notes how the run ended, unless another process has begun the next one meanwhile. */
const noteEnd = (db: Db, job: Job, token: string, fault: Pick<JobLease, 'failedAt' | 'error'> | undefined) =>
  inTransaction(db, async (tx) => {
    await tx.m.update(JobLease, { name: job.name, token }, { endedAt: db.sources.clock.now(), ...fault });
  });

/** Runs the job and keeps how it ended, for whoever looks after the service; what it throws is thrown on. */
async function runAndNote(db: Db, job: Job, token: string): Promise<void> {
  try {
    await job.run();
  } catch (error) {
    const fault = { failedAt: db.sources.clock.now(), error: errorLine(error) };
    // The job's own fault is the one to be told, also where the database takes neither.
    await noteEnd(db, job, token, fault).catch(() => undefined);
    throw error;
  }
  await noteEnd(db, job, token, undefined);
}

export interface JobRunner {
  /** Ends the timer and waits for the run that is under way. */
  stop(): Promise<void>;
}

/** Runs what is due, one job at a time in this process and one process at a time for each job. */
export function startJobs(db: Db, jobs: readonly Job[], log: Log): JobRunner {
  let current: Promise<void> = Promise.resolve();
  let stopped = false;
  let busy = false;
  const askAt = new Map<string, number>();
  const runOne = async (job: Job): Promise<void> => {
    const now = db.sources.clock.now();
    if (now < (askAt.get(job.name) ?? now)) return;
    askAt.set(job.name, now + Math.min(job.everyMs, ASK_MS));
    if (job.isDue && !(await job.isDue())) return;
    const token = await claim(db, job);
    if (token !== undefined) await runAndNote(db, job, token);
  };
  const round = async (): Promise<void> => {
    for (const job of jobs) {
      if (stopped) return;
      try {
        await runOne(job);
      } catch (err) {
        log.warn({ err, job: job.name }, 'job failed; it runs again when due');
      }
    }
  };
  const timer = setInterval(() => {
    // A round that takes long is not followed by all the rounds that it held up.
    if (busy) return;
    busy = true;
    current = round().finally(() => {
      busy = false;
    });
  }, TICK_MS);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
    },
  };
}

/** Markers settle lost commits within seconds; a day later nobody asks any more. */
export const forgetMarkers = (db: Db): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx.m.delete(CommitMarker, { at: LessThan(db.sources.clock.now() - MARKERS_KEPT_MS) });
  });
