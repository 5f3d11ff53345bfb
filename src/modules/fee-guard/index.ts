export { feeEvents, feeProblems, feeRoutes } from './fee-guard.contract';
export { judgePayment, type PaymentFacts } from './fee-guard.rules';
export { createFeeGuard, type FeeDeps, type FeeGuard } from './fee-guard.service';
export { feeEntities } from './fee-guard.store';
export { feeEndpoints } from './fee-guard.http';
