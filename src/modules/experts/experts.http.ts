import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { employmentRoutes } from './employments.contract';
import { expertRoutes as routes } from './experts.contract';
import { correctionRoutes as corrections } from './corrections.contract';
import { objectionRoutes as objections } from './objections.contract';
import { mergeRoutes as merges } from './merging.contract';
import { personRoutes as persons } from './persons.contract';
import type { Experts } from './experts.service';

export const expertEndpoints = (service: Experts): Endpoint[] => [
  // Before those with an id in this place: `me` is none.
  endpoint(persons.ownRecord, (_input, call) => service.readOwn(call.actor)),
  endpoint(corrections.ask, ({ body }, call) => service.askCorrection(call, body)),
  endpoint(persons.own, (_input, call) => service.naming(call.actor, call.actor.expertId ?? '')),
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.list, (input, call) => service.list(call.actor, input.query)),
  endpoint(routes.search, (input, call) => service.list(call.actor, input.body)),
  endpoint(routes.read, (input, call) => service.read(call.actor, input.params.id, input.query)),
  endpoint(routes.diff, (input, call) => service.diff(call.actor, input.params.id, input.query)),
  endpoint(routes.changes, (input, call) => service.changes(call.actor, input.params.id, input.query)),
  endpoint(routes.history, (input, call) => service.history(call.actor, input.params.id, input.query)),
  endpoint(employmentRoutes.record, (input, call) => service.recordEmployment(call, input.body)),
  endpoint(employmentRoutes.sheet, (input, call) => service.enterSheet(call, input.params.id, input.body)),
  endpoint(employmentRoutes.void, (input, call) => service.voidEmployment(call, input.params.id, input.body)),
  endpoint(employmentRoutes.confirm, (input, call) => service.confirmEmployment(call, input.params.id, input.body)),
  endpoint(employmentRoutes.end, (input, call) => service.endEmployment(call, input.params.id, input.body)),
  endpoint(employmentRoutes.read, (input, call) => service.readEmployment(call.actor, input.params.id)),
  endpoint(employmentRoutes.history, (input, call) =>
    service.employmentHistory(call.actor, input.params.id, input.query),
  ),
  endpoint(employmentRoutes.diff, (input, call) => service.employmentDiff(call.actor, input.params.id, input.query)),
  endpoint(employmentRoutes.changes, (input, call) =>
    service.employmentChanges(call.actor, input.params.id, input.query),
  ),
  endpoint(employmentRoutes.staff, (input, call) => service.staff(call.actor, input.params.id, input.query)),
  endpoint(objections.raise, (input, call) => service.raiseObjection(call, input.params.id, input.body)),
  endpoint(objections.withdraw, (input, call) => service.withdrawObjection(call, input.params.id, input.body)),
  endpoint(objections.uphold, (input, call) => service.upholdObjection(call, input.params.id, input.body)),
  endpoint(objections.dismiss, (input, call) => service.dismissObjection(call, input.params.id, input.body)),
  endpoint(objections.read, (input, call) => service.readObjection(call.actor, input.params.id)),
  endpoint(objections.list, (input, call) => service.listObjections(call.actor, input.query)),
  endpoint(corrections.withdraw, ({ params }, call) => service.withdrawCorrection(call, params.id)),
  endpoint(corrections.grant, ({ params, body }, call) => service.grantCorrection(call, params.id, body)),
  endpoint(corrections.refuse, ({ params, body }, call) => service.refuseCorrection(call, params.id, body)),
  endpoint(corrections.read, ({ params }, call) => service.readCorrection(call.actor, params.id)),
  endpoint(corrections.list, ({ query }, call) => service.listCorrections(call.actor, query)),
  endpoint(merges.propose, (input, call) => service.proposeMerge(call, input.body)),
  endpoint(merges.withdraw, (input, call) => service.withdrawMerge(call, input.params.id, input.body)),
  endpoint(merges.confirm, (input, call) => service.confirmMerge(call, input.params.id, input.body)),
  endpoint(merges.refuse, (input, call) => service.refuseMerge(call, input.params.id, input.body)),
  endpoint(merges.undo, (input, call) => service.undoMerge(call, input.params.id, input.body)),
  endpoint(merges.read, (input, call) => service.readMerge(call.actor, input.params.id)),
  endpoint(merges.list, (input, call) => service.listMerges(call.actor, input.query)),
  endpoint(persons.naming, (input, call) => service.naming(call.actor, input.params.id)),
  endpoint(persons.addDocument, (input, call) => service.addDocument(call, input.params.id, input.body)),
  endpoint(persons.withdrawDocument, ({ params, body }, call) =>
    service.withdrawDocument(call, params.id, params.identityId, body),
  ),
  endpoint(persons.doubts, (input) => service.listDoubts(input.query)),
  endpoint(persons.doubt, (input) => service.readDoubt(input.params.id)),
  endpoint(persons.decideDoubt, (input, call) => service.decideDoubt(call, input.params.id, input.body)),
];
