export {
  institutionEvents,
  institutionProblems,
  institutionRoutes,
  type LegalPersonEvidence,
} from './institutions.contract';
export { institutionEndpoints } from './institutions.http';
export { boundTo, mayTouch } from './institutions.rules';
export {
  createInstitutions,
  type InstitutionDeps,
  type InstitutionFacts,
  type InstitutionRef,
  type Institutions,
} from './institutions.service';
export { institutionNames } from './institutions.views';
export { createPublicInstitutions, type OpenInstitution, type PublicInstitutions } from './public.views';
export { institutionEntities } from './entities';
export { changeKindsIn } from './changes/changes.rules';
export type { WorkingDays } from './changes/changes.rules';
export type { NotedChange } from './changes/changes.service';
export { createInstitutionImport, institutionColumns } from './institutions.import';
