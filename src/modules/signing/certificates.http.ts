import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { signingRoutes as r } from './certificates.contract';
import type { Signing } from './certificates.service';

export const signingEndpoints = (s: Signing): Endpoint[] => [
  endpoint(r.request, ({ body }, call) => s.request(call, body)),
  endpoint(r.list, ({ query }, call) => s.list(call, query)),
  endpoint(r.anchors, () => s.anchors()),
];
