import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import type { Accounts } from './accounts/accounts.service';
import type { ApiKeys } from './api-keys/api-keys.service';
import type { Authorities } from './authorities/authorities.service';
import { identityRoutes as r } from './identity.contract';
import type { Sessions } from './sessions/sessions.service';
import type { Doorkeeper } from './sessions/sign-in';
import type { Totp } from './totp/totp.service';

export interface Rooms {
  authorities: Authorities;
  accounts: Accounts;
  sessions: Sessions;
  totp: Totp;
  apiKeys: ApiKeys;
  door: Doorkeeper;
}

export const identityEndpoints = ({ authorities, accounts, sessions, totp, apiKeys, door }: Rooms): Endpoint[] => [
  endpoint(r.setAuthority, ({ body }, call) => authorities.set(call, body)),
  endpoint(r.readAuthority, () => authorities.requireAuthority()),
  endpoint(r.createAccount, ({ body }, call) => accounts.create(call, body)),
  endpoint(r.listAccounts, ({ query }, call) => accounts.list(call, query)),
  endpoint(r.readAccount, ({ params }, call) => accounts.read(call, params.id)),
  endpoint(r.disableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, true)),
  endpoint(r.enableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, false)),
  endpoint(r.resetPassword, ({ params }, call) => accounts.resetPassword(call, params.id)),
  endpoint(r.resetTotp, ({ params }, call) => accounts.resetTotp(call, params.id)),
  endpoint(r.openSession, ({ body }, call, { req }) => door.open(req, call, body.totp)),
  endpoint(r.readSession, (_input, call, { req }) => sessions.read(call.actor.accountId!, req.sessionID)),
  endpoint(r.closeSession, async (_input, call, { req }) => {
    await sessions.close(call, req.sessionID);
    await door.close(req);
  }),
  endpoint(r.changePassword, ({ body }, call, { req }) => sessions.changePassword(call, body, req.sessionID)),
  endpoint(r.prepareTotp, (_input, call) => totp.prepare(call)),
  endpoint(r.confirmTotp, ({ body }, call) => totp.confirm(call, body.code)),
  endpoint(r.issueKey, ({ body }, call) => apiKeys.issue(call, body)),
  endpoint(r.listKeys, ({ query }, call) => apiKeys.list(call, query)),
  endpoint(r.revokeKey, ({ params }, call) => apiKeys.revoke(call, params.id)),
];
