import type * as z from 'zod';
import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeOrRetry, changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { addDays, legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Scope, Work } from '../identity';
import type { Notifications } from '../notifications';
import {
  judge,
  requireBasis,
  type Deadlines,
  type PolicyService,
  type Profile,
  type RuleResult,
  type TeamMember,
} from '../policy';
import type { Sanctions } from '../sanctions';
import { createAssignments } from './assignments.service';
import type { commissionRoutes, engagementView, poolEntryView } from './commissions.contract';
import { movePool } from './commissions.rules';
import { Engagement, PoolEntry } from './commissions.store';
import type { EvaluationWork, RegisterFacts } from './facts';
import { createLots } from './lots.service';
import { createReplay } from './replay.service';

export interface CommissionDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Pick<PolicyService, 'profileFor' | 'rehearse'>;
  /** Readiness of the institution on the day, under each of the profiles. */
  readiness(on: Reads, id: string, day: LegalDate, profiles: readonly Profile[]): Promise<RuleResult[][]>;
  /** Staff who count on the day, by every id of the person, as a team's rules ask them. */
  staff(on: Reads, institutionId: string, day: LegalDate): Promise<Map<string, NonNullable<TeamMember['staff']>>>;
  sanctions: Pick<Sanctions, 'checkDoor'>;
  facts: RegisterFacts;
  evaluations: EvaluationWork;
  deadlines: Pick<Deadlines, 'open' | 'close'>;
  tell: Notifications['tell'];
  /** Whose lot or register it becomes: the authority of the acting post. */
  actingAuthority(call: Call): Promise<{ id: string; code: string; name: string }>;
  loadAuthority(on: Reads, id: string): Promise<{ id: string; code: string; name: string }>;
  scope: Scope;
  work: Work;
}

type Body<K extends keyof typeof commissionRoutes> = z.output<NonNullable<(typeof commissionRoutes)[K]['body']>>;
type PoolView = z.infer<typeof poolEntryView>;
type EngagementView = z.infer<typeof engagementView>;

const presentEntry = ({ id, institutionId, authority, state, appliedOn, version }: PoolEntry): PoolView => ({
  id,
  institutionId,
  authority,
  state,
  appliedOn,
  version,
});

const presentEngagement = (e: Engagement): EngagementView => ({
  id: e.id,
  role: e.role,
  subject: { kind: e.subjectKind, id: e.subjectId },
  from: e.from,
  to: e.to,
});

function requireOwnInstitution(call: Call, institutionId: string): void {
  if (call.actor.role === 'institution' && call.actor.institutionId !== institutionId) {
    throw new Problem('request.not-found', { what: '评估机构', id: institutionId });
  }
}

