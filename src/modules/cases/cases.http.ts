import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { caseRoutes as r } from './cases.contract';
import type { Cases } from './cases.service';

export const caseEndpoints = (s: Cases): Endpoint[] => [
  endpoint(r.lead, ({ body }, call) => s.recordLead(call, body)),
  endpoint(r.list, ({ query }, call) => s.listCases(call, query)),
  endpoint(r.show, ({ params }, call) => s.showCase(call, params.id)),
  endpoint(r.showSubject, ({ params }, call) => s.showCaseSubject(call, params.id)),
  endpoint(r.open, ({ params, body }, call) => s.openCase(call, params.id, body)),
  endpoint(r.investigate, ({ params, body }, call) => s.investigate(call, params.id, body)),
  endpoint(r.close, ({ params, body }, call) => s.closeCase(call, params.id, body)),
  endpoint(r.dismiss, ({ params, body }, call) => s.dismiss(call, params.id, body)),
  endpoint(r.transfer, ({ params, body }, call) => s.transfer(call, params.id, body)),
  endpoint(r.notify, ({ params, body }, call) => s.notify(call, params.id, body)),
  endpoint(r.hear, ({ params, body }, call) => s.hear(call, params.id, body)),
  endpoint(r.waive, ({ params, body }, call) => s.waive(call, params.id, body)),
  endpoint(r.lapse, ({ params, body }, call) => s.lapse(call, params.id, body)),
  endpoint(r.review, ({ params, body }, call) => s.review(call, params.id, body)),
  endpoint(r.propose, ({ params, body }, call) => s.propose(call, params.id, body)),
  endpoint(r.decide, ({ params, body, version }, call) => s.decide(call, params.id, body, version)),
  endpoint(r.serve, ({ params, body }, call) => s.serve(call, params.id, body)),
  endpoint(r.takeEffect, ({ params, body }, call) => s.takeEffect(call, params.id, body)),
  endpoint(r.stay, ({ params, body }, call) => s.stay(call, params.id, body)),
  endpoint(r.annul, ({ params, body }, call) => s.annul(call, params.id, body)),
  endpoint(r.change, ({ params, body }, call) => s.change(call, params.id, body)),
  endpoint(r.publicise, ({ params, body }, call) => s.publicise(call, params.id, body)),
];
