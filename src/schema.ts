import { kernelEntities } from './kernel/db/kernel.store';
import { auditEntities } from './modules/audit-log';

/** Every table of the service, in module order; `ormconfig.ts`, migrations' drift check and main read this list. */
export const entities = [...kernelEntities, ...auditEntities];
