import type { Db } from '../../src/kernel/db/database';
import { Assignment } from '../../src/modules/commissions/commissions.store';
import { CaseSubject } from '../../src/modules/cases/cases.store';
import { Evaluation } from '../../src/modules/evaluations/evaluations.store';
import { openStates } from '../../src/modules/evaluations/evaluations.states';
import { acts, isDone, requestIdOf, type Act, type Answer, type Round } from './rounds';

/** What lies in the database once all acts have ended. */
export interface Facts {
  assignments: Map<string, Assignment>;
  /** Assignments of a lot beyond the two that were seeded. */
  offered: Map<string, string[]>;
  evaluations: Map<string, Evaluation>;
  caseSubjects: Map<string, CaseSubject>;
  /** Bars by case subject. */
  bars: Map<string, number>;
  /** Members by `evaluation/team number`. */
  teams: Map<string, number>;
  /** Audit entries by request id, then by type. */
  entries: Map<string, Map<string, number>>;
  /** Open work of barred parties, found without looking at any answer. */
  openWork: string[];
}

export type Answers = ReadonlyMap<Act, Answer>;

interface Counted {
  a: string;
  b: string;
  n: number | string;
}

const quoted = (states: readonly string[]): string => states.map((s) => `'${s}'`).join(', ');

/** Work that goes on although its institution or one of its present team is barred; every bar of a race holds today. */
const openWorkSql = [
  `SELECT a.id AS id, 'assignment' AS what FROM assignment a
    JOIN bar b ON b.subject_kind = 'institution' AND b.subject_id = a.institution_id
    WHERE a.state IN ('offered', 'taken-up')`,
  `SELECT e.id AS id, 'evaluation of the institution' AS what FROM evaluation e
    JOIN bar b ON b.subject_kind = 'institution' AND b.subject_id = e.institution_id
    WHERE e.state IN (${quoted(openStates)})`,
  `SELECT e.id AS id, 'evaluation with the person in its team' AS what FROM evaluation e
    JOIN team_member t ON t.evaluation_id = e.id AND t.team_no = e.team_no
    JOIN bar b ON b.subject_kind = 'person' AND b.subject_id = t.expert_id
    WHERE e.state IN (${quoted(openStates)})`,
];

const counts = (db: Db, sql: string): Promise<Counted[]> => db.m.query(sql);

export async function readFacts(db: Db, rounds: readonly Round[]): Promise<Facts> {
  const seeded = new Set(rounds.flatMap((r) => [r.teamAssignmentId, r.reportedAssignmentId]));
  const assignments = await db.m.find(Assignment);
  const offered = new Map<string, string[]>();
  for (const { id, lotId } of assignments) {
    if (!seeded.has(id)) offered.set(lotId, [...(offered.get(lotId) ?? []), id]);
  }
  const entries = new Map<string, Map<string, number>>();
  const entrySql = `SELECT request_id AS a, type AS b, COUNT(*) AS n FROM audit_entry
    WHERE request_id LIKE 'race-%' GROUP BY request_id, type`;
  for (const { a, b, n } of await counts(db, entrySql)) {
    entries.set(a, (entries.get(a) ?? new Map<string, number>()).set(b, Number(n)));
  }
  const bars = await counts(
    db,
    `SELECT case_subject_id AS a, '' AS b, COUNT(*) AS n FROM bar GROUP BY case_subject_id`,
  );
  const teamSql =
    'SELECT evaluation_id AS a, team_no AS b, COUNT(*) AS n FROM team_member GROUP BY evaluation_id, team_no';
  const openWork: string[] = [];
  for (const sql of openWorkSql) {
    const found: { id: string; what: string }[] = await db.m.query(sql);
    openWork.push(...found.map(({ id, what }) => `${what} ${id} is open although barred`));
  }
  return {
    assignments: new Map(assignments.map((a) => [a.id, a])),
    offered,
    evaluations: new Map((await db.m.find(Evaluation)).map((e) => [e.id, e])),
    caseSubjects: new Map((await db.m.find(CaseSubject)).map((s) => [s.id, s])),
    bars: new Map(bars.map(({ a, n }) => [a, Number(n)])),
    teams: new Map((await counts(db, teamSql)).map(({ a, b, n }) => [`${a}/${b}`, Number(n)])),
    entries,
    openWork,
  };
}

const refusals: Record<Act, readonly string[]> = {
  serve: ['request.conflict', 'service.unavailable'],
  offer: ['sanctions.barred', 'request.conflict', 'service.unavailable'],
  team: ['sanctions.barred', 'evaluation.frozen', 'request.conflict', 'service.unavailable'],
  accept: ['sanctions.barred', 'evaluation.frozen', 'request.conflict', 'service.unavailable'],
};

/** Which entries the answer says that the act has left, exactly. */
function entriesDue(round: Round, answer: Answer): Record<string, number> {
  if (answer.code === 'sanctions.barred') return { 'door.refused': 1 };
  if (!isDone(answer)) return {};
  switch (answer.act) {
    case 'offer':
      return { 'assignment.offered': 1 };
    case 'team':
      return { 'evaluation.team-named': 1 };
    case 'accept':
      return { 'evaluation.accepted': 1, 'assignment.fulfilled': 1 };
    case 'serve':
      return {
        'case.served': 1,
        [round.against === 'institution' ? 'bar.imposed' : 'bar.imposed-on-person']: 1,
        'assignment.frozen': answer.frozen!.assignments.length,
        'evaluation.frozen': answer.frozen!.evaluations.length,
      };
  }
}

