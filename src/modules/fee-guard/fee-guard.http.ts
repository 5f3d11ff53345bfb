import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { feeRoutes as r } from './fee-guard.contract';
import type { FeeGuard } from './fee-guard.service';

export const feeEndpoints = (s: FeeGuard): Endpoint[] => [
  endpoint(r.record, ({ body }, call) => s.recordPayment(call, body)),
  endpoint(r.list, ({ query }, call) => s.listPayments(call, query)),
  endpoint(r.findings, ({ query }, call) => s.listFindings(call, query)),
];