function createPool(deps: CommissionDeps) {
  const { db, command, audit, policy, facts, sanctions } = deps;
  const { clock, ids } = db.sources;

  /** Throws `pool-entry.rule-unmet`. Ties by ownership are looked up only where the profile asks for them. */
  async function requireFitForPool(tx: Tx, institutionId: string, authorityId: string, profile: Profile) {
    if (!Object.values(profile.rules).some((r) => r.kind.scope === 'pool')) return;
    const { organisationId } = await facts.institutions.load(tx, institutionId);
    const tied = await facts.organisations.ownersAndOwned(tx, organisationId, todayOf(clock));
    const relatedApplicants: string[] = [];
    for (const code of tied) {
      const other = await facts.institutions.byCode(tx, code);
      const state = In(['applied', 'admitted']);
      if (other && (await tx.m.existsBy(PoolEntry, { institutionId: other.id, authorityId, state }))) {
        relatedApplicants.push(code);
      }
    }
    const unmet = judge('pool', { relatedApplicants }, profile).find((r) => !r.met && r.effect === 'refuse');
    if (!unmet) return;
    const { title, required, measured, citation, cure } = unmet;
    throw new Problem('pool-entry.rule-unmet', { title, required, measured, citation, cure });
  }

  async function applyToPool(call: Call, body: Body<'applyToPool'>): Promise<PoolView> {
    requireOwnInstitution(call, body.institutionId);
    const { authorityId } = body;
    const authority = authorityId ? await deps.loadAuthority(db, authorityId) : await deps.actingAuthority(call);
    await deps.scope.require(db, call, authority.id, { what: '主管机关', id: authority.id });
    const subject: Subject = { kind: 'institution', id: body.institutionId };
    return command(call, { subjects: () => [subject] }, async (tx) => {
      const { uscc } = await facts.institutions.load(tx, body.institutionId);
      const shut = await sanctions.checkDoor(tx, call, 'pool', [subject]);
      if (shut) return shut;
      const present = await tx.m.findOneBy(PoolEntry, {
        institutionId: body.institutionId,
        authorityId: authority.id,
        state: In(['applied', 'admitted']),
      });
      if (present) throw new Problem('pool-entry.present', { state: present.state });
      const today = legalDateOf(clock.now());
      const profile = await policy.profileFor(tx, authority.code, today);
      // A register needs no approval: the circular creates no licence, and an entry stands after it has lapsed too. A
      // directory decides, and for that it needs a basis.
      const direct = profile.poolMode !== 'directory';
      if (!direct) requireBasis(profile, today, ['pool']);
      await requireFitForPool(tx, body.institutionId, authority.id, profile);
      const entry: PoolEntry = {
        id: ids.timed(),
        institutionId: body.institutionId,
        authority: authority.code,
        authorityId: authority.id,
        state: direct ? 'admitted' : 'applied',
        appliedOn: today,
        endReason: null,
        version: 1,
      };
      await tx.m.insert(PoolEntry, entry);
      if (!direct) {
        const holder = { pool: { role: 'bureau-lead' as const, authorityId: authority.id } };
        await deps.work.open(tx, { kind: 'pool-entry', ref: entry.id, holder });
      }
      await audit.append(tx, call, {
        type: direct ? 'pool-entry.admitted' : 'pool-entry.applied',
        subjects: [`institution:${uscc}`],
        payload: { entry: entry.id, institution: uscc, authority: authority.code },
      });
      if (!direct) {
        const to = { authority: authority.id, role: 'bureau-lead' };
        await deps.tell(tx, { to, kind: 'pool.applied', ref: `pool-entry:${entry.id}` });
      }
      return presentEntry(entry);
    });
  }

  const entryAndInstitution = async (id: string): Promise<Subject[]> => {
    const { institutionId } = await loadRecord(db, PoolEntry, { id }, '名录记录');
    return [
      { kind: 'institution', id: institutionId },
      { kind: 'record', id },
    ];
  };

  const withdrawFromPool = (call: Call, id: string, body: Body<'withdrawFromPool'>): Promise<PoolView> =>
    command(call, { subjects: () => entryAndInstitution(id) }, async (tx) => {
      const entry = await loadRecord(tx, PoolEntry, { id }, '名录记录');
      requireOwnInstitution(call, entry.institutionId);
      await deps.scope.require(tx, call, entry.authorityId, { what: '名录记录', id });
      const state = unwrap(movePool(entry.state, 'withdrawn'));
      await deps.work.close(tx, 'pool-entry', id);
      await changeRecord(tx, PoolEntry, entry, { state, endReason: body.reason });
      const { uscc } = await facts.institutions.load(tx, entry.institutionId);
      await audit.append(tx, call, {
        type: 'pool-entry.withdrawn',
        subjects: [`institution:${uscc}`],
        payload: { entry: id, reason: body.reason },
      });
      return presentEntry(entry);
    });

  /** Institutions see their own entries, authorities those of their scope. */
  async function listPool({ actor }: Call, request: PageRequest): Promise<Page<PoolView>> {
    const query = db.m.createQueryBuilder(PoolEntry, 'entry');
    const authorityIds = await deps.scope.authoritiesOf(actor);
    if (authorityIds) query.andWhere({ authorityId: In([...authorityIds]) });
    else query.andWhere({ institutionId: actor.institutionId ?? '' });
    const keyOf = (e: PoolEntry): [string, string] => [e.appliedOn, e.id];
    return mapPage(await pageBy(query, { sort: 'entry.appliedOn', id: 'entry.id', keyOf }, request), presentEntry);
  }

  return { applyToPool, withdrawFromPool, listPool };
}

