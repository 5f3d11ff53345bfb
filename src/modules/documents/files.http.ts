import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { documentRoutes as r } from './files.contract';
import type { Documents } from './files.service';

export const documentEndpoints = (s: Documents): Endpoint[] => [
  endpoint(r.store, ({ upload }, call) => s.store(call, upload)),
  endpoint(r.show, ({ params }, call) => s.show(call, params.id)),
  endpoint(r.content, ({ params }, call) => s.download(call, params.id)),
];
