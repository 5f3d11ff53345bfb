export { evaluationEvents, evaluationProblems, evaluationRoutes, type EvaluationView } from './evaluations.contract';
export { createEvaluations, type EvaluationDeps, type Evaluations } from './evaluations.service';
export { evaluationEntities, loadEvaluation, teamOf } from './evaluations.store';
export { evaluationEndpoints } from './evaluations.http';
export { isSenior, judgeTeam, moveEvaluation, nameSpecialties, type TeamMember, type TitleLevel } from './evaluations.rules';
export { evaluationMoves } from './evaluations.states';
