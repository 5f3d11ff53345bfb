import type { Instant, LegalDate } from './time';

// Records as versions in two times (the days they speak of, the instants at which they were believed), compared.

/** One entry of a record's history with what it says; half-open days, `supersededAt` null while it is believed. */
export interface Told {
  validFrom: LegalDate;
  validTo: LegalDate | null;
  recordedAt: Instant;
  supersededAt: Instant | null;
  recordedBy: string | null;
  paper: string | null;
  fields: Readonly<Record<string, unknown>>;
}

export interface MomentSeen {
  asOf: LegalDate;
  knownAt: Instant;
}

export interface ItemChange {
  key: string;
  change: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
}

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  /** For lists: what came, went or changed, by key; null for single values. */
  items: ItemChange[] | null;
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;

/** Do two JSON values say the same? The order of an object's members does not matter, that of a list does. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a ?? null, b ?? null)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(a[key], b[key]));
}

const keyOfItem = (item: unknown): string => {
  if (!isObject(item)) return String(item);
  const key = item['key'] ?? item['id'];
  return typeof key === 'string' || typeof key === 'number' ? String(key) : JSON.stringify(item);
};

/** Lists of things by key: what came, what went, what is another under the same key. */
export function compareItems(before: readonly unknown[], after: readonly unknown[]): ItemChange[] {
  const [old, next] = [before, after].map((list) => new Map(list.map((item) => [keyOfItem(item), item]))) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ];
  const changes: ItemChange[] = [];
  for (const [key, item] of old) {
    if (!next.has(key)) changes.push({ key, change: 'removed', before: item, after: null });
    else if (!sameValue(item, next.get(key)))
      changes.push({ key, change: 'changed', before: item, after: next.get(key) });
  }
  for (const [key, item] of next) if (!old.has(key)) changes.push({ key, change: 'added', before: null, after: item });
  return changes;
}

type Fields = Readonly<Record<string, unknown>>;

/** Field by field; null stands for a record of which nothing was said. Fields that say the same are left out. */
export function compareFields(before: Fields | null, after: Fields | null): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((field): FieldChange[] => {
    const [a, b] = [before?.[field] ?? null, after?.[field] ?? null];
    if (sameValue(a, b)) return [];
    const isList = (Array.isArray(a) || a === null) && (Array.isArray(b) || b === null);
    return [{ field, before: a, after: b, items: isList ? compareItems(a ?? [], b ?? []) : null }];
  });
}

const isKnown = (row: Told, at: Instant): boolean =>
  row.recordedAt <= at && (row.supersededAt === null || row.supersededAt > at);

const covers = (row: Pick<Told, 'validFrom' | 'validTo'>, day: LegalDate): boolean =>
  row.validFrom <= day && (row.validTo === null || row.validTo > day);

/** The entry that held on the day, as known at the instant. Requires a history whose known entries never overlap. */
export const toldAt = <R extends Told>(rows: readonly R[], { asOf, knownAt }: MomentSeen): R | undefined =>
  rows.find((row) => isKnown(row, knownAt) && covers(row, asOf));

const endsNoLater = (a: LegalDate | null, b: LegalDate | null): boolean => b === null || (a !== null && a <= b);

const saysTheSame = (a: Told, b: Told): boolean =>
  a.recordedBy === b.recordedBy && a.paper === b.paper && sameValue(a.fields, b.fields);

/** Where an entry only goes on with a part of one that was split at this instant: that one. */
const splitFrom = <R extends Told>(rows: readonly R[], row: R): R | undefined =>
  rows.find(
    (r) =>
      r !== row &&
      r.supersededAt === row.recordedAt &&
      r.recordedAt < row.recordedAt &&
      saysTheSame(r, row) &&
      r.validFrom <= row.validFrom &&
      endsNoLater(row.validTo, r.validTo),
  );

/** The entry as it was first made: parts that stayed after a split lead back to it. */
export function originOf<R extends Told>(rows: readonly R[], row: R): R {
  const earlier = splitFrom(rows, row);
  return earlier ? originOf(rows, earlier) : row;
}

