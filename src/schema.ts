import { kernelEntities } from './kernel/db/kernel.store';
import { auditEntities } from './modules/audit-log';
import { identityEntities } from './modules/identity';
import { organisationEntities } from './modules/organisations';
import { institutionEntities } from './modules/institutions';
import { expertEntities } from './modules/experts';
import { mineEntities } from './modules/mines';

/** Every table of the service, in module order; `ormconfig.ts`, migrations' drift check and main read this list. */
export const entities = [
  ...kernelEntities,
  ...auditEntities,
  ...identityEntities,
  ...organisationEntities,
  ...institutionEntities,
  ...expertEntities,
  ...mineEntities,
];
