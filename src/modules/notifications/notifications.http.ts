import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { inboxRoutes as i } from './inbox.contract';
import type { Notifications } from './notifications.service';

export const notificationEndpoints = ({ inbox }: Notifications): Endpoint[] => [
  endpoint(i.listInbox, ({ query }, call) => inbox.list(call, query)),
  endpoint(i.countInbox, (_input, call) => inbox.count(call)),
  endpoint(i.readItem, ({ params }, call) => inbox.read(call, params.id)),
  endpoint(i.openItem, ({ params }, call) => inbox.open(call, params.id)),
];
