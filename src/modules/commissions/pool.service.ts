import type * as z from 'zod';
import { In, IsNull } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeRecord, loadRecord, type MayRead } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { type Wording, say } from '../../kernel/pure/wording';
import { legalDateOf, type LegalDate } from '../../kernel/pure/time';
import { mayActor, type Role } from '../identity';
import { organisationGuard } from '../organisations';
import { judge, requireBasis, wordsOf, type Profile, type RuleResult } from '../policy';
import type { CommissionDeps } from './commissions.service';
import { poolStanding } from './commissions.rules';
import { PoolEntry } from './commissions.store';
import type { poolRoutes } from './pool.contract';
import { createPoolDecisions } from './pool-decisions.service';
import { judgeLeaving, movePoolDecision, needsPerson, relatedBy } from './pool.rules';
import { openDecisionOf, PoolDecision } from './pool.store';
import { presentDetail, presentEntry, type PoolDetail, type PoolView } from './pool.views';

export type PoolBody<K extends keyof typeof poolRoutes> = z.output<NonNullable<(typeof poolRoutes)[K]['body']>>;
export type PoolDeps = CommissionDeps & { pool: ReturnType<typeof createPoolAsking> };

const WHAT = say('名录记录', 'pool entry');

/** Applicants of one register meet here: of two that are related the second sees the first. */
const registerGuard = (authorityId: string | null): Subject => ({
  kind: 'record',
  id: `pool-${authorityId ?? 'house'}`,
});

function requireOwnInstitution(call: Call, institutionId: string, id: string, what: Wording): void {
  if (call.actor.role === 'institution' && call.actor.institutionId !== institutionId) {
    throw new Problem('request.not-found', { what, id });
  }
}

/** What entering and deciding ask alike. */
function createPoolAsking({ db, facts, scope, work, tell }: CommissionDeps) {
  const { clock } = db.sources;

  /** Answers of the rules about the register itself. Ties are looked up only where the profile asks for them. */
  async function poolAnswers(
    on: Reads,
    of: { institutionId: string; authorityId: string | null },
    day: LegalDate,
    profile: Profile,
  ): Promise<RuleResult[]> {
    if (!Object.values(profile.rules).some((r) => r.kind.scope === 'pool')) return [];
    const { organisationId } = await facts.institutions.load(on, of.institutionId);
    const where = { authorityId: of.authorityId ?? IsNull(), state: In(['applied', 'admitted']) };
    const others = (await on.m.findBy(PoolEntry, where)).filter((e) => e.institutionId !== of.institutionId);
    const bodies = await facts.institutions.bodiesOf(
      on,
      others.map((e) => e.institutionId),
    );
    const ties = await facts.organisations.tiesOf(on, organisationId, bodies, { ...todayOf(clock), asOf: day });
    return judge('pool', relatedBy(ties), profile);
  }

  /** The institution, the body that it is, its register, and the record if there is one. */
  async function subjectsOf(institutionId: string, authorityId: string | null, entryId?: string): Promise<Subject[]> {
    const { organisationId } = await facts.institutions.load(db, institutionId);
    const record: Subject[] = entryId === undefined ? [] : [{ kind: 'record', id: entryId }];
    return [
      { kind: 'institution', id: institutionId },
      organisationGuard(organisationId),
      registerGuard(authorityId),
      ...record,
    ];
  }

  async function subjectsOfEntry(id: string): Promise<Subject[]> {
    const { institutionId, authorityId } = await loadRecord(db, PoolEntry, { id }, WHAT);
    return subjectsOf(institutionId, authorityId, id);
  }

  /** Institutions have their own entries, authorities those of their scope; to others they do not exist. */
  async function loadOwn(on: Reads, call: Call, id: string): Promise<PoolEntry> {
    const entry = await loadRecord(on, PoolEntry, { id }, WHAT);
    requireOwnInstitution(call, entry.institutionId, id, WHAT);
    await scope.require(on, call, entry.authorityId, { what: WHAT, id });
    return entry;
  }

  /** Whose turn it is, and word to them. */
  async function handTo(tx: Tx, { id, authority, authorityId }: PoolEntry, role: Role): Promise<void> {
    await work.open(tx, { kind: 'pool-entry', ref: id, holder: { pool: { role, authorityId } } });
    await tell(tx, {
      to: { authority: authorityId ?? authority, role },
      kind: 'pool.applied',
      ref: `pool-entry:${id}`,
    });
  }

  return { poolAnswers, subjectsOf, subjectsOfEntry, loadOwn, handTo };
}