/** Since when nothing of the entry is believed any more; null while a part of it still is. */
export function givenUpAt(rows: readonly Told[], line: Told): Instant | null {
  const ends = rows.filter((r) => originOf(rows, r) === line).map((r) => r.supersededAt);
  return ends.some((end) => end === null) ? null : (Math.max(...(ends as Instant[])) as Instant);
}

/**
 * Which entry made the field say something else at `to` than at `from`. By all that was known at the later of the two
 * instants: if the value changed between the two days, the entry with which the later value begins; if it was the same
 * on both, what was known of it has changed, and the entry that says so now.
 */
export function causeOf<R extends Told>(
  rows: readonly R[],
  field: string,
  from: MomentSeen,
  to: MomentSeen,
): R | undefined {
  const earlier = from.knownAt <= to.knownAt ? from : to;
  const knownAt = earlier === from ? to.knownAt : from.knownAt;
  const [first, last] = from.asOf <= to.asOf ? [from.asOf, to.asOf] : [to.asOf, from.asOf];
  const known = rows.filter((r) => isKnown(r, knownAt)).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const held = known.find((r) => covers(r, last));
  // Nothing holds there any more: the entry that ended says so.
  if (!held) return firstMade(rows, known.filter((r) => r.validFrom <= last).at(-1) ?? [...rows].sort(byEnd).at(-1));
  let begin = held;
  while (begin.validFrom > first) {
    const before = known.find((r) => r.validTo === begin.validFrom);
    if (!before || !sameValue(before.fields[field], begin.fields[field])) return originOf(rows, begin);
    begin = before;
  }
  return firstMade(rows, known.find((r) => covers(r, earlier.asOf)) ?? begin);
}

const firstMade = <R extends Told>(rows: readonly R[], row: R | undefined): R | undefined => row && originOf(rows, row);

const byEnd = (a: Told, b: Told): number => (a.supersededAt ?? Infinity) - (b.supersededAt ?? Infinity);

/** One act on a record: all that was recorded and superseded at one instant. */
export interface Act<R extends Told> {
  at: Instant;
  /** The entries made by the act itself, without the parts of older ones that it split off. */
  made: R[];
  /** Days on which the record says something else than was believed before; half-open. */
  stretches: { from: LegalDate; to: LegalDate | null; changes: FieldChange[] }[];
}

type Stretch = Act<Told>['stretches'][number];

function edgesOf(rows: readonly Told[]): (LegalDate | null)[] {
  const days = new Set(rows.flatMap((r) => (r.validTo === null ? [r.validFrom] : [r.validFrom, r.validTo])));
  const sorted: (LegalDate | null)[] = [...days].sort();
  return rows.some((r) => r.validTo === null) ? [...sorted, null] : sorted;
}

function stretchesOf(before: readonly Told[], after: readonly Told[]): Stretch[] {
  const edges = edgesOf([...before, ...after]);
  const stretches: Stretch[] = [];
  for (const [n, to] of edges.slice(1).entries()) {
    const from = edges[n]!;
    const [old, next] = [before, after].map((rows) => rows.find((r) => covers(r, from))?.fields ?? null);
    const changes = compareFields(old ?? null, next ?? null);
    const last = stretches.at(-1);
    if (changes.length === 0) continue;
    if (last && last.to === from && sameValue(last.changes, changes)) last.to = to;
    else stretches.push({ from, to, changes });
  }
  return stretches;
}

/** Who did what to the record, oldest first. Requires a history whose known entries never overlap. */
export function actsOf<R extends Told>(rows: readonly R[]): Act<R>[] {
  const instants = [
    ...new Set(rows.flatMap((r) => [r.recordedAt, ...(r.supersededAt === null ? [] : [r.supersededAt])])),
  ];
  return instants
    .sort((a, b) => a - b)
    .flatMap((at): Act<R>[] => {
      const before = rows.filter((r) => r.supersededAt === at && r.recordedAt < at);
      const after = rows.filter((r) => r.recordedAt === at && isKnown(r, at));
      if (before.length + after.length === 0) return [];
      const made = after.filter((r) => splitFrom(rows, r) === undefined);
      return [{ at, made: made.length > 0 ? made : after, stretches: stretchesOf(before, after) }];
    });
}
