import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { mineRoutes as routes } from './mines.contract';
import type { Mines } from './mines.service';

export const mineEndpoints = (service: Mines): Endpoint[] => [
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.importList, (input, call) => service.importList(call, input.upload, input.query)),
  endpoint(routes.readImport, (input) => service.readImport(input.params.id)),
  endpoint(routes.list, (input) => service.list(input.query)),
  endpoint(routes.read, (input) => service.read(input.params.id, input.query)),
  endpoint(routes.history, (input) => service.history(input.params.id, input.query)),
];
