import { kernelEntities } from './kernel/db/kernel.store';
import { auditEntities, LogAudit, logEntities, recordEntities } from './modules/audit-log';
import { caseEntities } from './modules/cases';
import { commissionEntities } from './modules/commissions';
import { documentEntities } from './modules/documents';
import { evaluationEntities } from './modules/evaluations';
import { expertEntities } from './modules/experts';
import { feeEntities } from './modules/fee-guard';
import { identityEntities } from './modules/identity';
import { sheetImportEntities } from './modules/imports';
import { institutionEntities } from './modules/institutions';
import { mineEntities } from './modules/mines';
import { notificationEntities } from './modules/notifications';
import { organisationEntities } from './modules/organisations';
import { pledgeEntities } from './modules/pledges';
import { policyEntities } from './modules/policy';
import { sanctionEntities } from './modules/sanctions';
import { signingEntities } from './modules/signing';

/** Every table of the service, in module order; `ormconfig.ts`, migrations' drift check and main read this list. */
export const entities = [
  ...kernelEntities,
  ...auditEntities,
  ...recordEntities,
  ...logEntities,
  LogAudit,
  ...identityEntities,
  ...policyEntities,
  ...notificationEntities,
  ...documentEntities,
  ...sheetImportEntities,
  ...signingEntities,
  ...organisationEntities,
  ...institutionEntities,
  ...expertEntities,
  ...mineEntities,
  ...sanctionEntities,
  ...commissionEntities,
  ...evaluationEntities,
  ...pledgeEntities,
  ...feeEntities,
  ...caseEntities,
];
