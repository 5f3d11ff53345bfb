export type { EventCatalogue, EventKind, Visibility } from './audit-log.contract';
export { createAudit, type Audit, type AuditEvent } from './audit-log.service';
export { auditEntities } from './audit-log.store';
export { latestOf, type AuditNote, type LatestAsked } from './audit-log.views';
export { factHash, factsCommitment, factsOf, leafText, LEAF_LIMIT, type Fact, type SaltedFact } from './leaf';
