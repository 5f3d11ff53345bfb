export { identityEvents, identityProblems, identityRoutes } from './identity.contract';
export {
  createIdentity,
  ensureIdentityKeys,
  type Identity,
  type IdentityDeps,
  type IdentityKeys,
} from './identity.service';
export type { PaperMaker } from './hand-overs/list';
export type { LetterExpiry } from './letters/letters.service';
export type { IdentityNotice } from './telling.port';
export type { Dues, Work, WorkHolder } from './work/work.service';
export { checkKinds, type CheckKind, type WorkKind } from './work/work.rules';
export { codesAbove, codesOf, ofOwnersKind, type Scope } from './authorities/scope.service';
export type { KnownAuthority } from './authorities/authorities.service';
export type { FirstAccount } from './accounts/accounts.service';
export { identityEntities } from './identity.store';
export {
  administrators,
  isInOwnName,
  isPermission,
  mayActor,
  mayRole,
  permissions,
  roles,
  type Permission,
  type Role,
} from './permissions';
export { accountsById, accountsCalled, type KnownAccount } from './accounts/accounts.views';
export { accountNameOf, createRecorders, enteredFor, type InstitutionNames } from './recorders.views';
export type { PartyView } from './colleagues/colleagues.contract';
export type { PartyBook } from './colleagues/colleagues.service';
export type { Parties } from './posts/posts.service';
export { SESSION_COOKIE } from './sessions/sign-in';
export { recipientKey, recipientOf } from './recipients/recipients.contract';
export type { Recipient, RecipientKey, RecipientKind } from './recipients/recipients.contract';
export { isOfficer } from './core/officers';
export { keysFor, reach, type Reached } from './recipients/recipients.views';
