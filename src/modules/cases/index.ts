export { caseRoutes } from './cases.contract';
export { caseEvents, caseProblems } from './messages.contract';
export { createCases, type Cases } from './cases.service';
export type { CaseDeps } from './steps';
export { caseEntities } from './cases.store';
export { caseEndpoints } from './cases.http';
export {
  judgeDay,
  judgeDefenceTime,
  judgeLapse,
  judgeOfficer,
  judgeService,
  judgeChange,
  moveCase,
  moveSubject,
} from './cases.rules';
export { caseMoves, subjectMoves } from './cases.states';
