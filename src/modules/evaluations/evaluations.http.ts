import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { evaluationRoutes as r } from './evaluations.contract';
import type { Evaluations } from './evaluations.service';

export const evaluationEndpoints = (s: Evaluations): Endpoint[] => [
  endpoint(r.list, ({ query }, call) => s.listEvaluations(call, query)),
  endpoint(r.show, ({ params }, call) => s.showEvaluation(call, params.id)),
  endpoint(r.nameTeam, ({ params, body }, call) => s.nameTeam(call, params.id, body)),
  endpoint(r.deskReview, ({ params, body }, call) => s.deskReview(call, params.id, body)),
  endpoint(r.onSite, ({ params, body }, call) => s.onSite(call, params.id, body)),
  endpoint(r.addEvidence, ({ params, body }, call) => s.addEvidence(call, params.id, body)),
  endpoint(r.report, ({ params, body }, call) => s.report(call, params.id, body)),
  endpoint(r.accept, ({ params }, call) => s.accept(call, params.id)),
  endpoint(r.returnReport, ({ params, body }, call) => s.returnReport(call, params.id, body)),
  endpoint(r.reject, ({ params, body }, call) => s.reject(call, params.id, body)),
  endpoint(r.voidEvaluation, ({ params, body }, call) => s.voidEvaluation(call, params.id, body)),
  endpoint(r.resume, ({ params, body }, call) => s.resume(call, params.id, body)),
];
