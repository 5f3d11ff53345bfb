import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import type { Accounts } from './accounts/accounts.service';
import type { ApiKeys } from './api-keys/api-keys.service';
import type { Authorities } from './authorities/authorities.service';
import { identityRoutes as r } from './identity.contract';
import type { Oidc } from './oidc/oidc.service';
import type { Recovery } from './recovery/recovery.service';
import type { OidcDoor } from './sessions/oidc-door';
import type { Sessions } from './sessions/sessions.service';
import type { Doorkeeper } from './sessions/sign-in';
import type { SignInPolicies } from './sign-in-policy/sign-in-policy.service';
import type { Totp } from './totp/totp.service';

export interface Rooms {
  authorities: Authorities;
  accounts: Accounts;
  sessions: Sessions;
  totp: Totp;
  recovery: Recovery;
  oidc: Oidc;
  oidcDoor: OidcDoor;
  apiKeys: ApiKeys;
  signInPolicy: SignInPolicies;
  door: Doorkeeper;
}

export const identityEndpoints = ({
  authorities,
  accounts,
  sessions,
  totp,
  recovery,
  oidc,
  oidcDoor,
  apiKeys,
  signInPolicy,
  door,
}: Rooms): Endpoint[] => [
  endpoint(r.setAuthority, ({ body }, call) => authorities.set(call, body)),
  endpoint(r.readAuthority, () => authorities.requireAuthority()),
  endpoint(r.readSignInPolicy, () => signInPolicy.read()),
  endpoint(r.setSignInPolicy, ({ body }, call) => signInPolicy.set(call, body)),
  endpoint(r.createAccount, ({ body }, call) => accounts.create(call, body)),
  endpoint(r.listAccounts, ({ query }, call) => accounts.list(call, query)),
  endpoint(r.readAccount, ({ params }, call) => accounts.read(call, params.id)),
  endpoint(r.disableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, true)),
  endpoint(r.enableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, false)),
  endpoint(r.resetPassword, ({ params }, call) => accounts.resetPassword(call, params.id)),
  endpoint(r.resetTotp, ({ params }, call) => accounts.resetTotp(call, params.id)),
  endpoint(r.endAccountSessions, ({ params }, call) => accounts.endAllSessions(call, params.id)),
  endpoint(r.openSession, ({ body }, call, { req }) => door.open(req, call, body.totp)),
  endpoint(r.readSession, (_input, call, { req }) => sessions.read(call.actor.accountId!, req.sessionID)),
  endpoint(r.listSessions, (_input, call, { req }) => sessions.list(call.actor.accountId!, req.sessionID)),
  endpoint(r.endOtherSessions, (_input, call, { req }) => sessions.endOthers(call, req.sessionID)),
  endpoint(r.endOneSession, ({ params }, call, { req }) => sessions.endOne(call, params.id, req.sessionID)),
  endpoint(r.oidcOffered, async () => oidc.offered()),
  endpoint(r.startOidc, (_input, _call, { req }) => oidcDoor.start(req)),
  endpoint(r.startOidcLink, ({ body }, call, { req }) => oidcDoor.startLink(req, call, body)),
  endpoint(r.finishOidc, ({ query }, call, { req }) => oidcDoor.finish(req, call, query.state)),
  endpoint(r.signOutOidc, (_input, call, { req }) => oidcDoor.signOut(req, call)),
  endpoint(r.signedOutOidc, ({ query }, _call, { req }) => oidcDoor.signedOut(req, query.state)),
  endpoint(r.oidcSecondFactor, ({ body }, call, { req }) => oidcDoor.secondFactor(req, call, body.totp)),
  endpoint(r.unlinkOwnOidc, (_input, call) => oidc.unlinkOwn(call)),
  endpoint(r.linkOidc, ({ params, body }, call) => oidc.linkByAdministrator(call, params.id, body.subject)),
  endpoint(r.unlinkOidc, ({ params }, call) => oidc.unlinkByAdministrator(call, params.id)),
  endpoint(r.closeSession, async (_input, call, { req }) => {
    await sessions.close(call, req.sessionID, undefined);
    await door.close(req);
  }),
  endpoint(r.changePassword, ({ body }, call, { req }) => sessions.changePassword(call, body, req.sessionID)),
  endpoint(r.prepareTotp, (_input, call) => totp.prepare(call)),
  endpoint(r.confirmTotp, ({ body }, call, { req }) => totp.confirm(call, body.code, req.sessionID)),
  endpoint(r.makeRecoveryCodes, ({ body }, call) => recovery.make(call, body.totp)),
  endpoint(r.issueKey, ({ body }, call) => apiKeys.issue(call, body)),
  endpoint(r.listKeys, ({ query }, call) => apiKeys.list(call, query)),
  endpoint(r.listIssuedKeys, ({ query }, call) => apiKeys.listIssued(call, query)),
  endpoint(r.revokeIssuedKey, ({ params, body }, call) => apiKeys.revokeIssued(call, params.id, body.reason)),
  endpoint(r.revokeKey, ({ params }, call) => apiKeys.revoke(call, params.id)),
];
