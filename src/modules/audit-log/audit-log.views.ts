import { In, LessThan, LessThanOrEqual } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instant, type Instant } from '../../kernel/pure/time';
import { AuditEntry, AuditEntrySubject } from './audit-log.store';
import { AuditRecord } from './records.store';

/** What an entry says of itself to modules that tell of changes. */
export interface AuditNote {
  id: string;
  at: Instant;
  type: string;
  /** A fact by its path in the payload, such as `/bar`; undefined where there is none, or it was erased. */
  fact(path: string): unknown;
}

export interface LatestAsked {
  type: string;
  most: number;
  /** Only what was recorded by then. */
  until?: Instant;
  /** Only what stands before this entry. */
  below?: string;
}

/** The newest entries of one type, the latest first. */
export async function latestOf(on: Reads, { type, most, until, below }: LatestAsked): Promise<AuditNote[]> {
  const where = {
    type,
    ...(until === undefined ? {} : { at: LessThanOrEqual(until) }),
    ...(below === undefined ? {} : { id: LessThan(below) }),
  };
  const rows = await on.m.find(AuditEntry, { where, order: { id: 'DESC' }, take: most });
  return rows.map(({ id, at, facts }) => ({
    id,
    at: instant(at),
    type,
    fact: (path) => facts?.find((f) => f.path === path)?.value,
  }));
}

/** Which entries are wanted; what is undefined does not narrow. */
export interface EntriesAsked extends PageRequest {
  type?: string;
  /** `kind:public id`, as open entries name it. */
  subject?: string;
  accountIds?: readonly string[];
  role?: string;
  from?: Instant;
  /** Not included. */
  until?: Instant;
  /** Division codes of the authorities for which was acted. */
  authorities?: readonly string[];
}

/** An entry without its payload and leaf. */
export type EntryHead = Omit<AuditEntry, 'facts' | 'leaf'>;

const headColumns = [
  ...['id', 'at', 'type', 'sealed', 'requestId', 'accountId', 'postId', 'representedAccountId', 'role', 'authority'],
].map((name) => `e.${name}`);

/** An id is made within a minute of its entry's instant. */
const SLACK_MS = 60_000;

/** The least id of an instant; ids begin with their time, so that any index of them is narrowed by days too. */
function leastId(at: number): string {
  const hex = Math.max(at, 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** One page of entries, the latest first. */
export function entriesPage(db: Db, asked: EntriesAsked): Promise<Page<EntryHead>> {
  const query = db.m.createQueryBuilder(AuditEntry, 'e').select(headColumns).where('1 = 1');
  const among = (column: string, name: string, values: readonly string[]): void => {
    if (values.length === 0) query.andWhere('1 = 0');
    else query.andWhere(`${column} IN (:...${name})`, { [name]: [...values] });
  };
  if (asked.type !== undefined) query.andWhere('e.type = :type', { type: asked.type });
  if (asked.role !== undefined) query.andWhere('e.role = :role', { role: asked.role });
  if (asked.accountIds !== undefined) among('e.accountId', 'accountIds', asked.accountIds);
  if (asked.authorities !== undefined) among('e.authority', 'authorities', asked.authorities);
  if (asked.subject !== undefined) {
    query.innerJoin(AuditEntrySubject, 's', 's.entryId = e.id AND s.subject = :subject', { subject: asked.subject });
  }
  if (asked.from !== undefined) {
    const lowest = leastId(asked.from - SLACK_MS);
    query.andWhere('e.id >= :lowest AND e.at >= :from', { lowest, from: asked.from });
  }
  if (asked.until !== undefined) {
    const beyond = leastId(asked.until + SLACK_MS);
    query.andWhere('e.id < :beyond AND e.at < :until', { beyond, until: asked.until });
  }
  return pageBy(query, { sort: 'e.id', id: 'e.id', descending: true, keyOf: (e) => [e.id, e.id] }, asked);
}

export const findEntry = async (on: Reads, id: string): Promise<AuditEntry | undefined> =>
  (await on.m.findOneBy(AuditEntry, { id })) ?? undefined;

/** Public subjects by entry, in order. */
export async function subjectsOf(on: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m.find(AuditEntrySubject, { where: { entryId: In([...ids]) }, order: { subject: 'ASC' } });
  const found = new Map<string, string[]>();
  for (const { entryId, subject } of rows) found.set(entryId, [...(found.get(entryId) ?? []), subject]);
  return found;
}

/** Entries that name the record, the latest first; all of them: a record has as many as it saw acts. */
export const entriesOfRecord = (on: Reads, recordId: string): Promise<AuditEntry[]> =>
  on.m
    .createQueryBuilder(AuditEntry, 'e')
    .innerJoin(AuditRecord, 'r', 'r.entryId = e.id')
    .where('r.recordId = :recordId', { recordId })
    .orderBy('e.id', 'DESC')
    .getMany();

/** What everybody may know of an entry: the log shows it in the open. */
export interface OpenHead {
  id: string;
  at: Instant;
  type: string;
}

/** Open entries of these types about a record by its id, or about a public subject; the latest first. */
export async function openEntries(
  on: Reads,
  about: { recordId: string } | { subject: string },
  types: readonly string[],
  most: number,
): Promise<OpenHead[]> {
  const query = on.m.createQueryBuilder(AuditEntry, 'e').select(['e.id', 'e.at', 'e.type']);
  if ('subject' in about) query.innerJoin(AuditEntrySubject, 's', 's.entryId = e.id AND s.subject = :subject', about);
  else query.innerJoin(AuditRecord, 'r', 'r.entryId = e.id AND r.recordId = :recordId', about);
  query.where('e.sealed = :sealed AND e.type IN (:...types)', { sealed: false, types: [...types] });
  const rows = await query.orderBy('e.id', 'DESC').limit(most).getMany();
  return rows.map(({ id, at, type }) => ({ id, at: instant(at), type }));
}
