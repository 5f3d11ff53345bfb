import { Column, Entity } from 'typeorm';
import { col } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import type { FindingsReport } from './drift';
import type { SeenHead } from './self-audit';

/** One run of the self-audit; never changed. */
@Entity('log_audit')
export class LogAudit implements SeenHead {
  @Column(col.key(36)) id: string;
  @Column(col.at()) at: number;
  @Column({ ...col.at(), name: 'ended_at' }) endedAt: number;
  @Column(col.int()) generation: number;
  /** Entries under the signed head that it went up to. */
  @Column(col.big()) size: number;
  @Column(col.text(64)) root: string;
  @Column(col.big()) drifts: number;
  @Column(col.json()) report: FindingsReport;
}

export const latestAudit = async (on: Reads): Promise<LogAudit | undefined> =>
  (await on.m.find(LogAudit, { order: { id: 'DESC' }, take: 1 }))[0];

/** Drifts that a row keeps: it holds 65,535 bytes. */
const KEPT = 20;

export async function insertAudit(tx: Tx, audit: LogAudit): Promise<void> {
  const report = { ...audit.report, drifts: audit.report.drifts.slice(0, KEPT) };
  await tx.m.insert(LogAudit, { ...audit, report });
}
