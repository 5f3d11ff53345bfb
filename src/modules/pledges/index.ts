export type { PledgeDeps } from './acting';
export type { EvaluationFacts, EvidenceFact, PledgeFacts, TeamFact } from './facts';
export { pledgeEvents, pledgeProblems, pledgeRoutes, type PledgeView } from './pledges.contract';
export { pledgeEndpoints } from './pledges.http';
export { createPledges, type Pledges } from './pledges.service';
export { pledgeMoves, type PledgeState } from './pledges.states';
export { pledgeBlobs, pledgeEntities } from './pledges.store';
