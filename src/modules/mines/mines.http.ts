import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { mineRoutes as routes } from './mines.contract';
import type { Mines } from './mines.service';

export const mineEndpoints = (service: Mines): Endpoint[] => [
  endpoint(routes.register, (input, call) => service.register(call, input.body)),
  endpoint(routes.amend, (input, call) => service.amend(call, input.params.id, input.version, input.body)),
  endpoint(routes.importList, (input, call) => service.importList(call, input.upload, input.query)),
  endpoint(routes.readImport, (input) => service.readImport(input.params.id)),
  endpoint(routes.list, (input, call) => service.list(call.actor, input.query)),
  endpoint(routes.read, (input, call) => service.read(call.actor, input.params.id, input.query)),
  endpoint(routes.diff, (input, call) => service.diff(call.actor, input.params.id, input.query)),
  endpoint(routes.changes, (input, call) => service.changes(call.actor, input.params.id, input.query)),
  endpoint(routes.history, (input, call) => service.history(call.actor, input.params.id, input.query)),
  endpoint(routes.readLicences, (input, call) => service.readLicences(call.actor, input.params.id, input.query)),
  endpoint(routes.putLicences, (input, call) => service.putLicences(call, input.params.id, input.version, input.body)),
  endpoint(routes.readListEntries, (input, call) => service.readListEntries(call.actor, input.params.id, input.query)),
  endpoint(routes.putListEntries, (input, call) =>
    service.putListEntries(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.readContacts, (input, call) => service.readContacts(call.actor, input.params.id, input.query)),
  endpoint(routes.putContacts, (input, call) => service.putContacts(call, input.params.id, input.version, input.body)),
  endpoint(routes.propose, (input, call) => service.proposeContacts(call, input.params.id, input.body)),
  endpoint(routes.listProposals, (input, call) => service.listProposals(call.actor, input.query)),
  endpoint(routes.acceptProposal, (input, call) =>
    service.acceptProposal(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.returnProposal, (input, call) =>
    service.returnProposal(call, input.params.id, input.version, input.body),
  ),
  endpoint(routes.withdrawProposal, (input, call) => service.withdrawProposal(call, input.params.id, input.version)),
];
