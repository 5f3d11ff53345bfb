import { In } from 'typeorm';
import type { Actor } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import type { Version } from '../../kernel/db/history';
import { momentOf, shownEntry } from '../../kernel/db/moment';
import {
  createRecordHistory,
  saidBy,
  withRecorders,
  shownIn,
  type RecordHistory,
  type Recorders,
  type Strand,
  type StrandRow,
} from '../../kernel/db/record-history';
import {
  labelsOf,
  type DiffQuery,
  type DiffReply,
  type ChangeItem,
  type HistoryQuery,
} from '../../kernel/http/history-routes';
import type { Page, PageRequest } from '../../kernel/http/page';
import { instant, legalDate } from '../../kernel/pure/time';
import { recordEmployment, type EmploymentHistory } from './employments.contract';
import { allEmploymentEntries, type EmploymentEntry } from './employments.views';
import { amendExpert, type ExpertHistory } from './experts.contract';
import { Expert, type Employment, type ExpertVersion } from './experts.store';
import { employmentsShown, registrationsOf, shownVersion, type Reach, type Viewer } from './experts.views';
import { mergesEver, type ExpertMerge } from './merging.store';
import { entriesSeen, type EnteredFor } from './sight.views';
import { personBehind } from './together';

/** What an entry says of an employment: the days are those of the entry. */
const said = (entry: EmploymentEntry) => ({
  institutionId: entry.employment.institutionId,
  kind: entry.kind,
  insuranceEvidence: entry.insuranceEvidence,
  establishmentEvidence: entry.establishmentEvidence,
  retirementEvidence: entry.retirementEvidence,
  evidenceFileIds: entry.evidenceFileIds ?? [],
  voidReason: entry.voidReason,
});

// Nobody on record was registered for an earlier day.
const EVERY_DAY = legalDate('1900-01-01');

/** As an entry of the history: of all days, believed while it stands. */
const versionOf = (m: ExpertMerge): Version => ({
  id: m.id,
  validFrom: EVERY_DAY,
  validTo: null,
  recordedAt: instant(m.confirmedAt!),
  supersededAt: m.undoneAt === null ? null : instant(m.undoneAt),
  recordedBy: m.decidedBy,
  paper: m.paper,
});

const employmentLabels = { ...labelsOf(recordEmployment.shape), voidReason: '作废原因' };

const rowOf = (entry: EmploymentEntry): StrandRow => ({ version: entry, fields: said(entry) });

/** As histories are told: by day, by recording. */
const inOrder = (a: ExpertVersion, b: ExpertVersion): number => {
  if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? -1 : 1;
  return a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1);
};

type ReachOf = (reader: Actor) => Promise<Reach>;

/** Where the person works, as far as the reader may know. */
const employments = (reachOf: ReachOf): Strand => ({
  list: { field: 'employments', label: '聘用关系' },
  labels: employmentLabels,
  rows: async (on, id, reader, knownAt) => {
    const { ids: expertIds } = await personBehind(on, id, knownAt);
    const { institutionId } = await reachOf(reader);
    const entries = await allEmploymentEntries(on, { expertIds, institutionId });
    return entries.map((entry) => ({ ...rowOf(entry), key: entry.employment.id }));
  },
});

/** What is on record of the person, as far as the reader may see it; the surviving registration speaks first. */
const own = ({ reachOf, enteredFor }: Pick<ExpertHistoryDeps, 'reachOf' | 'enteredFor'>): Strand => ({
  list: null,
  labels: labelsOf(amendExpert.shape),
  rows: async (on, id, reader, knownAt) => {
    const { ids } = await personBehind(on, id, knownAt);
    const { institutionId } = await reachOf(reader);
    const rows = await entriesSeen(on, { institutionId, enteredFor }, ids);
    return rows
      .sort((a, b) => ids.indexOf(a.expertId) - ids.indexOf(b.expertId))
      .map((version) => ({ version, fields: saidBy(shownVersion(version, reader)), of: version.expertId }));
  },
});