function judgeEntries(round: Round, answer: Answer, facts: Facts): string[] {
  const due = Object.entries(entriesDue(round, answer)).filter(([, n]) => n > 0);
  const there = facts.entries.get(requestIdOf(round, answer.act)) ?? new Map<string, number>();
  const types = new Set([...due.map(([type]) => type), ...there.keys()]);
  const wanted = new Map(due);
  return [...types]
    .filter((type) => (wanted.get(type) ?? 0) !== (there.get(type) ?? 0))
    .map((type) => `${answer.act}: ${there.get(type) ?? 0} entries ${type} instead of ${wanted.get(type) ?? 0}`);
}

/** One fact, and what the answers make of it. */
function compare(what: string, found: unknown, due: unknown): string[] {
  return found === due ? [] : [`${what} is ${String(found)}, the answers say ${String(due)}`];
}

function judgeOffer(round: Round, answer: Answer, bar: Answer | undefined, facts: Facts): string[] {
  const ids = facts.offered.get(round.lotId) ?? [];
  if (!isDone(answer)) return compare('assignments offered', ids.length, 0);
  const assignment = facts.assignments.get(answer.assignmentId!);
  const isHit = bar !== undefined && round.against === 'institution';
  return [
    ...compare('assignments offered', ids.join(), answer.assignmentId),
    ...compare('state of the offer', assignment?.state, isHit ? 'frozen' : 'offered'),
    ...compare('offer listed by the bar', bar?.frozen?.assignments.includes(answer.assignmentId!) ?? false, isHit),
  ];
}

function judgeTeam(round: Round, answer: Answer, bar: Answer | undefined, facts: Facts): string[] {
  const e = facts.evaluations.get(round.teamEvaluationId);
  const named = isDone(answer);
  const before = named ? 'team-named' : 'assigned';
  const isHit = bar !== undefined && (round.against === 'institution' || named);
  return [
    ...compare(
      'members named',
      facts.teams.get(`${round.teamEvaluationId}/1`) ?? 0,
      named ? round.expertIds.length : 0,
    ),
    ...compare('number of the team', e?.teamNo, named ? 1 : 0),
    ...compare('state of the evaluation to be staffed', e?.state, isHit ? 'frozen' : before),
    ...compare('state before the freeze', e?.stateBefore, isHit ? before : null),
    ...compare('listed by the bar', bar?.frozen?.evaluations.includes(round.teamEvaluationId) ?? false, isHit),
  ];
}

function judgeAccept(round: Round, answer: Answer, bar: Answer | undefined, facts: Facts): string[] {
  const e = facts.evaluations.get(round.reportedEvaluationId);
  const a = facts.assignments.get(round.reportedAssignmentId);
  const accepted = isDone(answer);
  const isHit = bar !== undefined && !accepted;
  const isAssignmentHit = isHit && round.against === 'institution';
  const open = isAssignmentHit ? 'frozen' : 'taken-up';
  return [
    ...compare('state of the reported evaluation', e?.state, accepted ? 'accepted' : isHit ? 'frozen' : 'reported'),
    ...compare('listed by the bar', bar?.frozen?.evaluations.includes(round.reportedEvaluationId) ?? false, isHit),
    ...compare('state of its assignment', a?.state, accepted ? 'fulfilled' : open),
  ];
}

/** Everything that is wrong with one round, in words; the bar counts as imposed if its service was acknowledged. */
export function judgeRound(round: Round, answers: Answers, facts: Facts): string[] {
  const of = (act: Act): Answer => answers.get(act) ?? { act, status: 500, code: 'no answer' };
  const bar = isDone(of('serve')) ? of('serve') : undefined;
  const found: string[] = [];
  for (const act of acts) {
    const answer = of(act);
    const known = isDone(answer) || refusals[act].includes(answer.code ?? '');
    if (!known) found.push(`${act} was answered ${answer.status} ${answer.code ?? ''}`);
    // Nothing but a bar that stands may be named as the reason.
    const unfounded = bar === undefined || (act === 'offer' && round.against === 'person');
    if (unfounded && /^(sanctions\.barred|evaluation\.frozen)$/.test(answer.code ?? '')) {
      found.push(`${act} was refused for a bar that does not stand`);
    }
    found.push(...judgeEntries(round, answer, facts));
  }
  const served = facts.caseSubjects.get(round.caseSubjectId)?.state;
  found.push(
    ...compare('bars imposed', facts.bars.get(round.caseSubjectId) ?? 0, bar ? 1 : 0),
    ...compare('state of the case', served, bar ? 'served' : 'decided'),
    ...judgeOffer(round, of('offer'), bar, facts),
    ...judgeTeam(round, of('team'), bar, facts),
    ...judgeAccept(round, of('accept'), bar, facts),
  );
  return found.map((text) => `round ${round.no} (${round.against}): ${text}`);
}
