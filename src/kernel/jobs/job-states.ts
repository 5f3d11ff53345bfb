import type { Reads } from '../db/database';
import { JobLease } from '../db/kernel.store';
import type { JobCondition } from './conditions';
import type { Job } from './jobs';

export interface JobState extends Pick<JobLease, 'startedAt' | 'endedAt' | 'failedAt' | 'error'> {
  name: string;
  everyMs: number;
  /** Runs only when there is something to do. */
  onDemand: boolean;
  condition: JobCondition;
  /** When it is due again; null where it waits for something to do, or never ran. */
  nextAt: number | null;
}

/** A process asks each job every 15 seconds at most; what lies a minute beyond that has nobody to run it. */
const OVERDUE_MS = 90_000;
/** Runs longer than this are taken for broken off. */
const LONG_MS = 3600_000;

type Row = Pick<JobLease, 'until' | 'startedAt' | 'endedAt' | 'failedAt'>;

/** What is to be said of a job by its row. */
export function conditionOf(row: Row | undefined, onDemand: boolean, now: number): JobCondition {
  // Rows from before runs were noted have no start.
  if (!row || row.startedAt === null) return 'never';
  const isOpen = row.endedAt === null || row.endedAt < row.startedAt;
  if (isOpen) return now - row.startedAt < Math.max(LONG_MS, row.until - row.startedAt) ? 'running' : 'broken-off';
  if (!onDemand && now - row.until > OVERDUE_MS) return 'overdue';
  return row.failedAt !== null && row.failedAt >= row.startedAt ? 'failed' : 'well';
}

/** How the jobs of the service stand, over all its processes. */
export async function jobStates(on: Reads, jobs: readonly Job[], now: number): Promise<JobState[]> {
  const rows = new Map((await on.m.find(JobLease)).map((row) => [row.name, row]));
  return jobs.map(({ name, everyMs, isDue }) => {
    const row = rows.get(name);
    const onDemand = isDue !== undefined;
    return {
      ...{ name, everyMs, onDemand, condition: conditionOf(row, onDemand, now) },
      startedAt: row?.startedAt ?? null,
      endedAt: row?.endedAt ?? null,
      failedAt: row?.failedAt ?? null,
      error: row?.error ?? null,
      nextAt: row && !onDemand ? row.until : null,
    };
  });
}
