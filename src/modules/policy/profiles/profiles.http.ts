import { endpoint, type Endpoint } from '../../../kernel/http/endpoint';
import { policyRoutes as r } from './profiles.contract';
import type { PolicyService } from './profiles.service';

export const policyEndpoints = (s: PolicyService): Endpoint[] => [
  endpoint(r.kinds, async () => s.kinds()),
  endpoint(r.list, ({ query }) => s.list(query)),
  endpoint(r.read, ({ params }) => s.read(params.id)),
  endpoint(r.drafts, ({ query }, call) => s.drafts(call, query.state)),
  endpoint(r.draft, ({ body }, call) => s.draft(call, body)),
  endpoint(r.amend, ({ params, body }, call) => s.amend(call, params.id, body)),
  endpoint(r.withdraw, ({ params, body }, call) => s.withdraw(call, params.id, body)),
  endpoint(r.adopt, ({ params, body }, call) => s.adopt(call, params.id, body)),
  endpoint(r.review, ({ params, body }, call) => s.review(call, params.id, body)),
  endpoint(r.repeal, ({ params, body }, call) => s.repeal(call, params.id, body)),
];
