import { InstitutionChange } from './changes/changes.store';
import { Institution, InstitutionVersion } from './institutions.store';

/** The tables of the register of assessors. */
export const institutionEntities = [Institution, InstitutionVersion, InstitutionChange];
