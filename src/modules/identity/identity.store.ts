import { Account } from './accounts/accounts.store';
import { ApiKey } from './api-keys/api-keys.store';
import { Authority, AuthorityVersion } from './authorities/authorities.store';
import { Deputyship } from './deputies/deputies.store';
import { handOverEntities } from './hand-overs/hand-overs.store';
import { AuthorisationLetter } from './letters/letters.store';
import { OidcAttempt, OidcLink } from './oidc/oidc.store';
import { Post } from './posts/posts.store';
import { WorkExclusion, WorkItem } from './work/work.store';
import { RecoveryCode } from './recovery/recovery.store';
import { SignInBrake, WebSession } from './sessions/sessions.store';

export { Account, ApiKey, Authority, Post, RecoveryCode, SignInBrake, WebSession };

/** Every table of identity. */
export const identityEntities = [
  Authority,
  AuthorityVersion,
  Account,
  Post,
  AuthorisationLetter,
  Deputyship,
  WorkItem,
  WorkExclusion,
  ...handOverEntities,
  WebSession,
  SignInBrake,
  RecoveryCode,
  OidcAttempt,
  OidcLink,
  ApiKey,
];
