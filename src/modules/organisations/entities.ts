import { OrganisationDocument } from './documents.store';
import { Organisation, OrganisationVersion } from './organisations.store';

/** The tables of the register of organisations. */
export const organisationEntities = [Organisation, OrganisationVersion, OrganisationDocument];
