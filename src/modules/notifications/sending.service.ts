import type { Db } from '../../kernel/db/database';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import type { Log } from '../../kernel/log';
import type { Vault } from '../../kernel/vault/vault';
import type { Reached } from '../identity';
import type { Channel, ChannelName, OutgoingMessage, SendOutcome } from './channels/channel';
import { CODE_MINUTES } from './contacts.rules';
import { addressLabel } from './contacts.service';
import { contactOf, openContacts } from './contacts.store';
import { claimDelivery, dueToSend, insertDelivery, settleDelivery, type Delivery } from './deliveries.store';
import { Notification } from './notifications.store';
import { backOff, MOST_ATTEMPTS } from './retry.rules';
import { codeText, shortText } from './texts.rules';

export interface SendingDeps {
  db: Db;
  log: Log;
  vault: Vault;
  channels: readonly Channel[];
}

/** A channel answers within half a minute; a claim that lasts longer is a process that died. */
const CLAIM_MS = 120_000;
const AT_ONCE = 4;
const A_RUN = 20;
const SUBJECT = '绿鉴通知';

/** Mail and text messages: claimed by compare-and-set, sent outside transactions, at least once. */
export function createSending({ db, log, vault, channels }: SendingDeps) {
  const { clock, ids } = db.sources;
  const byName = new Map<ChannelName | 'inbox', Channel>(channels.map((c) => [c.name, c]));

  /** One row for each way on which a reached person wants to be told, inside the transaction that fills the inboxes. */
  async function queue(tx: Tx, notification: Notification, reached: readonly Reached[], now: number): Promise<void> {
    const contacts = await openContacts(
      tx,
      reached.map((r) => r.accountId),
    );
    for (const { accountId, channel } of contacts.filter((c) => byName.has(c.channel))) {
      await insertDelivery(tx, {
        id: ids.timed(),
        notificationId: notification.id,
        accountId,
        channel,
        purpose: 'notice',
        state: 'queued',
        secret: null,
        token: null,
        attempts: 0,
        nextAt: now,
        remoteRef: null,
        reason: null,
        createdAt: now,
        sentAt: null,
        settledAt: null,
      });
    }
  }

  async function claim(): Promise<{ row: Delivery; token: string }[]> {
    const now = clock.now();
    const claimed: { row: Delivery; token: string }[] = [];
    for (const row of await dueToSend(db, now, A_RUN)) {
      const token = ids.random();
      if (await inTransaction(db, (tx) => claimDelivery(tx, row, token, now + CLAIM_MS))) {
        claimed.push({ row, token });
      }
    }
    return claimed;
  }

  /** What is to be sent, or why it cannot be. */
  async function compose(row: Delivery): Promise<OutgoingMessage | SendOutcome> {
    const contact = row.accountId === null ? null : await contactOf(db, row.accountId, row.channel as ChannelName);
    if (!contact) return { result: 'refused', reason: 'no address' };
    if (row.purpose === 'notice' && contact.verifiedAt === null) return { result: 'refused', reason: 'unverified' };
    const to = vault.open('contact', addressLabel(contact), contact.address).toString('utf8');
    const message = { id: row.id, to, subject: SUBJECT };
    if (row.purpose === 'code') {
      if (row.secret === null) return { result: 'refused', reason: 'code spent' };
      const code = vault.open('contact-code', row.id, row.secret).toString('utf8');
      return { ...message, text: codeText(code, CODE_MINUTES) };
    }
    const n = await db.m.findOneByOrFail(Notification, { id: row.notificationId! });
    return { ...message, text: shortText(n.kind, n.deadline) };
  }

  function settled(row: Delivery, outcome: SendOutcome): Partial<Delivery> {
    const now = clock.now();
    const attempts = row.attempts + 1;
    if (outcome.result === 'accepted') {
      return { state: 'sent', attempts, sentAt: now, remoteRef: outcome.ref, reason: null, secret: null };
    }
    const { reason } = outcome;
    const dead = outcome.result === 'refused' || attempts >= MOST_ATTEMPTS;
    if (dead) return { state: 'failed', attempts, settledAt: now, reason, secret: null };
    return { attempts, nextAt: now + backOff(attempts), reason };
  }

  async function sendOne({ row, token }: { row: Delivery; token: string }): Promise<void> {
    const made = await compose(row);
    const channel = byName.get(row.channel);
    const off: SendOutcome = { result: 'again', reason: 'channel not configured' };
    const outcome = 'result' in made ? made : channel ? await channel.send(made) : off;
    if (outcome.result !== 'accepted') {
      log.warn({ delivery: row.id, channel: row.channel, reason: outcome.reason }, 'a message was not taken');
    }
    await inTransaction(db, (tx) => settleDelivery(tx, row.id, token, settled(row, outcome)));
  }

  /** Sends what is due, a few at a time. Returns how many were tried. */
  async function send(): Promise<number> {
    const claimed = await claim();
    for (let n = 0; n < claimed.length; n += AT_ONCE) {
      const results = await Promise.allSettled(claimed.slice(n, n + AT_ONCE).map(sendOne));
      for (const r of results) {
        // The database went away: the claim runs out, and the message goes again.
        if (r.status === 'rejected') log.warn({ err: r.reason as unknown }, 'a message could not be settled');
      }
    }
    return claimed.length;
  }

  const isDue = async (): Promise<boolean> => (await dueToSend(db, clock.now(), 1)).length > 0;

  return { queue, send, isDue };
}
