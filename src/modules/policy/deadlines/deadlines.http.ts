import { endpoint, type Endpoint } from '../../../kernel/http/endpoint';
import { deadlineRoutes } from './deadlines.contract';
import type { Deadlines } from './deadlines.service';

export const deadlineEndpoints = (s: Deadlines): Endpoint[] => [
  endpoint(deadlineRoutes.listDeadlines, ({ query }, call) => s.list(call, query)),
];
