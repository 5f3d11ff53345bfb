export { evaluationEvents, evaluationProblems, evaluationRoutes, type EvaluationView } from './evaluations.contract';
export { createEvaluations, type Evaluations } from './evaluations.service';
export type { EvaluationDeps } from './stepping';
export { evaluationEntities, evidenceOf, loadEvaluation, teamOf } from './evaluations.store';
export { evaluationEndpoints } from './evaluations.http';
export {
  isSenior,
  judgeTeam,
  moveEvaluation,
  nameSpecialties,
  type TeamMember,
  type TitleLevel,
} from './evaluations.rules';
export { evaluationMoves } from './evaluations.states';
