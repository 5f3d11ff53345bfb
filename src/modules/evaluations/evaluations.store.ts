import { Column, Entity, In, Index, MoreThan } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { say } from '../../kernel/pure/wording';
import { instantText, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { EvaluationView, EvidenceKind, FreezeReason } from './evaluations.contract';
import type { EvaluationState } from './evaluations.states';

@Entity('evaluation')
@Index('ix_evaluation_institution', ['institutionId', 'state'])
@Index('ix_evaluation_mine', ['mineId', 'id'])
export class Evaluation {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'lot_id' }) lotId: string;
  @Index('ix_evaluation_assignment')
  @Column({ ...col.text(36), name: 'assignment_id' })
  assignmentId: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  @Column(col.text(24)) purpose: string;
  @Column(col.text(16)) state: EvaluationState;
  @Column({ ...col.text(16, nullable), name: 'state_before' }) stateBefore: EvaluationState | null;
  @Column({ ...col.text(24, nullable), name: 'freeze_reason' }) freezeReason: FreezeReason | null;
  /** Number of the present team; 0 before the first. Earlier teams stay on record. */
  @Column({ ...col.int(), name: 'team_no' }) teamNo: number;
  @Column({ ...col.day(nullable), name: 'desk_reviewed_on' }) deskReviewedOn: LegalDate | null;
  @Column({ ...col.text(2000, nullable), name: 'desk_focus' }) deskFocus: string | null;
  @Column({ ...col.day(nullable), name: 'on_site_from' }) onSiteFrom: LegalDate | null;
  @Column({ ...col.day(nullable), name: 'on_site_to' }) onSiteTo: LegalDate | null;
  @Column({ ...col.text(2000, nullable), name: 'on_site_note' }) onSiteNote: string | null;
  @Column({ ...col.int(nullable), name: 'score_hundredths' }) scoreHundredths: number | null;
  @Column(col.text(16, nullable)) conclusion: 'meets' | 'does-not-meet' | null;
  @Column({ ...col.at(nullable), name: 'reported_at' }) reportedAt: Instant | null;
  @Column({ ...col.at(nullable), name: 'decided_at' }) decidedAt: Instant | null;
  @Column({ ...col.text(1000, nullable), name: 'decision_reason' }) decisionReason: string | null;
  @Column(col.int()) version: number;
}

@Entity('team_member')
export class TeamRow {
  @Column({ ...col.key(36), name: 'evaluation_id' }) evaluationId: string;
  @Column({ ...col.int(), name: 'team_no', primary: true }) teamNo: number;
  @Index('ix_team_member_expert')
  @Column({ ...col.key(36), name: 'expert_id' })
  expertId: string;
  @Column(col.text(8)) role: 'leader' | 'member';
  /** The day of naming; null for teams named before it was kept. */
  @Column({ ...col.day(nullable), name: 'named_on' }) namedOn: LegalDate | null;
}

@Entity('evidence')
export class Evidence {
  @Column(col.key(36)) id: string;
  @Index('ix_evidence_evaluation')
  @Column({ ...col.text(36), name: 'evaluation_id' })
  evaluationId: string;
  @Column(col.text(24)) kind: EvidenceKind;
  @Column({ ...col.text(36), name: 'file_id' }) fileId: string;
  @Column(col.text(64)) sha256: string;
  @Column({ ...col.at(), name: 'added_at' }) addedAt: Instant;
}

export const evaluationEntities = [Evaluation, TeamRow, Evidence];

export const loadEvaluation = (on: Reads, id: string): Promise<Evaluation> =>
  loadRecord(on, Evaluation, { id }, say('评估', 'evaluation'));

export const teamOf = (on: Reads, e: Evaluation): Promise<TeamRow[]> =>
  on.m.find(TeamRow, { where: { evaluationId: e.id, teamNo: e.teamNo }, order: { role: 'ASC', expertId: 'ASC' } });

