import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { institutionRoutes as routes } from './institutions.contract';
import type { Institutions } from './institutions.service';

export const institutionEndpoints = (service: Institutions): Endpoint[] => [
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.list, (input, call) => service.list(call.actor, input.query)),
  endpoint(routes.read, (input, call) => service.read(call.actor, input.params.id, input.query)),
  endpoint(routes.diff, (input, call) => service.diff(call.actor, input.params.id, input.query)),
  endpoint(routes.changes, (input, call) => service.changes(call.actor, input.params.id, input.query)),
  endpoint(routes.history, (input, call) => service.history(call.actor, input.params.id, input.query)),
];
