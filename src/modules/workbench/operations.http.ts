import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { operationsRoutes as routes } from './operations.contract';
import type { Operations } from './operations.service';

export const operationsEndpoints = (service: Operations): Endpoint[] => [endpoint(routes.show, () => service.show())];
