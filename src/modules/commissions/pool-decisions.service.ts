import { personsBehind, type Call } from '../../kernel/call';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { legalDateOf, type LegalDate } from '../../kernel/pure/time';
import { requireBasis, type RuleResult } from '../policy';
import { PoolEntry } from './commissions.store';
import {
  judgeDecider,
  judgeDecisionDay,
  judgeFitness,
  judgeOutcome,
  judgeRefusal,
  movePoolDecision,
} from './pool.rules';
import type { PoolBody, PoolDeps } from './pool.service';
import { openDecisionOf, PoolDecision } from './pool.store';
import { presentDetail, type PoolDetail } from './pool.views';

/** What a decision leaves in the log, by its outcome. */
const eventOf = {
  admit: 'pool-entry.admitted',
  refuse: 'pool-entry.refused',
  remove: 'pool-entry.removed',
} as const;

/** Admission, refusal and removal: one officer proposes, another decides, on the rules and facts of the paper's day. */
export function createPoolDecisions(deps: PoolDeps) {
  const { db, command, audit, policy, facts, sanctions, pool } = deps;
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  /** May this be decided of the entry, by the rules of that day? With every rule's answer. */
  async function judged(tx: Tx, entry: PoolEntry, asked: Pick<PoolDecision, 'outcome' | 'decidedOn'>) {
    const { outcome, decidedOn } = asked;
    const state = unwrap(judgeOutcome(entry.state, outcome));
    const profile = await policy.profileFor(tx, entry.authority, decidedOn);
    requireBasis(profile, decidedOn, ['pool', 'readiness']);
    const [readiness] = await deps.readiness(tx, entry.institutionId, decidedOn, [profile]);
    const answers = { readiness: readiness!, pool: await pool.poolAnswers(tx, entry, decidedOn, profile) };
    unwrap(judgeRefusal(outcome, answers.pool, decidedOn, profile));
    unwrap(judgeFitness(outcome, answers, decidedOn, profile));
    const rules: RuleResult[] = [...answers.readiness, ...answers.pool];
    return { state, profile: profile.id, rules };
  }

  const settling = (call: Call) => ({
    settledBy: call.actor.accountId,
    settledFor: call.actor.deputy?.forAccountId ?? null,
    settledAt: clock.now(),
  });

  const unmetOf = (rules: readonly RuleResult[]): string[] => rules.filter((r) => !r.met).map((r) => r.rule);

  const proposePoolDecision = (call: Call, id: string, body: PoolBody<'proposePoolDecision'>): Promise<PoolDetail> =>
    command(call, { subjects: () => pool.subjectsOfEntry(id) }, async (tx) => {
      const entry = await pool.loadOwn(tx, call, id);
      unwrap(judgeDecisionDay(entry, body, today()));
      const { profile, rules } = await judged(tx, entry, body);
      const before = await openDecisionOf(tx, id);
      if (before) {
        const state = unwrap(movePoolDecision(before.state, 'superseded'));
        await changeRecord(tx, PoolDecision, before, { ...settling(call), state });
      }
      const proposal: PoolDecision = {
        ...body,
        id: ids.timed(),
        entryId: id,
        state: 'proposed',
        profile,
        rules,
        proposedBy: call.actor.accountId!,
        proposedFor: call.actor.deputy?.forAccountId ?? null,
        proposedAt: clock.now(),
        settledBy: null,
        settledFor: null,
        settledAt: null,
        returnReason: null,
        scanFileId: null,
        version: 1,
      };
      await tx.m.insert(PoolDecision, proposal);
      // The next version: whoever decides confirms exactly the proposal that he read.
      await changeRecord(tx, PoolEntry, entry, {});
      await pool.handTo(tx, entry, 'bureau-lead');
      const { outcome, decisionNumber, decidedOn } = body;
      const payload = { poolEntry: id, decision: proposal.id, outcome, decisionNumber, decidedOn, profile };
      await audit.append(tx, call, {
        type: 'pool-entry.decision-proposed',
        payload: { ...payload, unmet: unmetOf(rules) },
      });
      return presentDetail(tx, call.actor, entry);
    });

  async function loadProposal(tx: Tx, call: Call, id: string, version: number) {
    const entry = await pool.loadOwn(tx, call, id);
    const proposal = await openDecisionOf(tx, id);
    if (!proposal) throw new Problem('pool-entry.not-proposed');
    expectVersion(entry, version);
    return { entry, proposal };
  }

  const returnPoolDecision = (
    call: Call,
    id: string,
    { reason }: PoolBody<'returnPoolDecision'>,
    version: number,
  ): Promise<PoolDetail> =>
    command(call, { subjects: () => pool.subjectsOfEntry(id) }, async (tx) => {
      const { entry, proposal } = await loadProposal(tx, call, id, version);
      const state = unwrap(movePoolDecision(proposal.state, 'returned'));
      await changeRecord(tx, PoolDecision, proposal, { ...settling(call), state, returnReason: reason });
      await changeRecord(tx, PoolEntry, entry, {});
      // Of one that is in the register nothing waits once the removal was given back.
      if (entry.state === 'applied') await pool.handTo(tx, entry, 'bureau');
      else await deps.work.close(tx, 'pool-entry', id);
      const payload = { poolEntry: id, decision: proposal.id, reason };
      await audit.append(tx, call, { type: 'pool-entry.decision-returned', payload });
      return presentDetail(tx, call.actor, entry);
    });

  const decidePool = (
    call: Call,
    id: string,
    { scanFileId }: PoolBody<'decidePool'>,
    version: number,
  ): Promise<PoolDetail> =>
    command(call, { subjects: () => pool.subjectsOfEntry(id) }, async (tx) => {
      const { entry, proposal } = await loadProposal(tx, call, id, version);
      const { outcome, decisionNumber, decidedOn, proposedBy, proposedFor } = proposal;
      unwrap(judgeDecider(personsBehind(call.actor), [proposedBy, ...(proposedFor ? [proposedFor] : [])]));
      if (outcome === 'admit') {
        const party = { kind: 'institution' as const, id: entry.institutionId };
        const shut = await sanctions.checkDoor(tx, call, 'pool', [party]);
        if (shut) return shut;
      }
      if (scanFileId !== undefined) await deps.files.attach(tx, call, scanFileId, { kind: 'pool-entry', ref: id });
      // Measured anew: what is kept with the decision is what was known when it was made.
      const { state, profile, rules } = await judged(tx, entry, proposal);
      const settled = { ...settling(call), profile, rules, scanFileId: scanFileId ?? null };
      const closed = unwrap(movePoolDecision(proposal.state, 'decided'));
      await changeRecord(tx, PoolDecision, proposal, { ...settled, state: closed });
      const days = outcome === 'admit' ? { admittedOn: decidedOn } : { endedOn: decidedOn };
      await changeRecord(tx, PoolEntry, entry, { state, ...days });
      await deps.work.close(tx, 'pool-entry', id);
      const { uscc } = await facts.institutions.load(tx, entry.institutionId);
      const payload = { institution: uscc, authority: entry.authority, outcome, decisionNumber, decidedOn, profile };
      await audit.append(tx, call, {
        type: eventOf[outcome],
        ...(outcome === 'refuse' ? {} : { subjects: [`institution:${uscc}`] }),
        payload: { poolEntry: id, decision: proposal.id, ...payload, unmet: unmetOf(rules) },
      });
      const to = { institutionId: entry.institutionId };
      await deps.tell(tx, { to, kind: 'pool.decided', ref: `pool-entry:${id}` });
      return presentDetail(tx, call.actor, entry);
    });

  return { proposePoolDecision, returnPoolDecision, decidePool };
}