export const evidenceOf = (on: Reads, evaluationId: string): Promise<Evidence[]> =>
  on.m.find(Evidence, { where: { evaluationId }, order: { addedAt: 'ASC', id: 'ASC' } });

/** A person sees the evaluations whose team holds or held that person. */
export const wasInTeam = (on: Reads, evaluationId: string, expertIds: readonly string[]): Promise<boolean> =>
  on.m.existsBy(TeamRow, { evaluationId, expertId: In([...expertIds]) });

/** The same as an SQL condition on the evaluation with this alias. */
export const inTeam = (alias: string, expertIds: readonly string[]): [string, Record<string, unknown>] => [
  `EXISTS (SELECT 1 FROM team_member own WHERE own.evaluation_id = ${alias}.id AND own.expert_id IN (:...ownExperts))`,
  { ownExperts: expertIds },
];

/** Every team that names or named one of these persons, with its evaluation. */
export async function teamsNaming(
  on: Reads,
  expertIds: readonly string[],
): Promise<{ row: TeamRow; evaluation: Evaluation }[]> {
  const rows = await on.m.find(TeamRow, { where: { expertId: In([...expertIds]) } });
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((r) => r.evaluationId))];
  const evaluations = new Map((await on.m.findBy(Evaluation, { id: In(ids) })).map((e) => [e.id, e]));
  return rows
    .map((row) => ({ row, evaluation: evaluations.get(row.evaluationId)! }))
    .sort((a, b) => (a.evaluation.id < b.evaluation.id ? -1 : a.evaluation.id > b.evaluation.id ? 1 : 0));
}

/** The present team of each evaluation of the lot that has one. */
export async function teamsOfLot(on: Reads, lotId: string) {
  const found = await on.m.find(Evaluation, { where: { lotId, teamNo: MoreThan(0) }, order: { id: 'ASC' } });
  return Promise.all(
    found.map(async (e) => {
      const rows = await teamOf(on, e);
      const members = rows.map(({ expertId, role }) => ({ expertId, role }));
      return { evaluationId: e.id, institutionId: e.institutionId, namedOn: rows[0]?.namedOn ?? null, members };
    }),
  );
}

/** Evaluations in these states whose present team holds the person. */
export async function withMember(
  on: Reads,
  expertIds: readonly string[],
  states: readonly EvaluationState[],
): Promise<Evaluation[]> {
  return on.m
    .createQueryBuilder(Evaluation, 'e')
    .innerJoin(TeamRow, 't', 't.evaluationId = e.id AND t.teamNo = e.teamNo')
    .where('t.expertId IN (:...expertIds)', { expertIds })
    .andWhere({ state: In([...states]) })
    .orderBy('e.id')
    .getMany();
}

export async function presentEvaluation(on: Reads, e: Evaluation): Promise<EvaluationView> {
  const { id, lotId, assignmentId, institutionId, mineId, purpose, state, freezeReason } = e;
  const { deskReviewedOn, deskFocus, onSiteNote, decisionReason, scoreHundredths, conclusion, version } = e;
  const textOf = (at: Instant | null): string | null => (at === null ? null : instantText(at));
  const team = await teamOf(on, e);
  const evidence = await evidenceOf(on, id);
  return {
    id,
    lotId,
    assignmentId,
    institutionId,
    mineId,
    purpose,
    state,
    freezeReason,
    team: team.map(({ expertId, role }) => ({ expertId, role })),
    evidence: evidence.map((v) => ({ id: v.id, kind: v.kind, fileId: v.fileId, sha256: v.sha256 })),
    deskReviewedOn,
    deskFocus,
    onSite: e.onSiteFrom && e.onSiteTo ? { from: e.onSiteFrom, to: e.onSiteTo } : null,
    onSiteNote,
    reportedAt: textOf(e.reportedAt),
    decidedAt: textOf(e.decidedAt),
    decisionReason,
    scoreHundredths,
    conclusion,
    version,
  };
}
