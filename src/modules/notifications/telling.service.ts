import type { Call } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import { legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Log } from '../../kernel/log';
import { Problem } from '../../kernel/problem';
import { reach, recipientKey, recipientOf, type Reached, type Recipient } from '../identity';
import { insertDelivery } from './deliveries.store';
import type { NotificationKindName } from './kinds.contract';
import {
  dueToPlace,
  insertInboxItems,
  insertNotification,
  moveNotification,
  rankOf,
  Notification,
  type InboxItem,
} from './notifications.store';
import { backOff, MOST_ATTEMPTS } from './retry.rules';
import type { NoticeFiles, NoticeMatter } from './service.service';
import { keptParams, type Params } from './texts.rules';

export interface Notice {
  to: Recipient;
  kind: NotificationKindName;
  /** What the kind's sentence asks for; anything else is dropped. */
  params?: Params;
  /** The day by which something is due, if anything is. */
  deadline?: LegalDate | null;
  /** `kind:id` of the record to look at, e.g. `assignment:…`. */
  ref?: string;
  /** A formal notice: deadlines may wait for its delivery. */
  formal?: true | FormalNotice;
}

/** In whose name it goes, who enters its other ways of service, and the paper that is served. */
export interface FormalNotice {
  call: Call;
  authorityId: string | null;
  fileId: string;
}

export interface TellingDeps {
  db: Db;
  log: Log;
  files: NoticeFiles;
  /** What else happens when a notice is placed in inboxes: mail and text messages, the delivery of a formal notice. */
  placed: (tx: Tx, notification: Notification, reached: readonly Reached[], now: number) => Promise<void>;
  matter: Pick<NoticeMatter, 'undelivered'>;
}

const AT_ONCE = 100;
const isAway = ['service.unavailable', 'service.outcome-unknown'];

/** From a command's transaction into the outbox, and from there into the inboxes. */
export function createTelling({ db, log, files, placed, matter }: TellingDeps) {
  const { clock, ids } = db.sources;

  /** Writes the notice into the outbox, inside the caller's transaction; its id is the id of the event. */
  async function tell(tx: Tx, notice: Notice): Promise<{ id: string }> {
    const { kind: toKind, id: toId } = recipientKey(notice.to);
    const now = clock.now();
    const formal = typeof notice.formal === 'object' ? notice.formal : undefined;
    const row: Notification = {
      id: ids.timed(),
      kind: notice.kind,
      toKind,
      toId,
      params: keptParams(notice.kind, notice.params ?? {}),
      deadline: notice.deadline ?? null,
      ref: notice.ref ?? null,
      formal: notice.formal !== undefined,
      authorityId: formal?.authorityId ?? null,
      fileId: formal?.fileId ?? null,
      deliveredOn: null,
      deliveredBy: null,
      createdAt: now,
      state: 'waiting',
      attempts: 0,
      nextAt: now,
      lastError: null,
      version: 1,
    };
    await insertNotification(tx, row);
    if (formal) await files.attach(tx, formal.call, formal.fileId, { kind: 'notice', ref: row.id });
    return { id: row.id };
  }

  /** Kept where the system administrator sees it and may send it again. */
  async function die(tx: Tx, n: Notification, reason: string): Promise<void> {
    if (!(await moveNotification(tx, n, { state: 'dead', lastError: reason }))) return;
    const now = clock.now();
    await insertDelivery(tx, {
      id: ids.timed(),
      notificationId: n.id,
      accountId: null,
      channel: 'inbox',
      purpose: 'notice',
      state: 'failed',
      secret: null,
      token: null,
      attempts: n.attempts,
      nextAt: now,
      remoteRef: null,
      reason,
      createdAt: now,
      sentAt: null,
      settledAt: now,
    });
    await tellUndelivered(tx, n);
  }

  async function tellUndelivered(tx: Tx, n: Notification): Promise<void> {
    if (n.formal && n.deliveredOn === null) await matter.undelivered(tx, n);
  }

  /** One notice into the inboxes of everybody it reaches, in one transaction: each gets it once. */
  const placeOne = (id: string): Promise<void> =>
    inTransaction(db, async (tx) => {
      const n = await tx.m.findOneBy(Notification, { id });
      if (n?.state !== 'waiting') return;
      const now = clock.now();
      const reached = await reach(tx, recipientOf({ kind: n.toKind, id: n.toId }), legalDateOf(now));
      if (reached.length === 0) {
        // Nobody holds it today: kept for the system administrator, never dropped.
        await die(tx, n, 'nobody');
        return;
      }
      if (!(await moveNotification(tx, n, { state: 'placed', lastError: null }))) return;
      await insertInboxItems(
        tx,
        reached.map(({ accountId, postId }): InboxItem => ({
          id: ids.timed(),
          notificationId: n.id,
          accountId,
          postId,
          arrivedAt: now,
          openedAt: null,
          rank: rankOf(now, false),
        })),
      );
      await placed(tx, n, reached, now);
      await tellUndelivered(tx, n);
    });

  async function failed(id: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const n = await tx.m.findOneBy(Notification, { id });
      if (n?.state !== 'waiting') return;
      const attempts = n.attempts + 1;
      const dead = attempts >= MOST_ATTEMPTS;
      const nextAt = clock.now() + backOff(attempts);
      if (dead) await die(tx, n, 'failed');
      else await moveNotification(tx, n, { attempts, nextAt, lastError: 'failed' });
    });
  }

  /** Places what waits in the outbox; any number of processes may run it. Returns how many were looked at. */
  async function place(): Promise<number> {
    const due = await dueToPlace(db, clock.now(), AT_ONCE);
    for (const { id } of due) {
      try {
        await placeOne(id);
      } catch (err) {
        // The database went away: no fault of the notice, which waits as it is.
        if (err instanceof Problem && isAway.includes(err.code)) throw err;
        log.warn({ err, notification: id }, 'a notice could not be placed; it is tried again');
        await failed(id);
      }
    }
    return due.length;
  }

  const isDue = async (): Promise<boolean> => (await dueToPlace(db, clock.now(), 1)).length > 0;

  return { tell, place, isDue };
}

export type Telling = ReturnType<typeof createTelling>;
