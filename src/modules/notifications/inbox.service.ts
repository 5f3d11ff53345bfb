import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { instant, instantText } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { InboxView } from './inbox.contract';
import { notificationKinds } from './kinds.contract';
import { countUnread, inboxPage, itemOf, notificationsOf, openItem, type InboxItem } from './notifications.store';
import { inboxText } from './texts.rules';

export interface InboxDeps {
  db: Db;
  command: Command;
  audit: Audit;
}

const textOf = (at: number): string => instantText(instant(at));

/** One person's messages. */
export function createInbox({ db, command, audit }: InboxDeps) {
  const { clock } = db.sources;

  async function present(on: Reads, items: readonly InboxItem[]): Promise<InboxView[]> {
    const known = await notificationsOf(
      on,
      items.map((i) => i.notificationId),
    );
    return items.map((i) => {
      const n = known.get(i.notificationId)!;
      return {
        id: i.id,
        kind: n.kind,
        title: notificationKinds[n.kind].title,
        detail: inboxText(n.kind, n.params, n.deadline),
        ref: n.ref,
        deadline: n.deadline,
        formal: n.formal,
        deliveredOn: n.deliveredOn,
        fileId: n.fileId,
        arrivedAt: textOf(i.arrivedAt),
        openedAt: i.openedAt === null ? null : textOf(i.openedAt),
      };
    });
  }

  async function load(on: Reads, call: Call, id: string): Promise<InboxItem> {
    const item = await itemOf(on, call.actor.accountId!, id);
    if (!item) throw new Problem('request.not-found', { what: say('通知', 'notice'), id });
    return item;
  }

  return {
    async list(call: Call, query: PageRequest & { unread?: 'true' | 'false' }): Promise<Page<InboxView>> {
      const unread = query.unread === undefined ? undefined : query.unread === 'true';
      const page = await inboxPage(db, call.actor.accountId!, unread, query);
      return { ...page, items: await present(db, page.items) };
    },
    count: async (call: Call) => ({ unread: await countUnread(db, call.actor.accountId!) }),
    read: async (call: Call, id: string): Promise<InboxView> => (await present(db, [await load(db, call, id)]))[0]!,
    open: (call: Call, id: string): Promise<InboxView> =>
      command(call, {}, async (tx) => {
        const item = await load(tx, call, id);
        const first = await openItem(tx, item, clock.now());
        const type = first ? 'inbox.opened' : 'inbox.reopened';
        await audit.append(tx, call, { type, payload: { item: id, notification: item.notificationId } });
        return (await present(tx, [item]))[0]!;
      }),
  };
}

export type Inbox = ReturnType<typeof createInbox>;
