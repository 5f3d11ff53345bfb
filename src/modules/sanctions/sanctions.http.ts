import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { legalDate, legalDateOf } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import { sanctionRoutes } from './sanctions.contract';
import type { SanctionViews } from './sanctions.views';

export const sanctionEndpoints = (views: SanctionViews, clock: Clock): Endpoint[] => [
  endpoint(sanctionRoutes.list, ({ query }) =>
    views.list(query.asOf ? legalDate(query.asOf) : legalDateOf(clock.now()), query),
  ),
  endpoint(sanctionRoutes.show, ({ params, query }) =>
    views.show(params.id, query.asOf ? legalDate(query.asOf) : legalDateOf(clock.now())),
  ),
];
