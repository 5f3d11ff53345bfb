import { OrganisationDocument } from './documents.store';
import { OrganisationFormerCode, OrganisationOwner, OrganisationSuccessor } from './lists.store';
import { Organisation, OrganisationVersion } from './organisations.store';

/** The tables of the register of organisations. */
export const organisationEntities = [
  Organisation,
  OrganisationVersion,
  OrganisationDocument,
  OrganisationOwner,
  OrganisationFormerCode,
  OrganisationSuccessor,
];
