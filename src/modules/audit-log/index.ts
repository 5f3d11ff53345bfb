export type { EventCatalogue, EventKind, Visibility } from './audit-log.contract';
export { createAudit, type Audit, type AuditEvent } from './audit-log.service';
export { auditEntities } from './audit-log.store';
export { logEntities } from './log.store';
export {
  entriesPage,
  findEntry,
  latestOf,
  subjectsOf,
  type AuditNote,
  type EntriesAsked,
  type EntryHead,
  type LatestAsked,
} from './audit-log.views';
export { factHash, factsCommitment, factsOf, leafText, LEAF_LIMIT, type Fact, type SaltedFact } from './leaf';
export { createLogFiles, LogFork, type LogFiles } from './log-files';
export { createLogKeeper, type LogKeeper } from './log-keeper';
export { ensureLog, createNotary, type Notary } from './log-notary';
export { createLogState, type LogState, type LogWatch } from './log-watch';
export { findLogFile } from './log-serve';
