import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { organisationRoutes as routes } from './organisations.contract';
import type { Organisations } from './organisations.service';

export const organisationEndpoints = (service: Organisations): Endpoint[] => [
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.list, (input) => service.list(input.query)),
  endpoint(routes.read, (input) => service.read(input.params.id, input.query)),
  endpoint(routes.history, (input, call) => service.history(call.actor, input.params.id, input.query)),
  endpoint(routes.diff, (input, call) => service.diff(call.actor, input.params.id, input.query)),
  endpoint(routes.changes, (input, call) => service.changes(call.actor, input.params.id, input.query)),
  endpoint(routes.listDocuments, (input, call) => service.listDocuments(call.actor, input.params.id, input.query)),
  endpoint(routes.addDocument, (input, call) => service.addDocument(call, input.params.id, input.version, input.body)),
  endpoint(routes.amendDocument, (input, call) => service.amendDocument(call, input.params, input.version, input.body)),
  endpoint(routes.withdrawDocument, (input, call) =>
    service.withdrawDocument(call, input.params, input.version, input.body),
  ),
  endpoint(routes.endingDocuments, (input, call) => service.endingDocuments(call.actor, input.query)),
  endpoint(routes.readOwners, (input, call) => service.readOwners(call.actor, input.params.id, input.query)),
  endpoint(routes.putOwners, (input, call) => service.putOwners(call, input.params.id, input.version, input.body)),
  endpoint(routes.readFormerCodes, (input) => service.readFormerCodes(input.params.id, input.query)),
  endpoint(routes.putFormerCodes, (input, call) =>
    service.putFormerCodes(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.readSuccessors, (input) => service.readSuccessors(input.params.id, input.query)),
  endpoint(routes.putSuccessors, (input, call) =>
    service.putSuccessors(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.changeCode, (input, call) => service.changeCode(call, input.params.id, input.version, input.body)),
  endpoint(routes.byCode, (input) => service.findCode(input.params.code)),
];
