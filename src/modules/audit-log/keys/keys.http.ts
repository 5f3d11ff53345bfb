import { endpoint, type Endpoint } from '../../../kernel/http/endpoint';
import { logKeyRoutes as routes } from './keys.contract';
import type { LogKeys } from './keys.service';

export const logKeyEndpoints = (keys: LogKeys): Endpoint[] => [
  endpoint(routes.list, () => keys.list()),
  endpoint(routes.add, ({ body }, call) => keys.add(call, body)),
  endpoint(routes.retire, ({ params, body }, call) => keys.retire(call, params.id, body)),
];
