import { In, type SelectQueryBuilder } from 'typeorm';
import type * as z from 'zod';
import type { Actor } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { instantText } from '../../kernel/pure/time';
import { allMet } from '../policy';
import { PoolEntry } from './commissions.store';
import type { poolEntryDetail, poolEntryView, PoolDecisionView } from './pool.contract';
import { decisionsOf, type PoolDecision } from './pool.store';

export type PoolView = z.infer<typeof poolEntryView>;
export type PoolDetail = z.input<typeof poolEntryDetail>;

export const presentEntry = (e: PoolEntry): PoolView => ({
  id: e.id,
  institutionId: e.institutionId,
  authority: e.authority,
  state: e.state,
  appliedOn: e.appliedOn,
  admittedOn: e.admittedOn,
  endedOn: e.endedOn,
  endReason: e.endReason,
  version: e.version,
});

/** Who proposed and who decided is the authority's own matter: the decision is the authority's, never one person's. */
const presentDecision = (d: PoolDecision, toInstitution: boolean): PoolDecisionView => ({
  id: d.id,
  outcome: d.outcome,
  state: d.state,
  decisionNumber: d.decisionNumber,
  decidedOn: d.decidedOn,
  reasons: d.reasons,
  publicNotice: d.publicNotice,
  profile: d.profile,
  ready: allMet(d.rules),
  rules: d.rules,
  proposedBy: toInstitution ? null : d.proposedBy,
  proposedAt: instantText(d.proposedAt),
  settledBy: toInstitution ? null : d.settledBy,
  settledAt: d.settledAt === null ? null : instantText(d.settledAt),
  returnReason: d.returnReason,
  scanFileId: toInstitution ? null : d.scanFileId,
});

/** The institution sees what was decided, not what is being prepared. */
export async function presentDetail(on: Reads, actor: Actor, entry: PoolEntry): Promise<PoolDetail> {
  const toInstitution = actor.role === 'institution';
  const all = await decisionsOf(on, entry.id);
  const shown = toInstitution ? all.filter((d) => d.state === 'decided') : all;
  return { ...presentEntry(entry), decisions: shown.map((d) => presentDecision(d, toInstitution)) };
}

const admittedTo = (on: Reads, authorityIds: readonly string[]): SelectQueryBuilder<PoolEntry> =>
  on.m.createQueryBuilder(PoolEntry, 'entry').where({ state: 'admitted', authorityId: In([...authorityIds]) });

/** How many institutions are in the registers of these authorities, each counted once. */
export async function countAdmitted(on: Reads, authorityIds: readonly string[]): Promise<number> {
  const row = await admittedTo(on, authorityIds)
    .select('COUNT(DISTINCT entry.institutionId)', 'n')
    .getRawOne<{ n: unknown }>();
  return Number(row!.n);
}

/** Institutions in the registers of these authorities, by id, each once: at most `limit` beyond `after`. */
export async function admittedBeyond(
  on: Reads,
  authorityIds: readonly string[],
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const query = admittedTo(on, authorityIds);
  if (after !== undefined) query.andWhere('entry.institutionId > :after', { after });
  const rows = await query
    .select('entry.institutionId', 'id')
    .groupBy('entry.institutionId')
    .orderBy('entry.institutionId')
    .limit(limit)
    .getRawMany<{ id: string }>();
  return rows.map((r) => r.id);
}
