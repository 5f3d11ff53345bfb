import type { Db, Reads } from '../../../kernel/db/database';
import { inTransaction } from '../../../kernel/db/transaction';
import type { Job } from '../../../kernel/jobs/jobs';
import type { Log } from '../../../kernel/log';
import { instant, instantText } from '../../../kernel/pure/time';
import { insertAudit, latestAudit, type LogAudit } from './audit.store';
import { driftWords } from './drift';
import type { SeenHead, SelfAuditReport } from './self-audit';

/** Runs the audit somewhere else than on the event loop, given what the last one saw. */
export type RunAudit = (earlier: SeenHead | undefined) => Promise<SelfAuditReport>;

export interface Auditor {
  /** Audits now and stores what was found; two calls at a time are one run. */
  auditNow(): Promise<LogAudit>;
  /** Every night by lease. The job only begins it: other jobs need not wait for a million entries. */
  job: Job;
  /** What an operator has to know of the last run. */
  notes(): Promise<string[]>;
  figures(): Promise<Record<string, number>>;
}

const HOUR_MS = 3600_000;
/** From 01:00 to before 05:00 in Asia/Shanghai. */
const isNight = (now: number): boolean => {
  const hour = Math.floor(now / HOUR_MS + 8) % 24;
  return hour >= 1 && hour < 5;
};
/** A machine that is off at night is audited by day. */
const OVERDUE_MS = 48 * HOUR_MS;
const NIGHTLY_MS = 20 * HOUR_MS;

async function isDue(on: Reads, now: number): Promise<boolean> {
  const since = now - ((await latestAudit(on))?.at ?? 0);
  return since > OVERDUE_MS || (since > NIGHTLY_MS && isNight(now));
}

/** Runs self-audits and keeps their results. */
export function createAuditor({ db, log }: { db: Db; log: Log }, run: RunAudit): Auditor {
  const { clock, ids } = db.sources;
  let running: Promise<LogAudit> | undefined;
  /** Of this process, until a run of its own succeeds. */
  let hasFailed = false;
  async function audit(): Promise<LogAudit> {
    const at = clock.now();
    const last = await latestAudit(db);
    const { seen, ...report } = await run(last);
    const row: LogAudit = { id: ids.timed(), at, endedAt: clock.now(), ...seen, drifts: report.total, report };
    await inTransaction(db, (tx) => insertAudit(tx, row));
    hasFailed = false;
    if (report.total > 0)
      log.error({ drifts: report.total, first: report.drifts[0] }, 'the self-audit of the log found drift');
    return row;
  }
  const auditNow = (): Promise<LogAudit> =>
    (running ??= audit().finally(() => {
      running = undefined;
    }));
  return {
    auditNow,
    job: {
      name: 'log.self-audit',
      everyMs: 4 * HOUR_MS,
      isDue: () => isDue(db, clock.now()),
      run: async () => {
        auditNow().catch((err: unknown) => {
          hasFailed = true;
          log.warn({ err }, 'the self-audit failed; it runs again when due');
        });
      },
    },
    async notes() {
      const failed = hasFailed ? ['透明日志自查未能完成，原因见服务日志；到期将再次进行'] : [];
      const last = await latestAudit(db);
      if (!last || last.drifts === 0) return failed;
      // Everybody reads these notes, and what differs may be the days or the number of a bar that is not public.
      const kinds = [...new Set(last.report.drifts.map(({ kind }) => driftWords[kind][0]))].join('、');
      const at = instantText(instant(last.at));
      const found = `透明日志自查（${at}）发现${last.drifts}处不一致（${kinds}）；请运行 npm run verify -- log`;
      return [...failed, found];
    },
    async figures() {
      const last = await latestAudit(db);
      // Seconds, as Prometheus counts time; 0 while no audit has been made.
      return {
        lujian_log_audit_drift: last?.drifts ?? 0,
        lujian_log_audit_at: Math.floor((last?.endedAt ?? 0) / 1000),
      };
    },
  };
}
