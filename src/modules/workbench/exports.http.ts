import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { exportRoutes as routes } from './exports.contract';
import type { Exports } from './exports.service';

export const exportEndpoints = (service: Exports): Endpoint[] => [
  endpoint(routes.organisations, (input, call) => service.ofBodies(call.actor, input.query)),
  endpoint(routes.institutions, (input, call) => service.ofInstitutions(call.actor, input.query)),
  endpoint(routes.experts, (input, call) => service.ofExperts(call.actor, input.query)),
  endpoint(routes.staff, (input, call) => service.ofStaff(call.actor, input.params.id, input.query)),
  endpoint(routes.mines, (input, call) => service.ofMines(call.actor, input.query)),
  endpoint(routes.blacklist, (input, call) => service.ofBars(call.actor, input.query)),
  endpoint(routes.auditEntries, (input, call) => service.ofTrail(call.actor, input.query)),
];