function createEngagements(deps: CommissionDeps) {
  const { db, command, audit, facts, sanctions, scope } = deps;
  const { clock, ids } = db.sources;

  /** Every id under which the subject may be engaged: a person's registrations, an institution itself. */
  const idsOf = async (on: Reads, { kind, id }: Pick<Subject, 'kind' | 'id'>): Promise<readonly string[]> =>
    kind === 'person' ? (await facts.experts.together(on, [id])).get(id)!.ids : [id];

  const engage = (call: Call, body: Body<'engage'>): Promise<EngagementView> =>
    command(call, { subjects: () => [body.subject] }, async (tx) => {
      await scope.requireHouse(tx, call, { permission: 'engagement.make' });
      const register = body.subject.kind === 'institution' ? facts.institutions : facts.experts;
      await register.load(tx, body.subject.id);
      if (body.to !== null && body.to < body.from) {
        throw new Problem('engagement.end-before-start', { from: body.from, to: body.to });
      }
      const shut = await sanctions.checkDoor(tx, call, 'engagement', [body.subject]);
      if (shut) return shut;
      const engagement: Engagement = {
        id: ids.timed(),
        subjectKind: body.subject.kind,
        // The first is the registration that stands for the person.
        subjectId: (await idsOf(tx, body.subject))[0]!,
        role: body.role,
        from: legalDate(body.from),
        to: body.to === null ? null : legalDate(body.to),
        version: 1,
      };
      await tx.m.insert(Engagement, engagement);
      const view = presentEngagement(engagement);
      await audit.append(tx, call, { type: 'engagement.made', payload: { engagement: view } });
      return view;
    });

  const endEngagement = (call: Call, id: string, body: Body<'endEngagement'>): Promise<EngagementView> =>
    command(call, { subjects: () => [{ kind: 'record', id }] }, async (tx) => {
      const engagement = await loadRecord(tx, Engagement, { id }, '聘请记录');
      await scope.requireHouse(tx, call, { what: '聘请记录', id });
      if (body.lastDay < engagement.from) {
        throw new Problem('engagement.end-before-start', { from: engagement.from, to: body.lastDay });
      }
      // A later end would be a new engagement, and that one passes the door.
      if (engagement.to !== null && body.lastDay > engagement.to) {
        throw new Problem('engagement.already-ended', { to: engagement.to, lastDay: body.lastDay });
      }
      await changeRecord(tx, Engagement, engagement, { to: legalDate(body.lastDay) });
      await audit.append(tx, call, { type: 'engagement.ended', payload: { engagement: id, lastDay: body.lastDay } });
      return presentEngagement(engagement);
    });

  /**
   * Ends what runs of the subject's engagements; called where its bar is imposed, under its guard. One that would have
   * begun later keeps no day. Returns their ids.
   */
  async function endEngagementsFor(tx: Tx, call: Call, subject: Subject, reason: string): Promise<string[]> {
    const today = legalDateOf(clock.now());
    const { kind } = subject;
    const own = await idsOf(tx, subject);
    const subjectKind = kind as Engagement['subjectKind'];
    const rows = await tx.m.find(Engagement, { where: { subjectKind, subjectId: In([...own]) } });
    const running = rows.filter((e) => e.to === null || e.to >= today);
    for (const e of running) {
      const to = e.from <= today ? today : addDays(e.from, -1);
      await changeOrRetry(tx, Engagement, e, { to });
      await audit.append(tx, call, { type: 'engagement.ended', payload: { engagement: e.id, lastDay: to, reason } });
    }
    return running.map((e) => e.id);
  }

  /** Engagements that name one of these persons, oldest first. */
  const engagementsOfPersons = async (on: Reads, personIds: readonly string[]): Promise<EngagementView[]> => {
    const where = { subjectKind: 'person' as const, subjectId: In([...personIds]) };
    return (await on.m.find(Engagement, { where, order: { from: 'ASC', id: 'ASC' } })).map(presentEngagement);
  };

  return { engage, endEngagement, endEngagementsFor, engagementsOfPersons };
}

/** Pool entries, lots, assignments, conflict statements and engagements. */
export const createCommissions = (deps: CommissionDeps) => ({
  ...createPool(deps),
  ...createLots(deps),
  ...createAssignments(deps),
  ...createEngagements(deps),
  ...createReplay(deps),
});

export type Commissions = ReturnType<typeof createCommissions>;
