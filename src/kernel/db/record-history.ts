import type { EntityTarget, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import type { Actor } from '../call';
import type {
  ChangeItem,
  DiffQuery,
  DiffReply,
  HistoryQuery,
  LabelledChange,
  MadeEntry,
  RecorderReply,
} from '../http/history-routes';
import { pageOfList, type Page, type PageRequest } from '../http/page';
import {
  actsOf,
  causeOf,
  compareFields,
  compareItems,
  givenUpAt,
  originOf,
  toldAt,
  type Act,
  type FieldChange,
  type MomentSeen,
  type Told,
} from '../pure/diff';
import { addDays, instantText, type Instant } from '../pure/time';
import type { Clock } from '../sources';
import type { Reads } from './database';
import type { Version } from './history';
import { LATEST, momentOf, shownEntry, shownMoment } from './moment';

/** An entry that somebody made. */
export type Recorded = Pick<Version, 'recordedBy' | 'recordedAt'>;

/** Answers who made which entry, as far as the reader may learn it. */
export type Recorders = (
  on: Reads,
  reader: Actor,
  entries: readonly Recorded[],
) => Promise<(entry: Recorded) => RecorderReply | null>;

/** One entry with what it says, as it is shown to the reader. */
export interface StrandRow {
  version: Version;
  fields: Record<string, unknown>;
  /** In lists: which of the things it speaks of. */
  key?: string;
  /** Of a record that was kept under several ids: under which of them it was entered. */
  of?: string;
}

/** A part of a record that has a history: its own fields, or one list of things that belong to it. */
export interface Strand {
  /** Null for the record's own fields. */
  list: { field: string; label: string } | null;
  /** Chinese names of the fields. */
  labels: Readonly<Record<string, string>>;
  /**
   * Every entry ever recorded, superseded ones too, as the reader may see it, of what was the record at the instant:
   * several ids may have been one at one instant and two at another. Of entries that hold on the same day the first speaks.
   */
  rows(on: Reads, id: string, reader: Actor, knownAt: Instant): Promise<StrandRow[]>;
}

/** What a register declares to have differences and a change log. */
export interface HistoryDeclaration {
  /** Throws `request.not-found` unless the reader may read the record. */
  admit(reader: Actor, id: string): Promise<unknown>;
  strands: readonly Strand[];
}

export interface RecordHistory {
  diff(reader: Actor, id: string, query: DiffQuery): Promise<DiffReply>;
  changes(reader: Actor, id: string, request: PageRequest): Promise<Page<ChangeItem>>;
}

interface Line extends Told {
  version: Version;
  key: string | null;
  of: string | null;
}

interface Track {
  strand: Strand;
  key: string | null;
  lines: Line[];
}

const lineOf = ({ version, fields, key, of }: StrandRow): Line => ({
  validFrom: version.validFrom,
  validTo: version.validTo,
  recordedAt: version.recordedAt,
  supersededAt: version.supersededAt,
  recordedBy: version.recordedBy,
  paper: version.paper,
  fields,
  version,
  key: key ?? null,
  of: of ?? null,
});

/** The lines of a strand; one entry is one line, however often it is asked for. */
function linesOf(on: Reads, strand: Strand, of: { id: string; reader: Actor }) {
  const known = new Map<string, Line>();
  return async (knownAt: Instant): Promise<Line[]> =>
    (await strand.rows(on, of.id, of.reader, knownAt)).map((row) => {
      const line = known.get(row.version.id) ?? lineOf(row);
      known.set(row.version.id, line);
      return line;
    });
}

/** Each thing of a list has a timeline of its own, and so has each id under which a record was kept. */
function tracksOf(strand: Strand, lines: readonly Line[]): Track[] {
  const tracks = new Map<string, Track>();
  for (const line of lines) {
    const name = JSON.stringify([line.key, line.of]);
    const track = tracks.get(name) ?? { strand, key: line.key, lines: [] };
    track.lines.push(line);
    tracks.set(name, track);
  }
  return [...tracks.values()];
}

const labelled = (labels: Readonly<Record<string, string>>, changes: readonly FieldChange[]): LabelledChange[] =>
  changes.map((change) => ({ ...change, label: labels[change.field] ?? change.field }));

/** Every entry of the history as `/history` shows it: with who made it, and since when it is no longer believed. */
export async function withRecorders<V extends Version, S extends object>(
  on: Reads,
  recorders: Recorders,
  at: { reader: Actor; knownAt: Instant },
  rows: readonly V[],
  shown: (row: V) => S,
): Promise<(S & Pick<MadeEntry, 'supersededAt' | 'recordedBy'>)[]> {
  const of = await recorders(on, at.reader, rows);
  return rows.map((row) => {
    const isOver = row.supersededAt !== null && row.supersededAt <= at.knownAt;
    return { ...shown(row), supersededAt: isOver ? instantText(row.supersededAt!) : null, recordedBy: of(row) };
  });
}

/** What an entry says beside its days, its paper and the instant of its recording, which every entry has. */
export function saidBy(shown: object): Record<string, unknown> {
  const {
    from: _from,
    lastDay: _lastDay,
    recordedAt: _recordedAt,
    paper: _paper,
    ...said
  } = shown as Record<string, unknown>;
  return said;
}

/** The strand that lies in one table of versions; `shown` is what reads show of an entry. */
export const strandOf = <V extends Version>(
  entity: EntityTarget<V>,
  where: (id: string) => FindOptionsWhere<V>,
  of: Pick<Strand, 'list' | 'labels'> & { shown: (row: V, reader: Actor) => object; keyOf?: (row: V) => string },
): Strand => ({
  list: of.list,
  labels: of.labels,
  rows: async (on, id, reader) =>
    (await on.m.find(entity, { where: where(id) })).map((version) => ({
      version,
      fields: saidBy(of.shown(version, reader)),
      key: of.keyOf?.(version),
    })),
});

/** The entries of `/history`, oldest day first. */
export async function historyEntries<V extends Version, S extends object>(
  on: Reads,
  recorders: Recorders,
  at: { reader: Actor; knownAt: Instant } & Pick<HistoryQuery, 'superseded'>,
  of: { entity: EntityTarget<V>; where: FindOptionsWhere<V>; shown: (row: V) => S },
): Promise<(S & Pick<MadeEntry, 'supersededAt' | 'recordedBy'>)[]> {
  const order = { validFrom: 'ASC', recordedAt: 'ASC', id: 'ASC' } as FindOptionsOrder<V>;
  const rows = await on.m.find(of.entity, { where: of.where, order });
  return withRecorders(
    on,
    recorders,
    at,
    rows.filter((row) => shownIn(row, at.knownAt, at)),
    of.shown,
  );
}

/** Which entries `/history` shows: those believed at the instant, and those given up until then if they are asked for. */
export const shownIn = (row: Version, knownAt: Instant, { superseded }: Pick<HistoryQuery, 'superseded'>): boolean =>
  row.recordedAt <= knownAt && (superseded === 'true' || row.supersededAt === null || row.supersededAt > knownAt);

interface Cause {
  line: Line;
  /** Of the same timeline. */
  lines: readonly Line[];
  fields: string[];
}

/** The lines of one strand as they were together at each of the two moments. */
interface Seen {
  strand: Strand;
  from: Line[];
  to: Line[];
}

interface Moments {
  from: MomentSeen;
  to: MomentSeen;
}

function blame(causes: Map<Line, Cause>, lines: readonly Line[], line: Line | undefined, field: string): void {
  if (!line) return;
  const cause = causes.get(line) ?? { line, lines, fields: [] };
  if (!cause.fields.includes(field)) cause.fields.push(field);
  causes.set(line, cause);
}

const everyLine = ({ from, to }: Pick<Seen, 'from' | 'to'>): Line[] => [...new Set([...from, ...to])];

/** The record's own fields between the two moments. */
function ownChanges(seen: Seen, { from, to }: Moments, causes: Map<Line, Cause>): LabelledChange[] {
  const [before, after] = [toldAt(seen.from, from), toldAt(seen.to, to)];
  const changes = compareFields(before?.fields ?? null, after?.fields ?? null);
  const later = to.knownAt >= from.knownAt ? (after ?? before) : (before ?? after);
  const lines = everyLine(seen).filter((line) => line.of === later?.of);
  // Where another id speaks than before, what it says is the difference; a change of its own has a cause of its own.
  const isOther = before !== undefined && after !== undefined && before.of !== after.of;
  for (const { field } of changes) {
    blame(causes, lines, isOther ? originOf(lines, later!) : causeOf(lines, field, from, to), field);
  }
  return labelled(seen.strand.labels, changes);
}

/** One list of things between the two moments. */
function listChanges(
  seen: Seen,
  list: { field: string; label: string },
  { from, to }: Moments,
  causes: Map<Line, Cause>,
): LabelledChange[] {
  const listAt = (lines: readonly Line[], m: MomentSeen) =>
    tracksOf(seen.strand, lines).flatMap(({ key, lines: own }) => {
      const line = toldAt(own, m);
      return line ? [{ key, ...line.fields }] : [];
    });
  const [before, after] = [listAt(seen.from, from), listAt(seen.to, to)];
  const items = compareItems(before, after);
  for (const { key } of items) {
    const [old, next] = [seen.from, seen.to].map((lines) => lines.filter((line) => line.key === key));
    const lines = everyLine({ from: old!, to: next! });
    const said = [toldAt(old!, from)?.fields ?? null, toldAt(next!, to)?.fields ?? null] as const;
    for (const { field } of compareFields(...said)) blame(causes, lines, causeOf(lines, field, from, to), list.field);
  }
  return items.length === 0 ? [] : [{ ...list, before, after, items }];
}

function shownMade(lines: readonly Line[], line: Line, by: RecorderReply | null): MadeEntry {
  const end = givenUpAt(lines, line);
  return { ...shownEntry(line.version), supersededAt: end === null ? null : instantText(end), recordedBy: by };
}

/** Differences and change logs of one register, from its declaration. */
export function createRecordHistory(
  on: Reads,
  clock: Clock,
  recorders: Recorders,
  declared: HistoryDeclaration,
): RecordHistory {
  const diff: RecordHistory['diff'] = async (reader, id, query) => {
    await declared.admit(reader, id);
    const from = momentOf(clock, { asOf: query.fromAsOf, knownAt: query.fromKnownAt });
    const to = momentOf(clock, { asOf: query.toAsOf, knownAt: query.toKnownAt });
    const causes = new Map<Line, Cause>();
    const changes: LabelledChange[] = [];
    const held = [false, false];
    for (const strand of declared.strands) {
      const linesAt = linesOf(on, strand, { id, reader });
      const early = await linesAt(from.knownAt);
      const seen = { strand, from: early, to: to.knownAt === from.knownAt ? early : await linesAt(to.knownAt) };
      if (strand.list) changes.push(...listChanges(seen, strand.list, { from, to }, causes));
      else {
        changes.push(...ownChanges(seen, { from, to }, causes));
        held[0] ||= toldAt(seen.from, from) !== undefined;
        held[1] ||= toldAt(seen.to, to) !== undefined;
      }
    }
    const of = await recorders(
      on,
      reader,
      [...causes.keys()].map((line) => line.version),
    );
    const entries = [...causes.values()]
      .sort((a, b) => a.line.recordedAt - b.line.recordedAt)
      .map(({ line, lines, fields }) => ({ ...shownMade(lines, line, of(line.version)), fields }));
    return {
      id,
      from: { ...shownMoment(clock, from), held: held[0]! },
      to: { ...shownMoment(clock, to), held: held[1]! },
      changes,
      entries,
    };
  };

  const changes: RecordHistory['changes'] = async (reader, id, request) => {
    await declared.admit(reader, id);
    const acts: { act: Act<Line>; track: Track; id: string }[] = [];
    for (const [n, strand] of declared.strands.entries()) {
      for (const track of tracksOf(strand, await linesOf(on, strand, { id, reader })(LATEST))) {
        const name = `${n}:${track.key ?? ''}:${track.lines[0]?.of ?? ''}`;
        acts.push(...actsOf(track.lines).map((act) => ({ act, track, id: name })));
      }
    }
    const page = pageOfList(acts, { keyOf: (a) => [a.act.at, a.id], descending: true }, request);
    const made = page.items.flatMap(({ act }) => act.made);
    const of = await recorders(
      on,
      reader,
      made.map((line) => line.version),
    );
    return {
      ...page,
      items: page.items.map(({ act, track }) => ({
        recordedAt: instantText(act.at),
        list: track.strand.list,
        key: track.key,
        entries: act.made.map((line) => shownMade(track.lines, line, of(line.version))),
        stretches: act.stretches.map((s) => ({
          from: s.from,
          lastDay: s.to === null ? null : addDays(s.to, -1),
          changes: labelled(track.strand.labels, s.changes),
        })),
      })),
    };
  };

  return { diff, changes };
}
