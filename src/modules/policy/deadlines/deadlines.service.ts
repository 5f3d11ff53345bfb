import { systemCall, type Call } from '../../../kernel/call';
import type { Db, Reads } from '../../../kernel/db/database';
import { changeOrRetry } from '../../../kernel/db/records';
import { inTransaction, type Tx } from '../../../kernel/db/transaction';
import type { Page, PageRequest } from '../../../kernel/http/page';
import { instant, legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { keysFor, recipientKey, recipientOf, type Recipient } from '../../identity';
import type { MarkedCalendar } from '../calendar/calendar.store';
import { LONGEST_TERM, type Pause, type PeriodUnit } from '../core/working-days';
import { deadlineKinds, type DeadlineKind, type DeadlineView } from './deadlines.contract';
import { daysLeft, dueOf, firstReminder, nextReminder, reminderOn, stateOf, type Reminder } from './deadlines.rules';
import {
  Deadline,
  deadlinesPage,
  holdersOf,
  insertDeadline,
  latestOne,
  NO_DAY,
  openOne,
  openOnes,
  reckonedBefore,
  toRemind,
  waitingFor,
  type ListState,
} from './deadlines.store';

/** What the holders of a deadline are told; the notifications module, to the right, supplies the telling. */
export interface DeadlineNotice {
  to: Recipient;
  kind: Reminder | 'deadline.moved' | 'deadline.started';
  /** Days and table for the inbox; nothing of the matter itself. */
  params: Readonly<Record<string, string | number>>;
  deadline: LegalDate;
  ref: string;
}

export interface DeadlineDeps {
  db: Db;
  audit: Audit;
  calendar: (on: Reads) => Promise<MarkedCalendar>;
  tell: (tx: Tx, notice: DeadlineNotice) => Promise<unknown>;
}

export interface NewDeadline {
  kind: DeadlineKind;
  /** The record that is owed for; with the kind it names the deadline. */
  ref: string;
  /** The day from which it runs, or the notice whose delivery it waits for. */
  startsOn: LegalDate | { delivered: string };
  days: number;
  unit: PeriodUnit;
  /** Civil Code 203; default true for procedural limits in calendar days, months, years. */
  roll?: boolean;
  firstDayCounts?: boolean;
  /** Who owes it: shown to them, reminded and told of changes. */
  holders: readonly Recipient[];
}

/** The mark of what no calendar has reckoned yet, here or by a migration: below that of a house without a table. */
const UNRECKONED = -1;

/** Open deadlines reckoned anew in one transaction. */
const AT_ONCE = 200;

export function createDeadlines({ db, audit, calendar, tell }: DeadlineDeps) {
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());

  const tellHolders = async (
    tx: Tx,
    d: Deadline,
    kind: DeadlineNotice['kind'],
    more: DeadlineNotice['params'] = {},
  ) => {
    if (d.dueOn === null) return;
    for (const key of await holdersOf(tx, d.id)) {
      const params = { title: deadlineKinds[d.kind as DeadlineKind] ?? deadlineKinds.other, ...more };
      await tell(tx, { to: recipientOf(key), kind, params, deadline: d.dueOn, ref: `deadline:${d.id}` });
    }
  };

  const reckoned = (cal: MarkedCalendar, d: Deadline): Partial<Deadline> => {
    const due = dueOf(cal, d);
    const reminder = d.mark === UNRECKONED ? firstReminder : nextReminder;
    return {
      ...due,
      sortOn: due.dueOn ?? NO_DAY,
      mark: cal.mark,
      remindOn: d.closedAt === null ? reminder(cal, { kind: d.kind, dueOn: due.dueOn }, today()) : null,
    };
  };

  /** Opens a deadline; one that is open for the same kind and record gives way to it. */
  async function open(
    tx: Tx,
    wanted: NewDeadline,
  ): Promise<{ id: string; dueOn: LegalDate | null; provisional: boolean }> {
    if (!Number.isSafeInteger(wanted.days) || wanted.days < 0 || wanted.days > LONGEST_TERM) {
      throw new Error(`a deadline of ${wanted.days} ${wanted.unit}`);
    }
    await close(tx, wanted.kind, wanted.ref);
    const starts = typeof wanted.startsOn === 'string' ? wanted.startsOn : null;
    const cal = await calendar(tx);
    const row = {
      id: ids.timed(),
      kind: wanted.kind,
      ref: wanted.ref,
      openKey: `${wanted.kind}:${wanted.ref}`,
      startsOn: starts,
      waitsFor: typeof wanted.startsOn === 'string' ? null : wanted.startsOn.delivered,
      days: wanted.days,
      unit: wanted.unit,
      roll: wanted.roll ?? wanted.unit !== 'working',
      firstDayCounts: wanted.firstDayCounts ?? false,
      pauses: [],
      mark: UNRECKONED,
      openedAt: clock.now(),
      closedAt: null,
      version: 1,
    } as unknown as Deadline;
    Object.assign(row, reckoned(cal, row));
    await insertDeadline(tx, row, wanted.holders.map(recipientKey));
    return { id: row.id, dueOn: row.dueOn, provisional: row.provisional };
  }

  const end = (tx: Tx, d: Deadline): Promise<unknown> =>
    changeOrRetry(tx, Deadline, d, { openKey: null, closedAt: clock.now(), remindOn: null });

  /** What was owed is done, or no longer owed; without effect when nothing of the kind is open. */
  async function close(tx: Tx, kind: DeadlineKind, ref: string): Promise<void> {
    const d = await openOne(tx, kind, ref);
    if (d) await end(tx, d);
  }

  /** Days on which the term stood still (both included); its last day moves on by what fell into it. */
  async function shift(tx: Tx, kind: DeadlineKind, ref: string, pause: Pause): Promise<LegalDate | null> {
    if (pause.lastDay < pause.from) throw new Error('a pause that ends before it begins');
    const d = await openOne(tx, kind, ref);
    if (!d) return null;
    const paused = { ...d, pauses: [...d.pauses, pause] } as Deadline;
    const after = reckoned(await calendar(tx), paused);
    await changeOrRetry(tx, Deadline, d, { pauses: paused.pauses, ...after });
    return d.dueOn;
  }

  /** The notice was delivered on the day: what waited for it runs from then. Only the first delivery counts. */
  async function delivered(tx: Tx, notificationId: string, day: LegalDate): Promise<void> {
    const waiting = await waitingFor(tx, notificationId);
    if (waiting.length === 0) return;
    const cal = await calendar(tx);
    for (const d of waiting) {
      const started = { ...d, startsOn: day } as Deadline;
      await changeOrRetry(tx, Deadline, d, { startsOn: day, ...reckoned(cal, started) });
      await tellHolders(tx, d, 'deadline.started');
    }
  }

  async function recomputeOne(tx: Tx, call: Call, cal: MarkedCalendar, d: Deadline): Promise<boolean> {
    const before = d.dueOn;
    const next = reckoned(cal, d);
    // A reminder whose day has come, and which the job has not sent yet, is still to be sent.
    const isPending = before === next.dueOn && d.remindOn !== null && d.remindOn <= today();
    await changeOrRetry(tx, Deadline, d, isPending ? { ...next, remindOn: d.remindOn } : next);
    if (before === d.dueOn || before === null || d.dueOn === null) return false;
    const used = d.tables.at(-1);
    const payload = {
      deadline: d.id,
      from: before,
      to: d.dueOn,
      tables: d.tables.map((t) => `${t.year}/${t.revision}`),
    };
    await audit.append(tx, call, { type: 'deadline.moved', payload });
    await tellHolders(tx, d, 'deadline.moved', {
      before,
      table: used ? `${used.year}年节假日安排（${used.documentNumber}）` : '',
    });
    return true;
  }

  /** Reckons open deadlines anew that rest on an older calendar, as many as one transaction may hold. */
  async function recompute(tx: Tx, call: Call): Promise<{ moved: number; pending: boolean }> {
    const cal = await calendar(tx);
    const rows = await reckonedBefore(tx, cal.mark, AT_ONCE + 1);
    let moved = 0;
    for (const d of rows.slice(0, AT_ONCE)) if (await recomputeOne(tx, call, cal, d)) moved += 1;
    return { moved, pending: rows.length > AT_ONCE };
  }

  /** The rest, batch by batch; whatever a crash leaves is found again by its mark. Returns how many moved. */
  async function recomputeAll(): Promise<number> {
    let moved = 0;
    const { mark } = await calendar(db);
    while ((await reckonedBefore(db, mark, 1)).length > 0) {
      const part = await inTransaction(db, (tx) => recompute(tx, systemCall(ids.timed())));
      moved += part.moved;
    }
    return moved;
  }

  /** Sends the reminders whose day has come; late runs send the last one only. Returns how many were sent. */
  async function remind(): Promise<number> {
    let sent = 0;
    for (const { id } of await toRemind(db, today(), 500)) {
      sent += await inTransaction(db, async (tx) => {
        const d = await tx.m.findOneBy(Deadline, { id });
        // Another process was quicker, or it was closed or moved since.
        if (!d || d.closedAt !== null || d.dueOn === null || d.remindOn === null || d.remindOn > today()) return 0;
        const cal = await calendar(tx);
        const says = reminderOn(cal, { kind: d.kind, dueOn: d.dueOn }, today());
        if (says === 'lapsed') {
          await end(tx, d);
          return 0;
        }
        await changeOrRetry(tx, Deadline, d, { remindOn: nextReminder(cal, d, today()) });
        await tellHolders(tx, d, says);
        return 1;
      });
    }
    return sent;
  }

  function present(cal: MarkedCalendar, d: Deadline): DeadlineView {
    return {
      id: d.id,
      kind: d.kind,
      title: deadlineKinds[d.kind as DeadlineKind] ?? deadlineKinds.other,
      ref: d.ref,
      startsOn: d.startsOn,
      dueOn: d.dueOn,
      provisional: d.provisional,
      tables: d.tables.map((t) => ({ ...t })),
      state: stateOf({ startsOn: d.startsOn, dueOn: d.dueOn, closed: d.closedAt !== null }, today()),
      daysLeft: d.closedAt === null ? daysLeft(cal, today(), d.dueOn) : null,
      closedOn: d.closedAt === null ? null : legalDateOf(instant(d.closedAt)),
    };
  }

  async function list(call: Call, query: PageRequest & { state: ListState }): Promise<Page<DeadlineView>> {
    const cal = await calendar(db);
    const page = await deadlinesPage(db, await keysFor(db, call.actor), query.state, today(), query);
    return { ...page, items: page.items.map((d) => present(cal, d)) };
  }

  /** The deadline of this kind for the record that was opened last, open or closed. */
  async function find(on: Reads, kind: DeadlineKind, ref: string): Promise<DeadlineView | undefined> {
    const d = await latestOne(on, kind, ref);
    return d ? present(await calendar(on), d) : undefined;
  }

  /** The last days of what is open of these, by `kind:ref`; what has none yet is left out. */
  async function dues(on: Reads, of: readonly { kind: DeadlineKind; ref: string }[]): Promise<Map<string, LegalDate>> {
    const open = await openOnes(on, of);
    return new Map(open.flatMap((d) => (d.dueOn === null ? [] : [[`${d.kind}:${d.ref}`, d.dueOn] as const])));
  }

  return { open, close, shift, delivered, recompute, recomputeAll, remind, list, find, dues };
}

export type Deadlines = ReturnType<typeof createDeadlines>;
