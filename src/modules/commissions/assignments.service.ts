import { In, LessThan } from 'typeorm';
import type * as z from 'zod';
import { systemCall, type Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeOrRetry, changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { addYears, daysBetween, instantText, legalDate, legalDateOf } from '../../kernel/pure/time';
import { organisationGuard } from '../organisations';
import { carryingOn, coolingOffYears, settingOf } from '../policy';
import type { assignmentDetail, assignmentView, commissionRoutes, conflictStatement } from './commissions.contract';
import { judgeConflict, judgeOffer, moveAssignment, resumeAssignment, type OfferFacts } from './commissions.rules';
import type { CommissionDeps } from './commissions.service';
import { type AssignmentState } from './commissions.states';
import {
  Assignment,
  AssignmentMine,
  candidatesOfLot,
  ConflictStatement,
  type Lot,
  minesHeld,
  minesOfAssignment,
  minesOfLot,
} from './commissions.store';
import { loadLot, moveLotTo, requireAdmitted } from './lots.service';

type Body<K extends keyof typeof commissionRoutes> = z.output<NonNullable<(typeof commissionRoutes)[K]['body']>>;
export type AssignmentView = z.infer<typeof assignmentView>;
type AssignmentDetail = z.infer<typeof assignmentDetail>;

export const loadAssignment = (on: Reads, id: string): Promise<Assignment> =>
  loadRecord(on, Assignment, { id }, say('委托单', 'assignment'));

/** An institution sees and answers its own assignments only; to others they do not exist. */
function requireOwn(call: Call, assignment: Assignment): void {
  const { role, institutionId } = call.actor;
  const outsider = role === 'institution' || role === 'seal-keeper';
  if (outsider && institutionId !== assignment.institutionId) {
    throw new Problem('request.not-found', { what: say('委托单', 'assignment'), id: assignment.id });
  }
}

export function createAssignments(deps: CommissionDeps) {
  const { db, command, audit, policy, facts, sanctions, evaluations, scope } = deps;
  const { clock, ids } = db.sources;

  /** Own institution, or an authority in whose scope the lot lies. */
  async function requireVisible(on: Reads, call: Call, assignment: Assignment): Promise<void> {
    requireOwn(call, assignment);
    const { authorityId } = await loadLot(on, assignment.lotId);
    await scope.require(on, call, authorityId, { what: say('委托单', 'assignment'), id: assignment.id });
  }

  async function present(on: Reads, a: Assignment): Promise<AssignmentView> {
    const { id, lotId, institutionId, state, answerBy, endReason, version } = a;
    const evaluationIds = (await evaluations.idsOf(on, [id])).get(id) ?? [];
    return {
      id,
      lotId,
      institutionId,
      mineIds: await minesOfAssignment(on, id),
      evaluationIds,
      state,
      offeredAt: instantText(a.offeredAt),
      answerBy,
      endReason,
      version,
    };
  }

  async function independenceFacts(tx: Tx, lot: Lot, institutionId: string, mineIds: readonly string[]) {
    const moment = todayOf(clock);
    const today = moment.asOf;
    const profile = carryingOn(await policy.profileFor(tx, lot.authority, today));
    const since = addYears(today, -(settingOf(profile, coolingOffYears)?.value ?? 0));
    const institution = await facts.institutions.load(tx, institutionId);
    const body = await facts.organisations.at(tx, institution.organisationId, moment);
    const mines: OfferFacts['mines'][number][] = [];
    for (const id of mineIds) {
      mines.push({ id, operators: await facts.mines.operatorsWithin(tx, id, since, today) });
    }
    const publicClass = body?.publicInstitutionClass ?? null;
    return { profile, facts: { institution: { ...institution, publicClass }, mines, today } };
  }

  /** The institution and the body that it is: a change of either may turn an offer to "no". */
  async function partyOf(institutionId: string): Promise<Subject[]> {
    const { organisationId } = await facts.institutions.load(db, institutionId);
    return [{ kind: 'institution', id: institutionId }, organisationGuard(organisationId)];
  }

  /** Offers that wait hold their mines; once taken up, the evaluations do, until they are rejected or voided. */
  const takenOf = async (tx: Tx, lotId: string, mineIds: readonly string[]): Promise<string[]> => {
    const waiting = await minesHeld(tx, lotId, mineIds, ['offered', 'frozen']);
    return [...new Set([...waiting, ...(await evaluations.minesInWork(tx, lotId, mineIds))])].sort();
  };

  /** The institution owes an answer by the day that the offer names. */
  async function oweAnswer(
    tx: Tx,
    { id, institutionId, answerBy }: Pick<Assignment, 'id' | 'institutionId' | 'answerBy'>,
  ): Promise<void> {
    const startsOn = legalDateOf(clock.now());
    const days = Math.max(0, daysBetween(startsOn, answerBy));
    const term = { startsOn, days, unit: 'calendar' as const, roll: false };
    await deps.deadlines.open(tx, { kind: 'assignment.answer', ref: id, ...term, holders: [{ institutionId }] });
  }

  /** What an offer leaves beside itself: its entry, the institution's deadline, and word of both. */
  const recordOffer = async (
    tx: Tx,
    call: Call,
    { id, lotId, institutionId, answerBy }: Assignment,
    { mineIds, uscc }: { mineIds: readonly string[]; uscc: string },
  ): Promise<void> => {
    await audit.append(tx, call, {
      type: 'assignment.offered',
      subjects: [`lot:${lotId}`, `institution:${uscc}`],
      payload: { assignment: id, lot: lotId, institution: uscc, mines: [...mineIds], answerBy },
    });
    await oweAnswer(tx, { id, institutionId, answerBy });
    const notice = { deadline: answerBy, ref: `assignment:${id}` };
    await deps.tell(tx, { to: { institutionId }, kind: 'assignment.offered', ...notice });
  };

  const newOffer = (lotId: string, institutionId: string, answerBy: Assignment['answerBy']): Assignment => ({
    id: ids.timed(),
    lotId,
    institutionId,
    state: 'offered',
    stateBefore: null,
    answerBy,
    offeredAt: clock.now(),
    endReason: null,
    version: 1,
  });

  const offer = (call: Call, lotId: string, body: Body<'offer'>): Promise<AssignmentView> =>
    command(
      call,
      {
        subjects: async () => [...(await partyOf(body.institutionId)), { kind: 'record', id: lotId }],
      },
      async (tx) => {
        const institution: Subject = { kind: 'institution', id: body.institutionId };
        const mineIds = [...new Set(body.mineIds)].sort();
        const lot = await loadLot(tx, lotId);
        await scope.require(tx, call, lot.authorityId, { what: say('批次', 'lot'), id: lotId });
        const { facts: common, profile } = await independenceFacts(tx, lot, body.institutionId, mineIds);
        const shut = await sanctions.checkDoor(tx, call, 'assignment', [institution]);
        if (shut) return shut;
        const offerFacts: OfferFacts = {
          ...common,
          lot: {
            state: lot.state,
            mineIds: await minesOfLot(tx, lotId),
            candidateIds: await candidatesOfLot(tx, lotId),
            governmentPurchase: lot.purchaseMethod === 'government-purchase',
          },
          taken: await takenOf(tx, lotId, mineIds),
          answerBy: legalDate(body.answerBy),
        };
        // The lot's opening was the decision and had its basis; what carries it out goes on after that has lapsed.
        if (profile.poolMode !== 'none') await requireAdmitted(tx, lot, [body.institutionId]);
        unwrap(judgeOffer(offerFacts, profile));
        const assignment = newOffer(lotId, body.institutionId, offerFacts.answerBy);
        await tx.m.insert(Assignment, assignment);
        await tx.m.insert(
          AssignmentMine,
          mineIds.map((mineId) => ({ assignmentId: assignment.id, mineId })),
        );
        const holder = { pool: { role: 'institution' as const, institutionId: body.institutionId } };
        await deps.work.open(tx, { kind: 'assignment', ref: assignment.id, holder });
        if (lot.state !== 'under-way') await moveLotTo(tx, lot, 'under-way');
        await recordOffer(tx, call, assignment, { mineIds, uscc: common.institution.uscc });
        return present(tx, assignment);
      },
    );

  /** Loads under guard, checks ownership, moves, records; `work` says what else belongs to the move. */
  const moving = (
    call: Call,
    id: string,
    wanted: AssignmentState | 'resumed',
    event: string,
    work: (tx: Tx, a: Assignment) => Promise<{ patch?: Partial<Assignment>; payload?: Record<string, unknown> }>,
    door = false,
  ): Promise<AssignmentView> => {
    let institution: Subject;
    const subjects = async (): Promise<Subject[]> => {
      institution = { kind: 'institution', id: (await loadAssignment(db, id)).institutionId };
      const parties = door ? await partyOf(institution.id) : [institution];
      return [...parties, { kind: 'record', id }];
    };
    return command(call, { subjects }, async (tx) => {
      const assignment = await loadAssignment(tx, id);
      await requireVisible(tx, call, assignment);
      const shut = door ? await sanctions.checkDoor(tx, call, 'assignment', [institution]) : undefined;
      if (shut) return shut;
      const target = unwrap(
        wanted === 'resumed' ? resumeAssignment(assignment) : moveAssignment(assignment.state, wanted),
      );
      const { patch = {}, payload = {} } = await work(tx, assignment);
      await changeRecord(tx, Assignment, assignment, { stateBefore: null, ...patch, state: target });
      // The offer waits for its answer, a frozen one too: it may come back.
      if (target !== 'offered') await deps.work.close(tx, 'assignment', id);
      if (target === 'offered') await oweAnswer(tx, assignment);
      else await deps.deadlines.close(tx, 'assignment.answer', id);
      await audit.append(tx, call, {
        type: event,
        subjects: [`lot:${assignment.lotId}`],
        payload: { assignment: id, ...payload },
      });
      return present(tx, assignment);
    });
  };

  const takeUp = (call: Call, id: string, body: Body<'takeUp'>): Promise<AssignmentView> =>
    moving(
      call,
      id,
      'taken-up',
      'assignment.taken-up',
      async (tx, a) => {
        const lot = await loadLot(tx, a.lotId);
        const mineIds = await minesOfAssignment(tx, id);
        const { facts: common, profile } = await independenceFacts(tx, lot, a.institutionId, mineIds);
        if (a.answerBy < common.today) throw new Problem('assignment.answer-late', { answerBy: a.answerBy });
        // The statement does not replace the check: what the register knows is asked again at this door.
        unwrap(judgeConflict(common, profile));
        await tx.m.insert(ConflictStatement, {
          id: ids.timed(),
          assignmentId: id,
          accountId: call.actor.accountId,
          statedAt: clock.now(),
          statement: body.statement as never,
        });
        const task = {
          assignmentId: id,
          lotId: a.lotId,
          institutionId: a.institutionId,
          purpose: lot.purpose,
          mineIds,
        };
        await evaluations.open(tx, call, task);
        return { payload: { statement: body.statement } };
      },
      true,
    );

  const decline = (call: Call, id: string, body: Body<'decline'>): Promise<AssignmentView> =>
    moving(call, id, 'declined', 'assignment.declined', async () => ({
      patch: { endReason: body.reason },
      payload: { reason: body.reason },
    }));

  const release = (call: Call, id: string, body: Body<'release'>): Promise<AssignmentView> =>
    moving(call, id, 'released', 'assignment.released', async (tx) => {
      await evaluations.voidAll(tx, call, id, body.reason);
      return { patch: { endReason: body.reason }, payload: { reason: body.reason } };
    });

  const resume = (call: Call, id: string, body: Body<'resume'>): Promise<AssignmentView> =>
    moving(call, id, 'resumed', 'assignment.resumed', async () => ({ payload: { reason: body.reason } }), true);

  /**
   * Work that goes on needs its assignment: called by evaluations when one of them is resumed. Requires the guards of
   * the institution and of the assignment, and the institution's door passed.
   */
  async function resumeWith(tx: Tx, call: Call, id: string, reason: string): Promise<void> {
    const a = await loadAssignment(tx, id);
    if (a.state !== 'frozen') return;
    const state = unwrap(resumeAssignment(a));
    await changeRecord(tx, Assignment, a, { state, stateBefore: null });
    const payload = { assignment: id, reason };
    await audit.append(tx, call, { type: 'assignment.resumed', subjects: [`lot:${a.lotId}`], payload });
  }

  /** Freezes the institution's open assignments; called where its bar is imposed, in that transaction. */
  async function freezeFor(tx: Tx, call: Call, institutionId: string, reason: string): Promise<string[]> {
    const open = await tx.m.find(Assignment, { where: { institutionId, state: In(['offered', 'taken-up']) } });
    const offer = open.find((a) => a.state === 'offered');
    for (const a of open) {
      await changeOrRetry(tx, Assignment, a, { state: 'frozen', stateBefore: a.state });
      await deps.deadlines.close(tx, 'assignment.answer', a.id);
      const payload = { assignment: a.id, reason };
      await audit.append(tx, call, { type: 'assignment.frozen', subjects: [`lot:${a.lotId}`], payload });
    }
    // Of what is under way evaluations tell; an offer that waits has none yet.
    if (offer) await deps.tell(tx, { to: { institutionId }, kind: 'work.frozen', ref: `assignment:${offer.id}` });
    return open.map((a) => a.id);
  }

  /** Called by evaluations when the last one of the assignment has ended. */
  async function fulfil(tx: Tx, call: Call, id: string): Promise<void> {
    const a = await loadAssignment(tx, id);
    if (a.state !== 'taken-up') return;
    await changeRecord(tx, Assignment, a, { state: 'fulfilled' });
    await audit.append(tx, call, {
      type: 'assignment.fulfilled',
      subjects: [`lot:${a.lotId}`],
      payload: { assignment: id },
    });
  }

  /** Offers whose day of answer has passed lapse; each in a transaction of its own. Returns how many. */
  async function lapseOverdue(): Promise<number> {
    const today = legalDateOf(clock.now());
    const due = await db.m.find(Assignment, {
      where: { state: 'offered', answerBy: LessThan(today) },
      order: { answerBy: 'ASC', id: 'ASC' },
      take: 500,
    });
    let lapsed = 0;
    for (const a of due) {
      const work = async () => ({ payload: { answerBy: a.answerBy } });
      try {
        await moving(systemCall(ids.timed()), a.id, 'lapsed', 'assignment.lapsed', work);
        lapsed += 1;
      } catch (error) {
        // Released or frozen since it was read: the others still lapse.
        if (!(error instanceof Problem) || error.code !== 'assignment.wrong-state') throw error;
      }
    }
    return lapsed;
  }

  async function show(call: Call, id: string): Promise<AssignmentDetail> {
    const assignment = await loadAssignment(db, id);
    await requireVisible(db, call, assignment);
    const said = await db.m.findOne(ConflictStatement, { where: { assignmentId: id }, order: { statedAt: 'DESC' } });
    const statement = said && {
      ...(said.statement as z.output<typeof conflictStatement>),
      statedAt: instantText(said.statedAt),
    };
    return { ...(await present(db, assignment)), statement };
  }

  /** Own institution's, or those of lots in scope. */
  async function list(
    call: Call,
    asked: PageRequest & { lotId?: string; institutionId?: string; state?: AssignmentState },
  ): Promise<Page<AssignmentView>> {
    const { lotId, institutionId, state, ...request } = asked;
    const query = db.m.createQueryBuilder(Assignment, 'a');
    const authorityIds = await scope.authoritiesOf(call.actor);
    if (!authorityIds) query.andWhere('a.institutionId = :own', { own: call.actor.institutionId ?? '' });
    else if (authorityIds.length === 0) query.andWhere('1 = 0');
    else
      query.andWhere('a.lotId IN (SELECT l.id FROM lot l WHERE l.authority_id IN (:...authorityIds))', {
        authorityIds,
      });
    if (lotId !== undefined) query.andWhere('a.lotId = :lotId', { lotId });
    if (institutionId !== undefined) query.andWhere('a.institutionId = :of', { of: institutionId });
    if (state) query.andWhere('a.state = :state', { state });
    const order = {
      sort: 'a.id',
      id: 'a.id',
      descending: true,
      keyOf: (a: Assignment): [string, string] => [a.id, a.id],
    };
    const page = await pageBy(query, order, request);
    return { ...page, items: await Promise.all(page.items.map((a) => present(db, a))) };
  }

  return {
    offer,
    takeUp,
    decline,
    release,
    resume,
    resumeWith,
    freezeFor,
    fulfil,
    lapseOverdue,
    showAssignment: show,
    listAssignments: list,
  };
}
