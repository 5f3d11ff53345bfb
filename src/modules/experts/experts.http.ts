import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { employmentRoutes } from './employments.contract';
import { expertRoutes as routes } from './experts.contract';
import { objectionRoutes as objections } from './objections.contract';
import type { Experts } from './experts.service';

export const expertEndpoints = (service: Experts): Endpoint[] => [
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
  endpoint(objections.list, (input, call) => service.listObjections(call.actor, input.query)),
];
