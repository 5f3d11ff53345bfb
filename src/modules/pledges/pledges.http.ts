import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { pledgeRoutes as r } from './pledges.contract';
import type { Pledges } from './pledges.service';

export const pledgeEndpoints = (s: Pledges): Endpoint[] => [
  endpoint(r.prepare, ({ params }, call) => s.preparePledge(call, params.id)),
  endpoint(r.list, ({ params }, call) => s.listPledges(call, params.id)),
  endpoint(r.listToSeal, ({ query }, call) => s.listToSeal(call, query)),
  endpoint(r.show, ({ params }, call) => s.showPledge(call, params.id)),
  endpoint(r.file, ({ params, query }, call) => s.file(call, params.id, query.sha256)),
  endpoint(r.prepareSignature, ({ params, body }, call) => s.prepareSignature(call, params.id, body)),
  endpoint(r.preparedFile, ({ params }, call) => s.preparedFile(call, params.id, params.revisionId)),
  endpoint(r.completeSignature, ({ params, body }, call) => s.completeSignature(call, params.id, body)),
  endpoint(r.void, ({ params, body }, call) => s.voidPledge(call, params.id, body)),
];
