export {
  employmentEvents,
  employmentKinds,
  employmentProblems,
  employmentRoutes,
  type EmploymentKind,
} from './employments.contract';
export { counts, type EmploymentFacts, type StaffMember } from './employments.views';
export { expertEvents, expertProblems } from './catalogue';
export { expertRoutes, identityField } from './experts.contract';
export { expertEndpoints } from './experts.http';
export { createExperts, type ExpertDeps, type ExpertRef, type Experts } from './experts.service';
export type { ExpertFacts } from './persons.views';
export { judgePerson, type JudgedPerson, type Registered } from './registering';
export { staffColumns } from './staff.columns';
export { createStaffImport } from './staff.import';
export type { SpecialtyEvidence } from './titles.rules';
export type { Together } from './together';
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
export { correctionRoutes } from './corrections.contract';
export { objectionRoutes } from './objections.contract';
export type { Duties, Owed, EngagementNaming, PersonLine, TeamNaming } from './line.port';
export { mergeRoutes } from './merging.contract';
export { personRoutes } from './persons.contract';
