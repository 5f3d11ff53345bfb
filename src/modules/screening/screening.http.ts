import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { screeningRoutes as r } from './screening.contract';
import type { Screening } from './screening.service';

export const screeningEndpoints = (s: Screening): Endpoint[] => [
  endpoint(r.institution, ({ params, query }) => s.screenInstitution(params.uscc, query.asOf)),
  endpoint(r.person, ({ body }, call) => s.screenPerson(call, body)),
  endpoint(r.readiness, ({ params, query }, call) => {
    const { role, institutionId } = call.actor;
    if (role === 'institution' && institutionId !== params.id) {
      throw new Problem('request.not-found', { what: say('评估机构', 'institution'), id: params.id });
    }
    return s.readiness(params.id, query);
  }),
];