export function createPool(deps: CommissionDeps) {
  const { db, command, audit, policy, facts, sanctions } = deps;
  const { clock, ids } = db.sources;
  const pool = createPoolAsking(deps);

  const newEntry = (
    institutionId: string,
    authority: { id: string; code: string },
    today: LegalDate,
    direct: boolean,
  ): PoolEntry => ({
    id: ids.timed(),
    institutionId,
    authority: authority.code,
    authorityId: authority.id,
    state: direct ? 'admitted' : 'applied',
    appliedOn: today,
    admittedOn: direct ? today : null,
    endedOn: null,
    endReason: null,
    endPaper: null,
    version: 1,
  });

  /** Throws `pool-entry.rule-unmet`. */
  function requireFitForPool(answers: readonly RuleResult[]): void {
    const unmet = answers.find((r) => !r.met && r.effect === 'refuse');
    if (!unmet) return;
    throw new Problem('pool-entry.rule-unmet', wordsOf(unmet));
  }

  async function applyToPool(call: Call, body: PoolBody<'applyToPool'>): Promise<PoolView> {
    const { institutionId, authorityId } = body;
    requireOwnInstitution(call, institutionId, institutionId, say('评估机构', 'institution'));
    const authority = authorityId ? await deps.loadAuthority(db, authorityId) : await deps.actingAuthority(call);
    await deps.scope.require(db, call, authority.id, { what: say('主管机关', 'authority'), id: authority.id });
    const institution: Subject = { kind: 'institution', id: institutionId };
    return command(call, { subjects: () => pool.subjectsOf(institutionId, authority.id) }, async (tx) => {
      const { uscc } = await facts.institutions.load(tx, institutionId);
      const shut = await sanctions.checkDoor(tx, call, 'pool', [institution]);
      if (shut) return shut;
      const where = { institutionId, authorityId: authority.id, state: In(['applied', 'admitted']) };
      const present = await tx.m.findOneBy(PoolEntry, where);
      if (present) throw new Problem('pool-entry.present', poolStanding(present.state));
      const today = legalDateOf(clock.now());
      const profile = await policy.profileFor(tx, authority.code, today);
      // A register needs no approval: the circular creates no licence, and an entry stands after it has lapsed too. A
      // directory decides, and for that it needs a basis.
      if (profile.poolMode === 'directory') requireBasis(profile, today, ['pool']);
      const answers = await pool.poolAnswers(tx, { institutionId, authorityId: authority.id }, today, profile);
      requireFitForPool(answers);
      const direct = profile.poolMode !== 'directory' && !needsPerson(answers, profile);
      const entry = newEntry(institutionId, authority, today, direct);
      await tx.m.insert(PoolEntry, entry);
      await audit.append(tx, call, {
        type: direct ? 'pool-entry.admitted' : 'pool-entry.applied',
        subjects: [`institution:${uscc}`],
        payload: { entry: entry.id, institution: uscc, authority: authority.code },
      });
      // It waits for the officer who proposes what becomes of it.
      if (!direct) await pool.handTo(tx, entry, 'bureau');
      return presentEntry(entry);
    });
  }

  const withdrawFromPool = (call: Call, id: string, body: PoolBody<'withdrawFromPool'>): Promise<PoolView> =>
    command(call, { subjects: () => pool.subjectsOfEntry(id) }, async (tx) => {
      const entry = await pool.loadOwn(tx, call, id);
      const today = legalDateOf(clock.now());
      const profile = await policy.profileFor(tx, entry.authority, today);
      const { reason, paper } = body;
      const leaving = { byInstitution: call.actor.role === 'institution', paper };
      const state = unwrap(judgeLeaving(entry, leaving, profile));
      await deps.work.close(tx, 'pool-entry', id);
      const open = await openDecisionOf(tx, id);
      if (open) {
        const superseded = unwrap(movePoolDecision(open.state, 'superseded'));
        await changeRecord(tx, PoolDecision, open, { state: superseded, settledAt: clock.now() });
      }
      await changeRecord(tx, PoolEntry, entry, {
        state,
        endedOn: today,
        endReason: reason,
        endPaper: paper ?? null,
      });
      const { uscc } = await facts.institutions.load(tx, entry.institutionId);
      await audit.append(tx, call, {
        type: 'pool-entry.withdrawn',
        subjects: [`institution:${uscc}`],
        payload: { entry: id, reason, ...(paper === undefined ? {} : { paper }) },
      });
      return presentEntry(entry);
    });

  const showPoolEntry = async (call: Call, id: string): Promise<PoolDetail> =>
    presentDetail(db, call.actor, await pool.loadOwn(db, call, id));

  interface Wanted {
    state?: PoolView['state'];
    institutionId?: string;
    asOf?: LegalDate;
  }

  /** Institutions see their own entries, authorities those of their scope. */
  async function listPool({ actor }: Call, asked: PageRequest & Wanted): Promise<Page<PoolView>> {
    const { state, institutionId, asOf, ...request } = asked;
    const query = db.m.createQueryBuilder(PoolEntry, 'entry');
    const authorityIds = await deps.scope.authoritiesOf(actor);
    if (authorityIds) query.andWhere({ authorityId: In([...authorityIds]) });
    else query.andWhere({ institutionId: actor.institutionId ?? '' });
    if (state) query.andWhere({ state });
    if (institutionId !== undefined) query.andWhere('entry.institutionId = :of', { of: institutionId });
    if (asOf) {
      query.andWhere('entry.admittedOn <= :asOf', { asOf });
      query.andWhere('(entry.endedOn IS NULL OR entry.endedOn > :asOf)');
    }
    const keyOf = (e: PoolEntry): [string, string] => [e.appliedOn, e.id];
    return mapPage(await pageBy(query, { sort: 'entry.appliedOn', id: 'entry.id', keyOf }, request), presentEntry);
  }

  /** Who may read the records on which stored files hang: the institution is told of a decision, not shown its scan. */
  const fileReaders = {
    'pool-entry': async (on, actor, id) => {
      if (!mayActor(actor, 'pool.read') || actor.role === 'institution') return false;
      const entry = await on.m.findOneBy(PoolEntry, { id });
      return entry !== null && deps.scope.includes(on, actor, entry.authorityId);
    },
  } satisfies Record<string, MayRead>;

  return {
    ...{ applyToPool, withdrawFromPool, showPoolEntry, listPool, fileReaders },
    ...createPoolDecisions({ ...deps, pool }),
  };
}
