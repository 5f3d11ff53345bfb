import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { importRoutes as routes } from './imports.contract';
import type { Imports } from './imports.service';

export const importEndpoints = (service: Imports): Endpoint[] => [
  endpoint(routes.template, (input) => service.template(input.params.kind, input.query.format)),
  endpoint(routes.upload, (input, call) => service.upload(call, input.params.kind, input.upload, input.query)),
  endpoint(routes.list, (input, call) => service.list(call.actor, input.query)),
  endpoint(routes.read, (input, call) => service.read(call.actor, input.params.id, input.query.wait)),
  endpoint(routes.faults, (input, call) => service.faults(call.actor, input.params.id, input.query)),
  endpoint(routes.sheet, (input, call) => service.sheet(call.actor, input.params.id)),
  endpoint(routes.apply, (input, call) => service.apply(call, input.params.id, input.body.mode)),
  endpoint(routes.cancel, (input, call) => service.cancel(call, input.params.id)),
];
