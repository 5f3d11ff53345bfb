import { createHmac } from 'node:crypto';
import type { Call } from '../../kernel/call';
import { refuseAndRecord, type Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { maskPhone } from '../../kernel/pure/mask';
import { Problem, unwrap } from '../../kernel/problem';
import type { Randomness } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { say, type Wording } from '../../kernel/pure/wording';
import type { Audit } from '../audit-log';
import type { ChannelName } from './channels/channel';
import type { ContactView } from './contacts.contract';
import { CODE_MINUTES, CODE_TRIES, HOUR_MS, judgeCode, judgeSending, normaliseAddress } from './contacts.rules';
import { changeContact, contactOf, contactsOf, insertContact, removeContact, type Contact } from './contacts.store';
import { codesSince, dropCodes, insertDelivery, lastCodeAt, type Delivery } from './deliveries.store';
import { maskEmail } from './texts.rules';

export interface ContactDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
  /** Under it codes are kept. */
  codeKey: Uint8Array;
  available: readonly ChannelName[];
}

const words: Record<ChannelName, Wording> = { email: say('邮件', 'e-mail'), sms: say('短信', 'text message') };

export const addressLabel = (c: { accountId: string; channel: string }): string => `${c.accountId}/${c.channel}`;

/** Six digits without bias: 2^32 is cut to a multiple of a million. */
export function codeFrom(randomness: Randomness): string {
  for (;;) {
    const n = randomness.bytes(4).readUInt32BE(0);
    if (n < 4_294_000_000) return String(n % 1_000_000).padStart(6, '0');
  }
}

const present = (c: Contact): ContactView => ({
  channel: c.channel,
  address: c.mask,
  verified: c.verifiedAt !== null,
  enabled: c.enabled,
});

/** A person's own addresses, each shown to be theirs by a code. */
export function createContacts({ db, command, audit, vault, codeKey, available }: ContactDeps) {
  const { clock, ids, randomness } = db.sources;
  const hashOf = (accountId: string, channel: ChannelName, code: string): string =>
    createHmac('sha256', codeKey).update(`${accountId}/${channel}/${code}`).digest('hex');

  async function load(on: Reads, call: Call, channel: ChannelName): Promise<Contact> {
    const contact = await contactOf(on, call.actor.accountId!, channel);
    if (!contact) throw new Problem('contact.none');
    return contact;
  }

  async function sendCode(tx: Tx, accountId: string, channel: ChannelName): Promise<string> {
    const now = clock.now();
    unwrap(
      judgeSending(
        await lastCodeAt(tx, accountId, channel),
        await codesSince(tx, accountId, channel, now - HOUR_MS),
        now,
      ),
    );
    await dropCodes(tx, accountId, channel);
    const code = codeFrom(randomness);
    const id = ids.timed();
    const row: Delivery = {
      id,
      notificationId: null,
      accountId,
      channel,
      purpose: 'code',
      state: 'queued',
      secret: vault.seal('contact-code', id, Buffer.from(code)),
      token: null,
      attempts: 0,
      nextAt: now,
      remoteRef: null,
      reason: null,
      createdAt: now,
      sentAt: null,
      settledAt: null,
    };
    await insertDelivery(tx, row);
    return code;
  }

  const change = async (tx: Tx, contact: Contact, patch: Partial<Contact>): Promise<void> => {
    if (!(await changeContact(tx, contact, patch))) throw new Problem('request.conflict');
  };

  function set(call: Call, channel: ChannelName, typed: string): Promise<ContactView> {
    const accountId = call.actor.accountId!;
    const address = normaliseAddress(channel, typed);
    if (address === undefined) throw new Problem('contact.malformed');
    if (!available.includes(channel)) throw new Problem('contact.channel-off', { channel: words[channel] });
    return command(call, {}, async (tx) => {
      const code = await sendCode(tx, accountId, channel);
      const fresh = {
        address: vault.seal('contact', addressLabel({ accountId, channel }), Buffer.from(address)),
        mask: channel === 'sms' ? maskPhone(address) : maskEmail(address),
        verifiedAt: null,
        enabled: true,
        codeHash: hashOf(accountId, channel, code),
        codeUntil: clock.now() + CODE_MINUTES * 60_000,
        codeTries: 0,
      };
      const known = await contactOf(tx, accountId, channel);
      const contact: Contact = known ?? { accountId, channel, ...fresh, version: 1 };
      if (known) await change(tx, known, fresh);
      else await insertContact(tx, contact);
      await audit.append(tx, call, { type: 'contact.set', payload: { account: accountId, channel } });
      return present(contact);
    });
  }

  const verify = (call: Call, channel: ChannelName, code: string): Promise<ContactView> =>
    command(call, {}, async (tx) => {
      const contact = await load(tx, call, channel);
      const { accountId, codeHash, codeUntil, codeTries } = contact;
      unwrap(judgeCode({ hasCode: codeHash !== null, codeUntil, codeTries }, clock.now()));
      const payload = { account: accountId, channel };
      if (codeHash !== hashOf(accountId, channel, code)) {
        await change(tx, contact, { codeTries: codeTries + 1 });
        await audit.append(tx, call, { type: 'contact.code-wrong', payload });
        return refuseAndRecord(new Problem('contact.code-wrong', { left: CODE_TRIES - codeTries - 1 }));
      }
      await change(tx, contact, { verifiedAt: clock.now(), codeHash: null, codeUntil: null });
      await audit.append(tx, call, { type: 'contact.verified', payload });
      return present(contact);
    });

  const choose = (call: Call, channel: ChannelName, enabled: boolean): Promise<ContactView> =>
    command(call, {}, async (tx) => {
      const contact = await load(tx, call, channel);
      await change(tx, contact, { enabled });
      const payload = { account: contact.accountId, channel, enabled };
      await audit.append(tx, call, { type: 'contact.chosen', payload });
      return present(contact);
    });

  const remove = (call: Call, channel: ChannelName): Promise<void> =>
    command(call, {}, async (tx) => {
      const contact = await load(tx, call, channel);
      await dropCodes(tx, contact.accountId, channel);
      await removeContact(tx, contact);
      await audit.append(tx, call, { type: 'contact.removed', payload: { account: contact.accountId, channel } });
    });

  return {
    list: async (call: Call) => ({
      items: (await contactsOf(db, call.actor.accountId!)).map(present),
      available: [...available],
    }),
    set,
    verify,
    choose,
    remove,
  };
}

export type Contacts = ReturnType<typeof createContacts>;
