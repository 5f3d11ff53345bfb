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
export { institutionEntities } from './institutions.store';
