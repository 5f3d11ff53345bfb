import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { commissionRoutes as r } from './commissions.contract';
import type { Commissions } from './commissions.service';

export const commissionEndpoints = (s: Commissions): Endpoint[] => [
  endpoint(r.applyToPool, ({ body }, call) => s.applyToPool(call, body)),
  endpoint(r.withdrawFromPool, ({ params, body }, call) => s.withdrawFromPool(call, params.id, body)),
  endpoint(r.listPool, ({ query }, call) => s.listPool(call, query)),
  endpoint(r.showPoolEntry, ({ params }, call) => s.showPoolEntry(call, params.id)),
  endpoint(r.proposePoolDecision, ({ params, body }, call) => s.proposePoolDecision(call, params.id, body)),
  endpoint(r.returnPoolDecision, ({ params, body, version }, call) =>
    s.returnPoolDecision(call, params.id, body, version),
  ),
  endpoint(r.decidePool, ({ params, body, version }, call) => s.decidePool(call, params.id, body, version)),
  endpoint(r.openLot, ({ body }, call) => s.openLot(call, body)),
  endpoint(r.publishCandidates, ({ params, body }, call) => s.publishCandidates(call, params.id, body)),
  endpoint(r.closeLot, ({ params }, call) => s.closeLot(call, params.id)),
  endpoint(r.cancelLot, ({ params, body }, call) => s.cancelLot(call, params.id, body)),
  endpoint(r.showLot, ({ params }, call) => s.showLot(call, params.id)),
  endpoint(r.showLotMines, ({ params }, call) => s.showLotMines(call, params.id)),
  endpoint(r.listLots, ({ query }, call) => s.listLots(call, query)),
  endpoint(r.offer, ({ params, body }, call) => s.offer(call, params.id, body)),
  endpoint(r.takeUp, ({ params, body }, call) => s.takeUp(call, params.id, body)),
  endpoint(r.decline, ({ params, body }, call) => s.decline(call, params.id, body)),
  endpoint(r.release, ({ params, body }, call) => s.release(call, params.id, body)),
  endpoint(r.resume, ({ params, body }, call) => s.resume(call, params.id, body)),
  endpoint(r.showAssignment, ({ params }, call) => s.showAssignment(call, params.id)),
  endpoint(r.listAssignments, ({ query }, call) => s.listAssignments(call, query)),
  endpoint(r.listEngagements, ({ query }, call) => s.listEngagements(call, query)),
  endpoint(r.replay, ({ params, query }, call) => s.replay(call, params.id, query)),
  endpoint(r.engage, ({ body }, call) => s.engage(call, body)),
  endpoint(r.endEngagement, ({ params, body }, call) => s.endEngagement(call, params.id, body)),
];
