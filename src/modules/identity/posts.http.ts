import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import type { Tree } from './authorities/tree.service';
import type { Colleagues } from './colleagues/colleagues.service';
import type { Posts } from './posts/posts.service';
import type { Letters } from './letters/letters.service';
import type { Deputies } from './deputies/deputies.service';
import type { WorkLists } from './work/work.service';
import type { HandOvers } from './hand-overs/hand-overs.service';
import { identityRoutes as r } from './identity.contract';

export interface PostRooms {
  tree: Tree;
  posts: Posts;
  colleagues: Colleagues;
  letters: Letters;
  deputies: Deputies;
  work: WorkLists;
  handOvers: HandOvers;
}

/** Authorities, posts and the work that lies with them. */
export const postEndpoints = ({
  tree,
  posts,
  colleagues,
  letters,
  deputies,
  work,
  handOvers,
}: PostRooms): Endpoint[] => [
  endpoint(r.registerAuthority, ({ body }, call) => tree.register(call, body)),
  endpoint(r.amendAuthority, ({ params, body, version }, call) => tree.amend(call, params.id, body, version)),
  endpoint(r.endAuthority, ({ params, body }, call) => tree.end(call, params.id, body)),
  endpoint(r.listAuthorities, ({ query }, call) => tree.list(call, query)),
  endpoint(r.showAuthority, ({ params, query }, call) => tree.show(call, params.id, query)),
  endpoint(r.grantPost, ({ body }, call, { req }) => posts.grant(call, body, req.sessionID)),
  endpoint(r.endPost, ({ params, body }, call, { req }) => posts.end(call, params.id, body.lastDay, req.sessionID)),
  endpoint(r.listPosts, ({ query }, call) => posts.list(call, query)),
  endpoint(r.listColleagues, ({ query }, call) => colleagues.list(call, query)),
  endpoint(r.findParties, ({ params, query }) => colleagues.find(params.kind, query.q)),
  endpoint(r.readParty, ({ params }) => colleagues.read(params.kind, params.id)),
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
  endpoint(r.prepareHandOver, ({ body }, call) => handOvers.prepare(call, body)),
  endpoint(r.listHandOvers, ({ query }, call) => handOvers.list(call, query)),
  endpoint(r.showHandOver, ({ params }, call) => handOvers.show(call, params.id)),
  endpoint(r.printHandOver, ({ params }, call) => handOvers.print(call, params.id)),
  endpoint(r.signHandOver, ({ params, body }, call) => handOvers.sign(call, params.id, body)),
  endpoint(r.signForGiver, ({ params, body }, call) => handOvers.signForGiver(call, params.id, body)),
  endpoint(r.cancelHandOver, ({ params, body }, call) => handOvers.cancel(call, params.id, body)),
];
