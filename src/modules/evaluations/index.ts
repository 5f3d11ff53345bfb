export {
  evaluationEvents,
  evaluationProblems,
  evaluationRoutes,
  type EvaluationView,
  requiredEvidence,
} from './evaluations.contract';
export { createEvaluations, type Evaluations } from './evaluations.service';
export type { EvaluationDeps } from './stepping';
export { evaluationEntities, evidenceOf, loadEvaluation, teamOf, teamsNaming, teamsOfLot } from './evaluations.store';
export { countByState, loadByInstitution } from './counts.store';
export { evaluationEndpoints } from './evaluations.http';
export { judgeTeam, moveEvaluation, type TeamMember, type TitleLevel } from './evaluations.rules';
export { evaluationMoves, openStates } from './evaluations.states';
