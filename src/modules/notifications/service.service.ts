import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { isFound, loadRecord, type MayRead } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { mapPage, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { instant, instantText, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import { keysFor, mayActor, recipientKey, recipientOf, type Recipient } from '../identity';
import { consentsOf, consentsPage, endConsent, holds, insertConsent, ServiceConsent } from './consents.store';
import type { ConsentView, deliveryRoutes, NotificationView } from './deliveries.contract';
import { loadOwnNotice, type NoticeScope } from './own-notice';
import { notificationShown } from './shown.views';
import { hasItem, moveNotification, Notification } from './notifications.store';

type Body<K extends 'recordConsent' | 'serveNotification' | 'withdrawConsent'> = z.output<
  NonNullable<(typeof deliveryRoutes)[K]['body']>
>;

/** Uploaded files, as far as proofs of service and consents want to know. */
export interface NoticeFiles {
  /** Names the file in the record; throws Problem `request.not-found`. */
  attach(tx: Tx, call: Call, id: string, holder: { kind: 'notice' | 'consent'; ref: string }): Promise<unknown>;
}

/** What becomes of a formal notice, told to whoever keeps the record that it is about. */
export interface NoticeMatter {
  /** The records that the entry of a service concerns. */
  guards(on: Reads, ref: string | null): Promise<Subject[]>;
  /** A service was entered by hand. */
  served(tx: Tx, call: Call, n: Notification, body: Body<'serveNotification'>): Promise<void>;
  /** It reached nobody, or arrived without being thereby delivered. */
  undelivered(tx: Tx, n: Notification): Promise<void>;
}

export interface ServiceDeps {
  db: Db;
  command: Command;
  audit: Audit;
  files: NoticeFiles;
  parties: Record<ServiceConsent['partyKind'], (id: string) => Promise<boolean>>;
  /** Starts the deadlines that wait for this notice. */
  delivered: (tx: Tx, notificationId: string, day: LegalDate) => Promise<void>;
  scope: NoticeScope;
  matter: NoticeMatter;
}

const present = (c: ServiceConsent): ConsentView => ({
  id: c.id,
  partyKind: c.partyKind,
  partyId: c.partyId,
  from: c.from,
  lastDay: c.lastDay,
  paper: c.paper,
  recordedAt: instantText(instant(c.recordedAt)),
});

/** When a formal notice counts as delivered, and by what. */
export function createService({ db, command, audit, files, parties, delivered, scope, matter }: ServiceDeps) {
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  const settle = async (tx: Tx, n: Notification, day: LegalDate, by: string): Promise<void> => {
    if (!(await moveNotification(tx, n, { deliveredOn: day, deliveredBy: by }))) throw new Problem('request.conflict');
    await delivered(tx, n.id, day);
  };

  /** Has the party confirmed electronic service for the day? */
  async function hasConsent(on: Reads, to: Recipient, day = today()): Promise<boolean> {
    const { kind, id } = recipientKey(to);
    return (await consentsOf(on, kind, id)).some((c) => holds(c, day));
  }

  /**
   * Electronic service counts on arrival in the recipient's system (民诉法 90): the inbox, if the party has confirmed
   * electronic service for that day. Mail and text messages only say that something lies there; neither their arrival
   * nor their failure moves any date.
   */
  async function arrived(tx: Tx, n: Notification, now: number): Promise<void> {
    if (!n.formal || n.deliveredOn !== null) return;
    const day = legalDateOf(instant(now));
    if (await hasConsent(tx, recipientOf({ kind: n.toKind, id: n.toId }), day)) await settle(tx, n, day, 'inbox');
  }

  async function concerned(id: string): Promise<Subject[]> {
    const n = await db.m.findOneBy(Notification, { id });
    return [{ kind: 'record', id }, ...(await matter.guards(db, n?.ref ?? null))];
  }

  const serve = (call: Call, id: string, body: Body<'serveNotification'>): Promise<NotificationView> =>
    command(call, { subjects: () => concerned(id) }, async (tx) => {
      const n = await loadOwnNotice(scope, tx, call, id);
      if (!n.formal) throw new Problem('notice.not-formal');
      if (n.deliveredOn !== null) throw new Problem('notice.delivered', { deliveredOn: n.deliveredOn });
      const from = legalDateOf(instant(n.createdAt));
      if (body.servedOn < from || body.servedOn > today()) {
        throw new Problem('notice.served-day', { servedOn: body.servedOn, from, today: today() });
      }
      await files.attach(tx, call, body.proofFileId, { kind: 'notice', ref: id });
      await settle(tx, n, body.servedOn, body.manner);
      await matter.served(tx, call, n, body);
      const { servedOn, manner, proof, proofFileId } = body;
      const payload = { notification: id, servedOn, manner, proof, proofFile: proofFileId };
      await audit.append(tx, call, { type: 'notice.served', payload });
      return notificationShown(tx, n, clock.now());
    });

  async function record(call: Call, body: Body<'recordConsent'>): Promise<ConsentView> {
    const { partyKind, partyId, from, lastDay, paper, fileId } = body;
    if (!(await parties[partyKind](partyId)))
      throw new Problem('request.not-found', { what: say('当事人', 'party'), id: partyId });
    return command(call, { subjects: () => [{ kind: 'record', id: `consent-${partyId}` }] }, async (tx) => {
      await scope.requireHouse(tx, call, { permission: 'consent.record' });
      const known = await consentsOf(tx, partyKind, partyId);
      const overlap = known.find(
        (c) => (lastDay === null || c.from <= lastDay) && (c.lastDay === null || from <= c.lastDay),
      );
      if (overlap) throw new Problem('consent.present', { id: overlap.id });
      const row: ServiceConsent = {
        id: ids.timed(),
        partyKind,
        partyId,
        from,
        lastDay,
        paper,
        fileId,
        recordedAt: clock.now(),
      };
      await files.attach(tx, call, fileId, { kind: 'consent', ref: row.id });
      await insertConsent(tx, row);
      const payload = { consent: row.id, partyKind, party: partyId, from, lastDay, paper };
      await audit.append(tx, call, { type: 'consent.recorded', payload });
      return present(row);
    });
  }

  const withdraw = (call: Call, id: string, { lastDay, paper }: Body<'withdrawConsent'>): Promise<ConsentView> =>
    command(call, {}, async (tx) => {
      const row = await loadRecord(tx, ServiceConsent, { id }, say('电子送达确认书', 'consent to electronic service'));
      await scope.requireHouse(tx, call, { what: say('电子送达确认书', 'consent to electronic service'), id });
      if (lastDay < row.from || (row.lastDay !== null && lastDay >= row.lastDay)) {
        throw new Problem('consent.ended', { lastDay: row.lastDay ?? row.from });
      }
      if (!(await endConsent(tx, row, lastDay))) throw new Problem('request.conflict');
      await audit.append(tx, call, { type: 'consent.withdrawn', payload: { consent: id, lastDay, paper } });
      return present({ ...row, lastDay });
    });

  /** Who may read the records on which stored files hang. */
  const fileReaders: Record<'notice' | 'consent', (...asked: [...Parameters<MayRead>, string]) => Promise<boolean>> = {
    notice: async (on, actor, id, fileId) => {
      if (mayActor(actor, 'notice.read') && (await isFound(() => loadOwnNotice(scope, on, { actor }, id)))) return true;
      // The party reads the paper itself, not the proofs of its service.
      const notice = await on.m.findOneBy(Notification, { id, fileId });
      if (!notice) return false;
      const { toKind, toId, state } = notice;
      // A body's people change: who stands for it now reads it, not who did when it came.
      if (toKind !== 'account' && toKind !== 'expert')
        return state === 'placed' && (await keysFor(on, actor)).some((k) => k.kind === toKind && k.id === toId);
      return actor.accountId !== null && (await hasItem(on, id, actor.accountId));
    },
    consent: async (on, actor) => mayActor(actor, 'consent.read') && scope.isOfHouse(on, actor),
  };

  return {
    fileReaders,
    hasConsent,
    arrived,
    serve,
    record,
    withdraw,
    async listConsents(call: Call, query: PageRequest & { partyId?: string }): Promise<Page<ConsentView>> {
      await scope.requireHouse(db, call, { permission: 'consent.read' });
      return mapPage(await consentsPage(db, query), present);
    },
  };
}
