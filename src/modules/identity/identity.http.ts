import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import type { Accounts } from './accounts/accounts.service';
import type { ApiKeys } from './api-keys/api-keys.service';
import type { Authorities } from './authorities/authorities.service';
import type { Tree } from './authorities/tree.service';
import type { Deputies } from './deputies/deputies.service';
import { identityRoutes as r } from './identity.contract';
import type { Letters } from './letters/letters.service';
import type { Posts } from './posts/posts.service';
import type { Sessions } from './sessions/sessions.service';
import type { Doorkeeper } from './sessions/sign-in';
import type { WorkLists } from './work/work.service';
import type { Totp } from './totp/totp.service';

export interface Rooms {
  authorities: Authorities;
  tree: Tree;
  accounts: Accounts;
  posts: Posts;
  letters: Letters;
  deputies: Deputies;
  work: WorkLists;
  sessions: Sessions;
  totp: Totp;
  apiKeys: ApiKeys;
  door: Doorkeeper;
}

export const identityEndpoints = ({
  authorities,
  tree,
  accounts,
  posts,
  letters,
  deputies,
  work,
  sessions,
  totp,
  apiKeys,
  door,
}: Rooms): Endpoint[] => [
  endpoint(r.setAuthority, ({ body }, call) => authorities.set(call, body)),
  endpoint(r.readAuthority, () => authorities.requireAuthority()),
  endpoint(r.registerAuthority, ({ body }, call) => tree.register(call, body)),
  endpoint(r.amendAuthority, ({ params, body, version }, call) => tree.amend(call, params.id, body, version)),
  endpoint(r.endAuthority, ({ params, body }, call) => tree.end(call, params.id, body)),
  endpoint(r.listAuthorities, ({ query }, call) => tree.list(call, query)),
  endpoint(r.showAuthority, ({ params, query }, call) => tree.show(call, params.id, query)),
  endpoint(r.createAccount, ({ body }, call) => accounts.create(call, body)),
  endpoint(r.listAccounts, ({ query }, call) => accounts.list(call, query)),
  endpoint(r.readAccount, ({ params }, call) => accounts.read(call, params.id)),
  endpoint(r.disableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, true)),
  endpoint(r.enableAccount, ({ params }, call) => accounts.setDisabled(call, params.id, false)),
  endpoint(r.resetPassword, ({ params }, call) => accounts.resetPassword(call, params.id)),
  endpoint(r.resetTotp, ({ params }, call) => accounts.resetTotp(call, params.id)),
  endpoint(r.grantPost, ({ body }, call, { req }) => posts.grant(call, body, req.sessionID)),
  endpoint(r.endPost, ({ params, body }, call, { req }) => posts.end(call, params.id, body.lastDay, req.sessionID)),
  endpoint(r.listPosts, ({ query }, call) => posts.list(call, query)),
  endpoint(r.renewLetter, ({ params, body }, call) => letters.renew(call, params.id, body)),
  endpoint(r.listLetters, ({ params }) => letters.list(params.id)),
  endpoint(r.requireLetters, ({ body }, call) => letters.setRule(call, body)),
  endpoint(r.readLetterRule, () => letters.readRule()),
  endpoint(r.appointDeputy, ({ body }, call) => deputies.appoint(call, body)),
  endpoint(r.revokeDeputy, ({ params }, call) => deputies.revoke(call, params.id)),
  endpoint(r.listDeputies, ({ query }, call) => deputies.list(call, query)),
  endpoint(r.listWork, ({ query }, call) => work.list(call, query)),
  endpoint(r.overseeWork, ({ query }, call) => work.oversee(call, query)),
  endpoint(r.assignWork, ({ params, body }, call) => work.assign(call, params.id, body)),
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
