export {
  employmentEvents,
  employmentKinds,
  employmentProblems,
  employmentRoutes,
  type EmploymentKind,
} from './employments.contract';
export type { EmploymentFacts, StaffMember } from './employments.views';
export { expertEvents, expertProblems, expertRoutes, identityField } from './experts.contract';
export { expertEndpoints } from './experts.http';
export { createExperts, type ExpertDeps, type ExpertFacts, type ExpertRef, type Experts } from './experts.service';
export { expertEntities } from './experts.store';
export {
  identityKinds,
  platformNumber,
  specialties,
  titleLevels,
  type Specialty,
  type TitleLevel,
} from './fields.contract';
export { judgeIdentity, maskIdentity, type IdentityKind } from './core/identity-number';
