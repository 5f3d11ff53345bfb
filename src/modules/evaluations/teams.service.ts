import type { Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem, unwrap } from '../../kernel/problem';
import { legalDateOf } from '../../kernel/pure/time';
import { counts } from '../experts';
import { loadLot } from '../commissions';
import { allMet, carryingOn, type RuleResult } from '../policy';
import type { EvaluationView } from './evaluations.contract';
import { judgeNaming, judgeTeam, type AfterNaming, type TeamMember } from './evaluations.rules';
import {
  followWork,
  institutionOf,
  recordOf,
  recordStep,
  requireVisible,
  type Body,
  type EvaluationDeps,
} from './stepping';
import { Evaluation, loadEvaluation, presentEvaluation, TeamRow } from './evaluations.store';

const persons = (body: Body<'nameTeam'>): Subject[] =>
  [...new Set([body.leaderId, ...body.memberIds])].map((id) => ({ kind: 'person', id }));

export function createTeams(deps: EvaluationDeps) {
  const { db, command, audit, policy, sanctions, experts } = deps;
  const { clock } = db.sources;

  async function membersOf(tx: Tx, e: Evaluation, body: Body<'nameTeam'>): Promise<TeamMember[]> {
    const staff = await experts.staffAt(tx, e.institutionId, todayOf(clock));
    return persons(body).map(({ id }) => {
      const known = staff.find((s) => s.expertId === id && counts(s));
      return {
        expertId: id,
        role: id === body.leaderId ? 'leader' : 'member',
        staff: known && {
          kind: known.kind,
          titleLevel: known.titleLevel,
          specialties: known.specialties,
          assessmentExperience: known.assessmentExperience,
        },
      };
    });
  }

  async function survivorsOf(tx: Tx, body: Body<'nameTeam'>): Promise<Body<'nameTeam'>> {
    const known = await experts.together(
      tx,
      persons(body).map((p) => p.id),
    );
    const survivor = (id: string): string => known.get(id)!.survivor;
    return { ...body, leaderId: survivor(body.leaderId), memberIds: body.memberIds.map(survivor) };
  }

  async function store(tx: Tx, e: Evaluation, members: readonly TeamMember[], after: AfterNaming): Promise<void> {
    const teamNo = e.teamNo + 1;
    const namedOn = legalDateOf(clock.now());
    const rows = members.map(({ expertId, role }) => ({ evaluationId: e.id, teamNo, expertId, role, namedOn }));
    await tx.m.insert(TeamRow, rows);
    await changeRecord(tx, Evaluation, e, { teamNo, ...after });
  }

  async function nameTeam(
    call: Call,
    id: string,
    asked: Body<'nameTeam'>,
  ): Promise<EvaluationView & { rules: RuleResult[] }> {
    const { lotId } = await loadEvaluation(db, id);
    const authority = await deps.authorityOf(db, (await loadLot(db, lotId)).authorityId);
    const subjects = async (): Promise<Subject[]> => [
      institutionOf(await loadEvaluation(db, id)),
      ...persons(asked),
      recordOf(id),
    ];
    return command(call, { subjects }, async (tx) => {
      const e = await loadEvaluation(tx, id);
      await requireVisible(deps, tx, call, e);
      for (const p of persons(asked)) await experts.load(tx, p.id);
      // A merged registration goes on naming its person: the team holds the surviving one, and nobody twice.
      const body = await survivorsOf(tx, asked);
      const shut = await sanctions.checkDoor(tx, call, 'team', [institutionOf(e), ...persons(body)]);
      if (shut) return shut;
      const after = unwrap(judgeNaming(e));
      const thawed = e.state === 'frozen' && after.state !== 'frozen';
      const returned = thawed && e.stateBefore === 'reported';
      const members = await membersOf(tx, e, body);
      const profile = carryingOn(await policy.profileFor(tx, authority.code, legalDateOf(clock.now())));
      const rules = judgeTeam(members, profile);
      if (!allMet(rules)) throw new Problem('evaluation.team-unfit', { rules });
      const first = e.teamNo === 0;
      await store(tx, e, members, after);
      const payload = { teamNo: e.teamNo, leader: body.leaderId, members: persons(body).map((p) => p.id) };
      await recordStep(audit, tx, call, e, first ? 'evaluation.team-named' : 'evaluation.team-changed', payload);
      const reason = 'team-changed';
      await followWork(deps, tx, e);
      if (thawed) await recordStep(audit, tx, call, e, 'evaluation.resumed', { reason });
      if (returned) await recordStep(audit, tx, call, e, 'evaluation.returned', { reason });
      if (!first) await deps.pledges.voidFor(tx, call, id, '评估组已更换');
      return { ...(await presentEvaluation(tx, e)), rules };
    });
  }

  return { nameTeam };
}
