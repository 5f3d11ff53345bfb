import type * as z from 'zod';
import { In } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { changeOrRetry, changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { addDays, legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Scope, Work } from '../identity';
import type { Notifications } from '../notifications';
import type { Deadlines, PolicyService, Profile, RuleResult, TeamMember } from '../policy';
import type { Documents } from '../documents';
import type { Sanctions } from '../sanctions';
import { createAssignments } from './assignments.service';
import type { commissionRoutes, engagementView } from './commissions.contract';
import { Engagement } from './commissions.store';
import type { EvaluationWork, RegisterFacts } from './facts';
import { createLots } from './lots.service';
import { createPool } from './pool.service';
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
  files: Pick<Documents, 'attach'>;
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
type EngagementView = z.infer<typeof engagementView>;

const presentEngagement = (e: Engagement): EngagementView => ({
  id: e.id,
  role: e.role,
  subject: { kind: e.subjectKind, id: e.subjectId },
  from: e.from,
  to: e.to,
});

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
      const engagement = await loadRecord(tx, Engagement, { id }, say('聘请记录', 'engagement'));
      await scope.requireHouse(tx, call, { what: say('聘请记录', 'engagement'), id });
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

  async function listEngagements(call: Call, request: PageRequest): Promise<Page<EngagementView>> {
    await scope.requireHouse(db, call, { permission: 'engagement.make' });
    const order = {
      sort: 'e.from',
      id: 'e.id',
      descending: true,
      keyOf: (e: Engagement): [string, string] => [e.from, e.id],
    };
    return mapPage(await pageBy(db.m.createQueryBuilder(Engagement, 'e'), order, request), presentEngagement);
  }

  return { engage, endEngagement, endEngagementsFor, engagementsOfPersons, listEngagements };
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
