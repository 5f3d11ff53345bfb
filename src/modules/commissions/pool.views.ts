import type * as z from 'zod';
import type { Actor } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { instantText } from '../../kernel/pure/time';
import { allMet } from '../policy';
import type { PoolEntry } from './commissions.store';
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
