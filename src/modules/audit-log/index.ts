export { logEvents, type EventCatalogue, type EventKind, type Visibility } from './audit-log.contract';
export { createAudit, type Audit, type AuditEvent } from './audit-log.service';
export { auditEntities } from './audit-log.store';
export { logEntities, originOfHead } from './log.store';
export { latestAudit, LogAudit } from './audit/audit.store';
export { createAuditor, type Auditor, type RunAudit } from './audit/auditor';
export { driftText, driftWords, type Drift, type DriftKind, type Findings } from './audit/drift';
export { entriesOfType } from './audit/entries-of-type.views';
export {
  selfAudit,
  type RowsAgainstLog,
  type SeenHead,
  type SelfAuditInput,
  type SelfAuditReport,
} from './audit/self-audit';
export { eraseFacts } from './erasing.service';
export { CannotRecover, isOriginName, openNewOrigin, recoverLog, type RecoverDeps } from './recover/recover.service';
export { isContradicted, surveyLog, type Survey } from './recover/survey';
export {
  entriesPage,
  findEntry,
  latestOf,
  openEntries,
  subjectsOf,
  type AuditNote,
  type EntriesAsked,
  type EntryHead,
  type LatestAsked,
  type OpenHead,
} from './audit-log.views';
export { factHash, factsCommitment, factsOf, leafText, LEAF_LIMIT, type Fact, type SaltedFact } from './core/leaf';
export { FACT_SPEC, openingText, readLeaf, readOpening, verifyOpening, type FactOpening } from './core/opening';
export { logExtent, type LogExtent } from './log-extent';
export { createLogFiles, LogFork, type LogFiles } from './log-files';
export { createLogKeeper, type LogKeeper } from './log-keeper';
export { ensureLog, createNotary, vaultKeysOf, type Notary } from './log-notary';
export { createLogState, type LogState, type LogWatch } from './log-watch';
export { findLogFile } from './log-serve';
export { createLogProofs, type Logged, type LogProofs } from './log-proofs';
export { factEndpoints, logEndpoints } from './log.http';
export { createFacts, type FactReaders, type OpenedEntry } from './facts.service';
export { factProblems } from './facts.contract';
export { logProblems, logRoutes } from './log.contract';
export { recordEntities } from './records.store';
export { logKeyEvents, logKeyProblems } from './keys/keys.contract';
export { logKeyEndpoints } from './keys/keys.http';
export { createLogKeys, type LogKeys } from './keys/keys.service';
export { keepCosignatures, trusted, type TrustedWitnesses } from './witnesses/trusted';
export { createCosignedFiles, type CosignedFiles } from './witnesses/cosigned-files';
export { createWitnessing, type Witnessing } from './witnesses/witnessing';
export { growthRequest } from './witnesses/growth-request';
