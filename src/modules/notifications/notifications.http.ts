import { endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { contactRoutes as c } from './contacts.contract';
import { deliveryRoutes as d } from './deliveries.contract';
import { inboxRoutes as i } from './inbox.contract';
import type { Notifications } from './notifications.service';

export const notificationEndpoints = ({ inbox, contacts, service, receipts, read }: Notifications): Endpoint[] => [
  endpoint(i.listInbox, ({ query }, call) => inbox.list(call, query)),
  endpoint(i.countInbox, (_input, call) => inbox.count(call)),
  endpoint(i.readItem, ({ params }, call) => inbox.read(call, params.id)),
  endpoint(i.openItem, ({ params }, call) => inbox.open(call, params.id)),
  endpoint(c.listContacts, (_input, call) => contacts.list(call)),
  endpoint(c.setContact, ({ params, body }, call) => contacts.set(call, params.channel, body.address)),
  endpoint(c.verifyContact, ({ params, body }, call) => contacts.verify(call, params.channel, body.code)),
  endpoint(c.chooseContact, ({ params, body }, call) => contacts.choose(call, params.channel, body.enabled)),
  endpoint(c.removeContact, ({ params }, call) => contacts.remove(call, params.channel)),
  endpoint(d.readNotification, ({ params }, call) => read(call, params.id)),
  endpoint(d.serveNotification, ({ params, body }, call) => service.serve(call, params.id, body)),
  endpoint(d.listDeadLetters, ({ query }) => receipts.listDeadLetters(query)),
  endpoint(d.resendDeadLetter, ({ params }, call) => receipts.resend(call, params.id)),
  endpoint(d.takeSmsReceipts, ({ body }, call) => receipts.takeSms(call, body)),
  endpoint(d.listConsents, ({ query }, call) => service.listConsents(call, query)),
  endpoint(d.recordConsent, ({ body }, call) => service.record(call, body)),
  endpoint(d.withdrawConsent, ({ params, body }, call) => service.withdraw(call, params.id, body)),
];
