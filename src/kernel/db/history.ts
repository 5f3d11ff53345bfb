import { Column, IsNull, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { canonicalize } from '../pure/jcs';
import type { Instant, LegalDate } from '../pure/time';
import { spliceVersions, type VersionSpan } from '../pure/versions';
import { col, nullable } from './columns';
import type { Reads } from './database';
import { SubjectsChanged, type Tx } from './transaction';

/**
 * The one history pattern of all registers: what held from which day to which day (half-open), recorded when, and
 * superseded when. Rows are never updated except `supersededAt`.
 */
export abstract class Version {
  @Column(col.key(36)) id: string;
  @Column({ ...col.day(), name: 'valid_from' }) validFrom: LegalDate;
  @Column({ ...col.day(nullable), name: 'valid_to' }) validTo: LegalDate | null;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: Instant;
  @Column({ ...col.at(nullable), name: 'superseded_at' }) supersededAt: Instant | null;
  @Column({ ...col.text(36, nullable), name: 'recorded_by' }) recordedBy: string | null;
  /** The paper on which the entry rests. */
  @Column(col.text(200, nullable)) paper: string | null;
}

/** A moment to look from: the day that is asked about and the instant up to which entries count. */
export interface Moment {
  asOf: LegalDate;
  knownAt: Instant;
}

type Fields<V extends Version> = Omit<V, keyof Version>;

export interface Recording {
  from: LegalDate;
  to?: LegalDate | null;
  by: string | null;
  paper?: string | null;
}

/**
 * Writes what holds in [from, to); what earlier entries said of other days stays, split at the edges. Take the guard of
 * the subject first: two recorders at once see the same current rows. Throws if `to` is not after `from`. Answers what was
 * believed before and what is now.
 */
export async function recordVersion<V extends Version>(
  tx: Tx,
  entity: EntityTarget<V>,
  where: FindOptionsWhere<V>,
  fields: Fields<V>,
  recording: Recording,
  at: { now: Instant; id: () => string },
): Promise<{ before: V[]; after: V[] }> {
  if (recording.to && recording.to <= recording.from) throw new Error('a version must hold for a day at least');
  const repository = tx.m.getRepository(entity);
  const current = await repository.find({ where: { ...where, supersededAt: IsNull() } as FindOptionsWhere<V> });
  const plan = spliceVersions(current, { validFrom: recording.from, validTo: recording.to ?? null });
  for (const row of plan.superseded) {
    const untouched = { id: row.id, supersededAt: IsNull() } as FindOptionsWhere<V>;
    const { affected } = await repository.update(untouched, { supersededAt: at.now } as never);
    if (affected !== 1) throw new SubjectsChanged();
  }
  const common = { recordedAt: at.now, supersededAt: null };
  const rows = [
    ...plan.kept.map(({ row, span }) => ({ ...row, ...span, ...common, id: at.id() })),
    {
      ...where,
      ...fields,
      validFrom: recording.from,
      validTo: recording.to ?? null,
      recordedBy: recording.by,
      paper: recording.paper ?? null,
      ...common,
      id: at.id(),
    },
  ];
  for (const row of rows) await repository.insert(row as never);
  const superseded = new Set(plan.superseded.map((row) => row.id));
  return {
    before: current,
    after: [...current.filter((row) => !superseded.has(row.id)), ...(rows as unknown as V[])],
  };
}

/** In one form, whichever way the driver gives it back. */
const comparable = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) return JSON.parse(JSON.stringify(value)) as unknown;
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
};

/**
 * Does one entry that is believed now already say exactly this, of exactly these days and on this paper? Then there is
 * nothing to record. Who recorded it does not matter.
 */
export async function isRecorded<V extends Version>(
  on: Reads,
  entity: EntityTarget<V>,
  where: FindOptionsWhere<V>,
  fields: Fields<V>,
  { from, to = null, paper = null }: Recording,
): Promise<boolean> {
  const days = { validFrom: from, validTo: to === null ? IsNull() : to, supersededAt: IsNull() };
  const rows = await on.m.getRepository(entity).find({ where: { ...where, ...days } as FindOptionsWhere<V> });
  const said = { ...fields, paper } as Record<string, unknown>;
  const names = Object.keys(said).filter((name) => said[name] !== undefined);
  const textOf = (row: Record<string, unknown>): string => canonicalize(names.map((n) => comparable(row[n])));
  return rows.some((row) => textOf(row as unknown as Record<string, unknown>) === textOf(said));
}

