import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { dashboardRoutes as routes } from './dashboard.contract';
import type { Dashboard } from './dashboard.service';

export const dashboardEndpoints = (service: Dashboard): Endpoint[] => [
  endpoint(routes.show, (_input, call) => service.show(call.actor)),
  endpoint(routes.conditions, ({ query }, call) => service.conditions(call.actor, query)),
];
