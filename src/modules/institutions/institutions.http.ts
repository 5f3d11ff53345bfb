import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { institutionRoutes as routes } from './institutions.contract';
import type { Institutions } from './institutions.service';

export const institutionEndpoints = (service: Institutions): Endpoint[] => [
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.list, (input, call) => service.list(call.actor, input.query)),
  endpoint(routes.read, (input, call) => service.read(call.actor, input.params.id, input.query)),
  endpoint(routes.diff, (input, call) => service.diff(call.actor, input.params.id, input.query)),
  endpoint(routes.changes, (input, call) => service.changes(call.actor, input.params.id, input.query)),
  endpoint(routes.history, (input, call) => service.history(call.actor, input.params.id, input.query)),
  endpoint(routes.reportChange, (input, call) => service.reportChange(call, input.params.id, input.body)),
  endpoint(routes.openDuty, (input, call) => service.openDuty(call, input.params.id, input.body)),
  endpoint(routes.listChanges, (input, call) => service.listChanges(call.actor, input.query)),
  endpoint(routes.readChange, (input, call) => service.readChange(call.actor, input.params.id)),
  endpoint(routes.answerDuty, (input, call) => service.answerDuty(call, input.params.id, input.version, input.body)),
  endpoint(routes.confirmChange, (input, call) =>
    service.confirmChange(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.returnChange, (input, call) =>
    service.returnChange(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.dropChange, (input, call) => service.dropChange(call, input.params.id, input.version, input.body)),
  endpoint(routes.changePhone, (input, call) => service.changePhone(call, input.params.id, input.body)),
];