/** One line of a dated list: what it says, and of which days. */
export interface DatedLine<V extends Version> extends Recording {
  fields: Fields<V>;
}

const lineKey = (row: object, span: VersionSpan, names: readonly string[]): string =>
  JSON.stringify([span.validFrom, span.validTo, ...names.map((n) => (row as Record<string, unknown>)[n] ?? null)]);

/**
 * Makes the dated list of `where` read as given: lines that are believed already stay as they were recorded, what is no
 * longer said is superseded, what is new is recorded. For lists of which several lines may hold on one day (owners,
 * licences, contacts); the caller judges whether they may. Take the guard of the subject first. Answers whether anything
 * changed.
 */
export async function replaceEntries<V extends Version>(
  tx: Tx,
  entity: EntityTarget<V>,
  where: FindOptionsWhere<V>,
  lines: readonly DatedLine<V>[],
  at: { now: Instant; id: () => string },
): Promise<boolean> {
  const repository = tx.m.getRepository(entity);
  const current = await repository.find({ where: { ...where, supersededAt: IsNull() } as FindOptionsWhere<V> });
  const own = new Set(['id', 'validFrom', 'validTo', 'recordedAt', 'supersededAt', 'recordedBy', 'paper']);
  const names = repository.metadata.columns.map((c) => c.propertyName).filter((n) => !own.has(n));
  const left = new Map<string, V[]>();
  for (const row of current) {
    const key = lineKey(row, row, names);
    left.set(key, [...(left.get(key) ?? []), row]);
  }
  const fresh: object[] = [];
  for (const { fields, from, to = null, by, paper = null } of lines) {
    if (to !== null && to <= from) throw new Error('a version must hold for a day at least');
    const row = { ...where, ...fields };
    if (left.get(lineKey(row, { validFrom: from, validTo: to }, names))?.pop()) continue;
    const span = { validFrom: from, validTo: to, recordedAt: at.now, supersededAt: null };
    fresh.push({ ...row, ...span, recordedBy: by, paper, id: at.id() });
  }
  const gone = [...left.values()].flat();
  for (const row of gone) {
    const untouched = { id: row.id, supersededAt: IsNull() } as FindOptionsWhere<V>;
    const { affected } = await repository.update(untouched, { supersededAt: at.now } as never);
    if (affected !== 1) throw new SubjectsChanged();
  }
  for (const row of fresh) await repository.insert(row);
  return gone.length + fresh.length > 0;
}

const known = (alias: string): string =>
  `${alias}.recorded_at <= :knownAt AND (${alias}.superseded_at IS NULL OR ${alias}.superseded_at > :knownAt)`;

/** SQL condition and parameters for "held on the day, as known at the instant". */
export const atMoment = (alias: string, moment: Moment): [string, Record<string, unknown>] => [
  `${alias}.valid_from <= :asOf AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > :asOf) AND ${known(alias)}`,
  { asOf: moment.asOf, knownAt: moment.knownAt },
];

/** The entries that held at the moment; for a single-valued record at most one. */
export function versionsAt<V extends Version>(
  on: Reads,
  entity: EntityTarget<V>,
  where: FindOptionsWhere<V>,
  moment: Moment,
): Promise<V[]> {
  const [condition, parameters] = atMoment('v', moment);
  return on.m
    .getRepository(entity)
    .createQueryBuilder('v')
    .where(where)
    .andWhere(condition, parameters)
    .orderBy('v.valid_from')
    .addOrderBy('v.id')
    .getMany();
}

/** Every entry known at the instant, oldest day first. */
export function versionsKnownAt<V extends Version>(
  on: Reads,
  entity: EntityTarget<V>,
  where: FindOptionsWhere<V>,
  knownAt: Instant,
): Promise<V[]> {
  return on.m
    .getRepository(entity)
    .createQueryBuilder('v')
    .where(where)
    .andWhere(known('v'), { knownAt })
    .orderBy('v.valid_from')
    .addOrderBy('v.id')
    .getMany();
}

export type { VersionSpan };
