import { Column, Entity, In, Index, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import type { LegalDate } from '../../../kernel/pure/time';
import type { RecipientKey } from '../../identity';
import type { Pause, PeriodUnit, TableRef } from '../core/working-days';

/** Sorts what has no last day yet behind everything that has. */
export const NO_DAY = '2999-12-31' as LegalDate;

/** Something owed by a day. Whether it is overdue is worked out, never stored. */
@Entity('deadline')
@Index('ux_deadline_open', ['openKey'], { unique: true })
@Index('ix_deadline_ref', ['kind', 'ref'])
@Index('ix_deadline_waits', ['waitsFor'])
@Index('ix_deadline_remind', ['remindOn'])
@Index('ix_deadline_mark', ['closedAt', 'mark'])
export class Deadline {
  @Column(col.key(36)) id: string;
  @Column(col.text(40)) kind: string;
  @Column(col.text(80)) ref: string;
  /** `kind:ref` while it is open, then null: one open deadline of a kind for one record. */
  @Column({ ...col.text(121, nullable), name: 'open_key' }) openKey: string | null;
  @Column({ ...col.day(nullable), name: 'starts_on' }) startsOn: LegalDate | null;
  /** The notice from whose delivery it runs. */
  @Column({ ...col.text(36, nullable), name: 'waits_for' }) waitsFor: string | null;
  @Column(col.int()) days: number;
  @Column(col.text(10)) unit: PeriodUnit;
  @Column(col.flag()) roll: boolean;
  @Column({ ...col.flag(), name: 'first_day_counts' }) firstDayCounts: boolean;
  @Column(col.json()) pauses: readonly Pause[];
  @Column({ ...col.day(nullable), name: 'due_on' }) dueOn: LegalDate | null;
  /** `dueOn`, or a day far off. */
  @Column({ ...col.day(), name: 'sort_on' }) sortOn: LegalDate;
  @Column(col.flag()) provisional: boolean;
  @Column(col.json()) tables: readonly TableRef[];
  /** Mark of the calendar under which it was reckoned. */
  @Column(col.int()) mark: number;
  /** The day of the next reminder; null when there is none to come. */
  @Column({ ...col.day(nullable), name: 'remind_on' }) remindOn: LegalDate | null;
  @Column({ ...col.at(), name: 'opened_at' }) openedAt: number;
  @Column({ ...col.at(nullable), name: 'closed_at' }) closedAt: number | null;
  @Column(col.int()) version: number;
}

/** Who owes it. */
@Entity('deadline_holder')
@Index('ix_deadline_holder', ['holderKind', 'holderId'])
export class DeadlineHolder {
  @Column({ ...col.key(36), name: 'deadline_id' }) deadlineId: string;
  @Column({ ...col.key(16), name: 'holder_kind' }) holderKind: RecipientKey['kind'];
  @Column({ ...col.key(80), name: 'holder_id' }) holderId: string;
}

export const deadlineEntities = [Deadline, DeadlineHolder];

export const openOne = (on: Reads, kind: string, ref: string): Promise<Deadline | null> =>
  on.m.findOneBy(Deadline, { openKey: `${kind}:${ref}` });

const PART = 200;

/** Open ones by their keys. */
export async function openOnes(on: Reads, of: readonly { kind: string; ref: string }[]): Promise<Deadline[]> {
  const found: Deadline[] = [];
  for (let at = 0; at < of.length; at += PART) {
    const keys = of.slice(at, at + PART).map(({ kind, ref }) => `${kind}:${ref}`);
    found.push(...(await on.m.findBy(Deadline, { openKey: In(keys) })));
  }
  return found;
}

/** The one that was opened last, open or closed. */
export const latestOne = (on: Reads, kind: string, ref: string): Promise<Deadline | null> =>
  on.m.findOne(Deadline, { where: { kind, ref }, order: { openedAt: 'DESC', id: 'DESC' } });

export const holdersOf = async (on: Reads, deadlineId: string): Promise<RecipientKey[]> => {
  const rows = await on.m.find(DeadlineHolder, {
    where: { deadlineId },
    order: { holderKind: 'ASC', holderId: 'ASC' },
  });
  return rows.map((r) => ({ kind: r.holderKind, id: r.holderId }));
};

export async function insertDeadline(tx: Tx, row: Deadline, holders: readonly RecipientKey[]): Promise<void> {
  await tx.m.insert(Deadline, row);
  const unique = new Map(holders.map((h) => [`${h.kind}:${h.id}`, h]));
  await tx.m.insert(
    DeadlineHolder,
    [...unique.values()].map((h) => ({ deadlineId: row.id, holderKind: h.kind, holderId: h.id })),
  );
}

export const waitingFor = (on: Reads, notificationId: string): Promise<Deadline[]> =>
  on.m.findBy(Deadline, { waitsFor: notificationId, startsOn: IsNull(), closedAt: IsNull() });

/** Open ones reckoned under an older calendar. */
export const reckonedBefore = (on: Reads, mark: number, limit: number): Promise<Deadline[]> =>
  on.m.find(Deadline, {
    where: { closedAt: IsNull(), mark: LessThan(mark) },
    order: { mark: 'ASC', id: 'ASC' },
    take: limit,
  });

export const toRemind = (on: Reads, today: LegalDate, limit: number): Promise<Deadline[]> =>
  on.m.find(Deadline, {
    where: { remindOn: LessThanOrEqual(today) },
    order: { remindOn: 'ASC', id: 'ASC' },
    take: limit,
  });

export type ListState = 'open' | 'overdue' | 'not-delivered' | 'closed';

/** What these holders owe, soonest first. */
export function deadlinesPage(
  db: Db,
  holders: readonly RecipientKey[],
  state: ListState,
  today: LegalDate,
  request: PageRequest,
): Promise<Page<Deadline>> {
  const mine = db.m.createQueryBuilder(DeadlineHolder, 'h').select('1').where('h.deadline_id = d.id');
  const any = holders.map((_, n) => `(h.holder_kind = :kind${n} AND h.holder_id = :holder${n})`).join(' OR ');
  mine.andWhere(`(${any || '1 = 0'})`);
  const query = db.m.createQueryBuilder(Deadline, 'd').where(`EXISTS (${mine.getQuery()})`);
  holders.forEach((h, n) => query.setParameters({ [`kind${n}`]: h.kind, [`holder${n}`]: h.id }));
  const wanted = {
    open: { closedAt: IsNull() },
    overdue: { closedAt: IsNull(), dueOn: LessThan(today) },
    'not-delivered': { closedAt: IsNull(), startsOn: IsNull() },
    closed: { closedAt: Not(IsNull()) },
  };
  query.andWhere(wanted[state]);
  const order = { sort: 'd.sortOn', id: 'd.id', keyOf: (d: Deadline): [string, string] => [d.sortOn, d.id] };
  return pageBy(query, order, request);
}
