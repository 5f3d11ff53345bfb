import type { Db } from '../../kernel/db/database';
import { jobStates } from '../../kernel/jobs/job-states';
import type { Job } from '../../kernel/jobs/jobs';
import { instant, instantText } from '../../kernel/pure/time';
import type { OperationsView } from './operations.contract';

export interface OperationsDeps {
  db: Db;
  jobs: readonly Job[];
  readiness(): Promise<{ ready: boolean; notes: readonly string[] }>;
  /** Figures of the outbox, by metric name. */
  figures(): Promise<Readonly<Record<string, number>>>;
  version: string;
}

const timeText = (at: number | null): string | null => (at === null ? null : instantText(instant(at)));

/** How the machine runs: no matter of the trade is in it. */
export function createOperations({ db, jobs, readiness, figures, version }: OperationsDeps) {
  const { clock } = db.sources;
  return {
    async show(): Promise<OperationsView> {
      const now = clock.now();
      const { ready, notes } = await readiness();
      const counts = await figures();
      return {
        ...{ asOf: instantText(now), ready, notes: [...notes], version, database: db.server },
        outbox: {
          waiting: counts['lujian_outbox_waiting'] ?? 0,
          failed: counts['lujian_dead_letters'] ?? 0,
          withoutReceipt: counts['lujian_sms_without_receipt'] ?? 0,
        },
        jobs: (await jobStates(db, jobs, now)).map((job) => ({
          ...{ name: job.name, everyMs: job.everyMs, onDemand: job.onDemand, condition: job.condition },
          lastStartedAt: timeText(job.startedAt),
          lastEndedAt: timeText(job.endedAt),
          lastFailedAt: timeText(job.failedAt),
          lastError: job.error,
          nextAt: timeText(job.nextAt),
        })),
      };
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
