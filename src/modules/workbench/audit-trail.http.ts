import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { trailRoutes as routes } from './audit-trail.contract';
import type { AuditTrail } from './audit-trail.service';

export const auditTrailEndpoints = (service: AuditTrail): Endpoint[] => [
  endpoint(routes.list, ({ query }, call) => service.list(call.actor, query)),
  endpoint(routes.read, ({ params }, call) => service.read(call, params.id)),
  endpoint(routes.types, () => Promise.resolve(service.types())),
];
