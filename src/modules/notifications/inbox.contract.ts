import * as z from 'zod';
import { idParams } from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { EventCatalogue } from '../audit-log';

export const inboxItem = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  ref: z.string().nullable().describe('所涉记录，种类:编号'),
  deadline: z.string().nullable().describe('截止日'),
  formal: z.boolean().describe('正式文书；到达本收件箱且有电子送达确认的，视为送达'),
  deliveredOn: z.string().nullable().describe('送达日；未构成送达的为 null'),
  fileId: z.string().nullable().describe('文书全文，以 GET /files/{id}/content 读取；没有的为 null'),
  arrivedAt: z.string(),
  openedAt: z.string().nullable().describe('首次打开的时刻'),
});
export type InboxView = z.infer<typeof inboxItem>;

const tag = '通知';
const access = 'account';

export const inboxRoutes = {
  listInbox: route({
    method: 'get',
    path: '/inbox',
    summary: '本人收件箱，未读在前 The own inbox, unread first',
    tag,
    access,
    query: z.strictObject({ ...pageQuery, unread: z.enum(['true', 'false']).optional() }),
    reply: pageOf(inboxItem),
  }),
  countInbox: route({
    method: 'get',
    path: '/inbox/count',
    summary: '未读数 How many are unread',
    tag,
    access,
    reply: z.object({ unread: z.number() }),
  }),
  readItem: route({
    method: 'get',
    path: '/inbox/:id',
    summary: '一条通知，不改变未读状态 One message; leaves it unread',
    tag,
    access,
    params: idParams,
    reply: inboxItem,
    problems: ['request.not-found'],
  }),
  openItem: route({
    method: 'post',
    path: '/inbox/:id/open',
    summary: '打开（标为已读，记下首次打开的时刻） Open: marks it read',
    tag,
    access,
    params: idParams,
    reply: inboxItem,
    status: 200,
    events: ['inbox.opened', 'inbox.reopened'],
    problems: ['request.not-found'],
  }),
};

export const inboxEvents: EventCatalogue = {
  'inbox.opened': { visibility: 'sealed', title: '首次打开通知' },
  'inbox.reopened': { visibility: 'sealed', title: '再次打开通知' },
};