/** Which other registrations name the person: a merge holds for every day, and from its confirmation until it is undone. */
const registrations: Strand = {
  list: { field: 'registrations', label: '同一人的登记' },
  labels: { into: '并入' },
  rows: async (on, id, _reader, knownAt) => {
    const { ids } = await personBehind(on, id, knownAt);
    const merges = await mergesEver(on, ids);
    const rows = await on.m.findBy(Expert, { id: In([...new Set(merges.flatMap((m) => [m.fromId, m.intoId]))]) });
    const named = new Map(rows.map((x) => [x.id, x.platformNumber]));
    return merges.map((m) => ({
      version: versionOf(m),
      fields: { into: named.get(m.intoId) },
      key: named.get(m.fromId)!,
    }));
  },
};

const one: Strand = {
  list: null,
  labels: employmentLabels,
  rows: async (on, id) => (await allEmploymentEntries(on, { id })).map(rowOf),
};

export interface ExpertHistories extends RecordHistory {
  history(reader: Actor, id: string, asked: HistoryQuery): Promise<ExpertHistory>;
  employmentHistory(reader: Actor, id: string, asked: HistoryQuery): Promise<EmploymentHistory>;
  employmentDiff(reader: Actor, id: string, query: DiffQuery): Promise<DiffReply>;
  employmentChanges(reader: Actor, id: string, request: PageRequest): Promise<Page<ChangeItem>>;
}

export interface ExpertHistoryDeps {
  db: Db;
  recorders: Recorders;
  /** Throws `request.not-found` unless the reader may read the person. */
  admit(reader: Actor, id: string): Promise<Expert>;
  /** The same for an employment. */
  admitEmployment(reader: Actor, id: string): Promise<Employment>;
  reachOf: ReachOf;
  viewerOf(reader: Actor): Promise<Viewer>;
  enteredFor: EnteredFor;
}

/** All that was ever recorded of persons and employments, what changed between two moments, and who changed it. */
export function createExpertHistories(deps: ExpertHistoryDeps): ExpertHistories {
  const { db, recorders, admit, admitEmployment } = deps;
  const { clock } = db.sources;
  const strands = [own(deps), registrations, employments(deps.reachOf)];
  const ofEmployments = createRecordHistory(db, clock, recorders, { admit: admitEmployment, strands: [one] });
  return {
    ...createRecordHistory(db, clock, recorders, { admit, strands }),
    history: async (reader, id, asked) => {
      const row = await admit(reader, id);
      const { knownAt } = momentOf(clock, asked);
      const at = { reader, knownAt };
      const person = await personBehind(db, id, knownAt);
      const registrations = await registrationsOf(db, person);
      const numbers = new Map(registrations.map((r) => [r.id, r.platformNumber]));
      const shown = (v: ExpertVersion) => ({ ...shownVersion(v, reader), of: numbers.get(v.expertId)! });
      const viewer = await deps.viewerOf(reader);
      const seen = await entriesSeen(db, { ...deps, institutionId: viewer.reach.institutionId }, person.ids);
      const rows = seen.filter((row) => shownIn(row, knownAt, asked)).sort(inOrder);
      const entries = await withRecorders(db, recorders, at, rows, shown);
      const known = await employmentsShown(db, person, registrations[0], viewer, knownAt);
      return { id, platformNumber: row.platformNumber, entries, employments: known };
    },
    employmentHistory: async (reader, id, asked) => {
      const { expertId } = await admitEmployment(reader, id);
      const { knownAt } = momentOf(clock, asked);
      const rows = (await allEmploymentEntries(db, { id })).filter((row) => shownIn(row, knownAt, asked));
      const shown = (row: EmploymentEntry) => ({ ...shownEntry(row), ...said(row) });
      return { id, expertId, entries: await withRecorders(db, recorders, { reader, knownAt }, rows, shown) };
    },
    employmentDiff: ofEmployments.diff,
    employmentChanges: ofEmployments.changes,
  };
}
