export { commissionEvents, commissionRoutes } from './commissions.contract';
export { commissionProblems } from './messages.contract';
export { createCommissions, type CommissionDeps, type Commissions } from './commissions.service';
export { commissionEntities, lotsWithin } from './commissions.store';
export { commissionEndpoints } from './commissions.http';
export type { EvaluationWork, RegisterFacts } from './facts';
export { loadAssignment } from './assignments.service';
export { createPublicPool, type PublicPool, type PublicPoolEntry } from './public.views';
export { loadLot } from './lots.service';
export { admittedBeyond, countAdmitted } from './pool.views';
export {
  moveAssignment,
  resumeAssignment,
  moveLot,
  movePool,
  judgeOffer,
  judgeConflict,
  type OfferFacts,
} from './commissions.rules';
export { assignmentMoves, lotMoves, poolDecisionMoves, poolMoves } from './commissions.states';
