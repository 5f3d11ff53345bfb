import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import type { Page, PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { instantText, type Instant } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import { isSignedBy } from './channels/sms';
import type { DeadLetterView } from './deliveries.contract';
import {
  countDeadLetters,
  countQueued,
  countUnreceipted,
  deadLettersPage,
  findDelivery,
  manyDeliveries,
  moveDelivery,
  type Delivery,
} from './deliveries.store';
import { countWaiting, moveNotification, Notification, notificationsOf } from './notifications.store';
import { receiptDueBefore } from './receipts.rules';
import { deliveryShown, timeText } from './shown.views';

export interface ReceiptDeps {
  db: Db;
  command: Command;
  audit: Audit;
  /** Key shared with the gateway; undefined when there is none. */
  smsKey?: string;
}

export interface SmsReceipt {
  id: string;
  status: 'delivered' | 'failed';
  at: Instant;
  reason?: string;
}

/** What became of messages: receipts, dead letters, and the figures of the outbox. */
export function createReceipts({ db, command, audit, smsKey }: ReceiptDeps) {
  const { clock } = db.sources;

  async function letters(on: Reads, rows: readonly Delivery[]): Promise<DeadLetterView[]> {
    const known = await notificationsOf(
      on,
      rows.flatMap((d) => d.notificationId ?? []),
    );
    return rows.map((d) => {
      const n = d.notificationId === null ? undefined : known.get(d.notificationId);
      return {
        ...deliveryShown(d, clock.now()),
        id: d.id,
        notificationId: d.notificationId,
        kind: n?.kind ?? null,
        to: n ? { kind: n.toKind, id: n.toId } : null,
        createdAt: timeText(d.createdAt)!,
      };
    });
  }

  async function listDeadLetters({
    what,
    ...request
  }: PageRequest & { what: 'failed' | 'without-receipt' }): Promise<Page<DeadLetterView>> {
    const page = await deadLettersPage(db, request, what === 'failed' ? undefined : receiptDueBefore(clock.now()));
    return { ...page, items: await letters(db, page.items) };
  }

  const resend = (call: Call, id: string): Promise<DeadLetterView> =>
    command(call, {}, async (tx) => {
      const row = await findDelivery(tx, id);
      if (!row || row.purpose !== 'notice')
        throw new Problem('request.not-found', { what: say('未送出的通知', 'undelivered notice'), id });
      if (row.state !== 'failed') throw new Problem('dead-letter.settled');
      const again = { attempts: 0, nextAt: clock.now(), settledAt: null, token: null };
      const inbox = row.channel === 'inbox';
      const patch: Partial<Delivery> = inbox
        ? { state: 'resent', settledAt: clock.now() }
        : { state: 'queued', ...again };
      if (!(await moveDelivery(tx, row, patch))) throw new Problem('dead-letter.settled');
      if (inbox) {
        const n = await loadRecord(tx, Notification, { id: row.notificationId! }, say('通知', 'notice'));
        await moveNotification(tx, n, { state: 'waiting', attempts: 0, nextAt: clock.now() });
      }
      await audit.append(tx, call, { type: 'dead-letter.resent', payload: { delivery: id, channel: row.channel } });
      return (await letters(tx, [{ ...row, ...patch }]))[0]!;
    });

  /** Receipts may come twice, late or out of order: the first that says "delivered" stands. */
  async function takeSms(
    call: Call,
    body: { receipts: readonly SmsReceipt[]; timestamp: Instant; signature: string },
  ): Promise<{ taken: number; unknown: number }> {
    if (smsKey === undefined) throw new Problem('sms.off');
    // The gateway signed the texts that it sent, not what they were parsed into.
    const receipts = body.receipts.map((r) => ({ ...r, at: instantText(r.at) }));
    if (!isSignedBy(smsKey, { ...body, receipts }, clock.now())) throw new Problem('sms.signature');
    return command(call, {}, async (tx) => {
      const rows = await manyDeliveries(tx, [...new Set(body.receipts.map((r) => r.id))]);
      const byId = new Map(rows.filter((d) => d.channel === 'sms').map((d) => [d.id, d]));
      let taken = 0;
      for (const { id, status, at } of body.receipts) {
        const row = byId.get(id);
        if (!row || row.state === 'delivered' || row.state === 'resent') continue;
        if (status === 'failed' && row.state === 'failed') continue;
        // A gateway's own words could hold anything: only that it failed is kept.
        const patch = {
          state: status,
          settledAt: at,
          reason: status === 'failed' ? 'receipt' : null,
          secret: null,
        } as const;
        if (!(await moveDelivery(tx, row, { ...patch, token: null }))) continue;
        Object.assign(row, patch);
        taken += 1;
      }
      const unknown = new Set(body.receipts.map((r) => r.id).filter((id) => !byId.has(id))).size;
      const payload = { receipts: body.receipts.length, taken, unknown };
      await audit.append(tx, call, { type: 'sms.receipts-taken', payload });
      return { taken, unknown };
    });
  }

  const figures = async (): Promise<Record<string, number>> => ({
    lujian_outbox_waiting: (await countWaiting(db)) + (await countQueued(db)),
    lujian_dead_letters: await countDeadLetters(db),
    lujian_sms_without_receipt: await countUnreceipted(db, receiptDueBefore(clock.now())),
  });

  return { listDeadLetters, resend, takeSms, figures };
}
