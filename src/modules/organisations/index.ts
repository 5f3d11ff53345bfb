export {
  creditCode,
  institutionClasses,
  legalForms,
  organisationEvents,
  organisationProblems,
  organisationRoutes,
  type LegalForm,
  type PublicInstitutionClass,
} from './organisations.contract';
export { personalityNames, type LegalPersonality } from './core/personality';
export { checkCreditCode, organisationColumns, organisationImport } from './organisations.import';
export { judgeCreditCode } from './core/credit-code';
export { subjectKindOf, type Eligibility, type SubjectKind } from './core/subject-kinds';
export { organisationEndpoints } from './organisations.http';
export {
  createOrganisations,
  type BodyChange,
  type OrganisationContent,
  type OrganisationDeps,
  type OrganisationFacts,
  type OrganisationRef,
  type Organisations,
} from './organisations.service';
export { documentKinds, type DocumentKind } from './documents.contract';
export { standingOn } from './documents.rules';
export { isNamed, type Tie } from './core/control';
export { tiesOf } from './owners.views';
export type { DocumentFacts } from './documents.service';
export { organisationEntities } from './entities';
export { organisationGuard } from './organisations.store';
export {
  namesBorneBy,
  openFactsOf,
  soughtOf as organisationSought,
  type BorneName,
  type OpenFacts,
} from './organisations.views';
