import {
  factProblems,
  logEvents,
  logKeyEvents,
  logKeyProblems,
  logProblems,
  type EventCatalogue,
} from './modules/audit-log';
import { caseEvents, caseProblems } from './modules/cases';
import { commissionEvents, commissionProblems } from './modules/commissions';
import { documentEvents, documentProblems } from './modules/documents';
import { evaluationEvents, evaluationProblems } from './modules/evaluations';
import { employmentEvents, employmentProblems, expertEvents, expertProblems } from './modules/experts';
import { feeEvents, feeProblems } from './modules/fee-guard';
import { identityEvents, identityProblems } from './modules/identity';
import { importEvents, importProblems } from './modules/imports';
import { institutionEvents, institutionProblems } from './modules/institutions';
import { mineEvents, mineProblems } from './modules/mines';
import { notificationEvents, notificationProblems } from './modules/notifications';
import { organisationEvents, organisationProblems } from './modules/organisations';
import { pledgeEvents, pledgeProblems } from './modules/pledges';
import { policyEvents, policyProblems } from './modules/policy';
import { sanctionEvents, sanctionProblems } from './modules/sanctions';
import { screeningEvents, screeningProblems } from './modules/screening';
import { signingEvents, signingProblems } from './modules/signing';
import { kernelProblems, type ProblemList } from './kernel/problem';

/** Every type that an audit entry may have, with what of it is public. */
export const eventCatalogue: EventCatalogue = {
  ...logEvents,
  ...logKeyEvents,
  ...identityEvents,
  ...policyEvents,
  ...notificationEvents,
  ...documentEvents,
  ...importEvents,
  ...signingEvents,
  ...organisationEvents,
  ...institutionEvents,
  ...expertEvents,
  ...employmentEvents,
  ...mineEvents,
  ...sanctionEvents,
  ...screeningEvents,
  ...commissionEvents,
  ...evaluationEvents,
  ...pledgeEvents,
  ...feeEvents,
  ...caseEvents,
};

/** Every problem code with its status and words. */
export const problemCatalogue: ProblemList = {
  ...kernelProblems,
  ...logProblems,
  ...factProblems,
  ...logKeyProblems,
  ...identityProblems,
  ...policyProblems,
  ...notificationProblems,
  ...documentProblems,
  ...importProblems,
  ...signingProblems,
  ...organisationProblems,
  ...institutionProblems,
  ...expertProblems,
  ...employmentProblems,
  ...mineProblems,
  ...sanctionProblems,
  ...screeningProblems,
  ...commissionProblems,
  ...evaluationProblems,
  ...pledgeProblems,
  ...feeProblems,
  ...caseProblems,
};
